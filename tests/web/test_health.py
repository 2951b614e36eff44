def test_the_server_tells_that_it_is_well_without_sign_in(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok\n")
    assert "Set-Cookie" not in answer.headers


def test_the_server_tells_that_the_database_is_gone(client, engine, tmp_path):
    engine.dispose()
    (tmp_path / "town.sqlite").write_bytes(b"this is no database")
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert "Set-Cookie" not in answer.headers


def test_an_open_connection_to_a_file_that_is_gone_is_no_database(client, engine, tmp_path):
    assert client.get("/healthz").status_code == 200
    (tmp_path / "town.sqlite").rename(tmp_path / "elsewhere.sqlite")
    assert client.get("/healthz").status_code == 503
    (tmp_path / "elsewhere.sqlite").rename(tmp_path / "town.sqlite")
    assert client.get("/healthz").status_code == 200
