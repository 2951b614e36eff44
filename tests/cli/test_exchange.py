import json

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from portfolio.accounts.operations import add_user
from portfolio.cli import main, undo
from portfolio.cli.context import open_engine
from portfolio.core.database import open_session
from portfolio.exchange.models import ImportBatch
from portfolio.organisation.models import Municipality
from portfolio.register.operations import update_initiatives
from tests.exchange.collected import create_owner
from tests.exchange.returns import take_out
from tests.exchange.towns import FIRST, HEAD, SET_UP, make_town
from tests.workbooks import workbook_bytes

GOOD = {"Toimenpiteet": [HEAD, *FIRST]}
BAD = {"Toimenpiteet": [HEAD, FIRST[0], (2, "Satama", "satamalaitos", "Menossa", "paljon", 1)]}


@pytest.fixture
def data(data_folder, tmp_path, monkeypatch):
    """The folder of a database in which the town is set up, and the town's profile among those that are known."""
    folder = tmp_path / "imports" / "kunta"
    folder.mkdir(parents=True)
    (folder / "profile.toml").write_text(SET_UP, encoding="utf-8")
    monkeypatch.setenv("PORTFOLIO_IMPORTS", str(folder.parent))
    return data_folder


@pytest.fixture
def town(data):
    town = make_town(f"sqlite:///{data}/portfolio.sqlite")
    yield town
    town.engine.dispose()


@pytest.fixture
def write(tmp_path):
    def write(sheets, name="tiedosto.xlsx"):
        path = tmp_path / name
        path.write_bytes(sheets if isinstance(sheets, bytes) else workbook_bytes(sheets))
        return path

    return write


@pytest.fixture
def run(data):
    def run(command, *arguments, code=0):
        result = CliRunner().invoke(main, [command, *map(str, arguments), "--data", str(data), "--language", "en"])
        assert result.exit_code == code, result.output
        return result

    return run


@pytest.fixture
def ask(run):
    """Run a command with --json and give the one object that it prints."""

    def ask(*arguments, code=0):
        return json.loads(run(*arguments, "--json", code=code).stdout)

    return ask


def test_without_apply_nothing_is_written(town, write, ask):
    answer = ask("import", write(GOOD))
    assert (answer["file"], answer["profile"], answer["portfolio"]) == ("tiedosto.xlsx", "kunta", "kunta-ohjelma")
    assert answer["summary"]["added"] == 2
    assert "applied" not in answer
    assert (town.rows(), town.revision()) == ([], 1)


def test_apply_writes_once_and_the_second_time_changes_nothing(town, write, ask):
    first = ask("import", write(GOOD), "--apply")
    assert (first["applied"], first["batch"], len(town.rows())) == (True, 1, 2)
    again = ask("import", write(GOOD), "--apply")
    assert (again["applied"], again["batch"], again["changes"]) == (True, None, [])
    assert town.revision() == 2


def test_any_error_stops_all_and_all_are_listed(town, write, ask):
    answer = ask("import", write(BAD), "--apply", code=1)
    assert [(one["row"], one["column"]) for one in answer["errors"]] == [(3, "C"), (3, "E")]
    assert (answer["applied"], town.rows(), town.all(ImportBatch)) == (False, [], [])
    assert ask("import", write(BAD), code=1)["summary"]["errors"] == 2


def test_partial_leaves_the_rows_with_errors_out(town, write, ask):
    answer = ask("import", write(BAD), "--apply", "--partial")
    assert (answer["applied"], len(answer["errors"])) == (True, 2)
    assert [row.title_fi for row in town.rows()] == ["Kirjasto auki"]
    assert ask("import", write(BAD), "--partial")["summary"]["errors"] == 2


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n", b"", b"PK\x03\x04"])
def test_a_file_that_cannot_be_read_ends_with_status_2_and_a_sentence(town, write, ask, content):
    answer = ask("import", write(content), code=2)
    assert len(answer["errors"]) == 1
    assert "tiedosto.xlsx" in answer["errors"][0]["message"]


@pytest.mark.parametrize(
    "arguments",
    [["--profile", "muu"], ["--portfolio", "muu"], ["--as", "nobody@kunta.example"], ["--on-conflict", "both"]],
)
def test_wrong_usage_ends_with_status_2(town, write, run, arguments):
    run("import", write(GOOD), *arguments, code=2)
    assert town.rows() == []


def test_a_missing_file_and_a_database_without_tables_end_with_status_2(data, tmp_path, write, run):
    run("import", tmp_path / "puuttuu.xlsx", code=2)
    result = CliRunner().invoke(
        main, ["import", str(write(GOOD)), "--data", str(tmp_path / "tyhjä"), "--language", "en"]
    )
    assert (result.exit_code, "portfolio db upgrade" in result.output) == (2, True)
    assert not (tmp_path / "tyhjä").exists(), "a refusal leaves nothing behind"


def test_a_missing_file_is_named_in_the_one_object(data, tmp_path, ask):
    (error,) = ask("import", tmp_path / "puuttuu.xlsx", code=2)["errors"]
    assert "puuttuu.xlsx" in error["message"]


def test_a_municipality_that_is_not_there_is_refused_until_it_is_set_up(data, write, run, ask):
    assert "--set-up" in ask("import", write(GOOD), "--apply", code=2)["errors"][0]["message"]
    assert ask("import", write(GOOD), "--apply", "--set-up")["applied"]
    engine = open_engine(f"sqlite:///{data}/portfolio.sqlite")
    with open_session(engine, write=False) as session:
        assert session.get(Municipality, 1).demo_day is None
    engine.dispose()
    run("import", write(GOOD), "--apply", "--set-up", code=2)


def test_the_profile_is_that_of_the_file_s_own_folder_or_the_one_that_fits(town, tmp_path, write, ask):
    other = tmp_path / "imports" / "muu"
    other.mkdir()
    (other / "profile.toml").write_text(
        SET_UP.replace('name = "kunta"', 'name = "muu"').replace('match = "Toimenpiteet"', 'match = "Hankkeet"')
    )
    assert ask("import", write(GOOD))["profile"] == "kunta"
    own = tmp_path / "imports" / "muu" / "hankkeet.xlsx"
    own.write_bytes(workbook_bytes({"Hankkeet": [HEAD, *FIRST]}))
    assert ask("import", own)["profile"] == "muu"
    (other / "profile.toml").write_text(SET_UP.replace('name = "kunta"', 'name = "muu"'))
    assert "Several profiles fit" in ask("import", write(GOOD), code=2)["errors"][0]["message"]
    strange = write({"Jotain": [["x"]]})
    assert ask("import", strange, code=2)["guess"]["sheets"][0]["read"] is False
    assert "No profile fits" in ask("import", strange, "--apply", code=2)["errors"][0]["message"]
    assert ask("import", write(GOOD), "--profile", "kunta")["profile"] == "kunta"


def test_a_person_s_import_obeys_the_person_s_rights_cell_by_cell(town, write, ask):
    town.put()
    with open_session(town.engine, write=True) as session:
        unit = town.rows()[0].unit_id
        values = {"email": "reporter@kunta.example", "name": "Raportoija", "role": "reporter", "unit_id": unit}
        add_user(session, town.actor(session), values)
        session.commit()
    rows = [(1, "Kirjasto auki", "tekninen", "Menossa", 20, None), (2, "Satama", "sivistys", "Proposed", 30, None)]
    answer = ask("import", write({"Toimenpiteet": [HEAD, *rows]}), "--apply", "--as", "reporter@kunta.example", code=1)
    assert [(one["row"], one["column"]) for one in answer["errors"]] == [(3, "E")]
    answer = ask("import", write({"Toimenpiteet": [HEAD, *rows[:1]]}), "--apply", "--as", "reporter@kunta.example")
    assert (answer["applied"], town.rows()[0].progress) == (True, 20)
    assert town.all(ImportBatch)[-1].user_id is not None


def test_undo_puts_back_what_nobody_changed_since_and_lists_the_rest(town, write, ask, monkeypatch):
    ask("import", write(GOOD), "--apply")
    changed = write({"Toimenpiteet": [HEAD, (1, "Kirjasto auki", "sivistys", "Menossa", 20, 7), FIRST[1]]})
    batch = ask("import", changed, "--apply")["batch"]
    town.hours = 24 * 365 * 10  # later than the clock by which the commands wrote
    town.write(update_initiatives, {town.rows()[0].id: {"progress": 50}})
    monkeypatch.setattr(undo, "now", town.later)
    answer = ask("undo", batch)
    assert [(one["entity"], one["field"]) for one in answer["left"]] == [("initiative", "progress")]
    (left,) = answer["left"]
    code = town.rows()[0].code
    assert (left["item"], left["label"]) == (f"{code} Kirjasto auki", "Progress")
    assert "50 %" in left["message"]
    assert (answer["batch"], answer["restored"]) == (batch, 2)
    first = town.rows()[0]
    assert (first.progress, first.title_fi) == (50, "Kirjasto auki")
    assert "undone already" in ask("undo", batch, code=1)["errors"][0]["message"]
    assert town.faults() == []


def test_an_undone_import_comes_back_when_its_file_is_imported_again(town, write, ask):
    batch = ask("import", write(GOOD), "--apply")["batch"]
    ask("undo", batch)
    assert town.rows() == []
    again = ask("import", write(GOOD), "--apply")
    assert (again["summary"]["added"], len(town.rows())) == (2, 2)
    assert town.faults() == []


def test_what_an_undo_leaves_is_told_in_the_readers_words(town, write, ask, data, monkeypatch):
    ask("import", write(GOOD), "--apply")
    town.hours = 24 * 365 * 10
    town.write(update_initiatives, {town.rows()[0].id: {"progress": 50}})
    monkeypatch.setattr(undo, "now", town.later)
    result = CliRunner().invoke(main, ["undo", "1", "--data", str(data), "--language", "fi"])
    assert result.exit_code == 0
    told = result.stdout.splitlines()
    assert any(town.rows()[0].code in line and "Kirjasto auki" in line for line in told)
    assert not any(word in result.stdout for word in ("initiative", "progress", "{", "None"))


def test_undoing_what_is_no_import_ends_with_status_2(town, run):
    assert "no import 7" in run("undo", 7, code=2).output
    assert "no import 99999999999999999999" in run("undo", 99999999999999999999, code=2).output


def test_people_are_told_in_sentences_in_their_language(town, write, data):
    result = CliRunner().invoke(main, ["import", str(write(BAD)), "--data", str(data), "--language", "fi"])
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert lines[0].startswith("tiedosto.xlsx")
    assert any("C3" in line for line in lines)


def test_progress_goes_to_standard_error_only(town, write, run):
    result = run("import", write(GOOD), "--json")
    assert result.stderr.count("…") == 2
    assert json.loads(result.stdout)


def test_a_person_sees_counts_and_what_to_do_next(town, write, run):
    assert "--apply" in run("import", write(GOOD)).stdout
    assert "portfolio undo 1" in run("import", write(GOOD), "--apply").stdout
    assert "before" in run("import", write(GOOD), "--apply").stdout
    assert "went back" in run("undo", 1).stdout


def test_a_change_of_money_is_said_in_the_reader_s_words(town, write, data):
    town.put()
    path = write({"Toimenpiteet": [HEAD, (1, "Kirjasto auki", "tekninen", "Menossa", 35, 12.5)]})
    result = CliRunner().invoke(main, ["import", str(path), "--data", str(data), "--language", "fi"])
    said = result.stdout.replace("\N{NO-BREAK SPACE}", " ")
    assert "Talousarvio 2026, Käyttötalous, Oma rahoitus: 5 000 € → 12 500 € (muuttuu)" in said
    assert "10 % → 35 %" in said


def test_a_profile_that_is_named_for_an_export_of_ours_is_told_to_be_unused(town, write, ask):
    town.put()
    path = write(take_out(town))
    told = 'The profile "kunta" was not used.'
    assert any(told in notice for notice in ask("import", path, "--profile", "kunta")["notices"])
    assert not any(told in notice for notice in ask("import", path)["notices"])


def test_the_owner_is_mailed_what_an_import_changed(town, write, ask, post, monkeypatch):
    for name, value in post.environment.items():
        monkeypatch.setenv(name, value)
    ask("import", write(GOOD), "--apply")
    with open_session(town.engine, write=True) as session:
        home = session.scalars(select(Municipality)).one()
        owner = create_owner(session, home.id, "johtaja@kunta.example")
        session.commit()
    town.write(update_initiatives, {town.rows()[0].id: {"owner_post_id": owner.id}})
    changed = write({"Toimenpiteet": [HEAD, (1, "Kirjasto auki", "sivistys", "Menossa", 20, 5), FIRST[1]]})
    assert ask("import", changed, "--apply")["applied"]
    (mail,) = post.wait()
    assert mail["To"] == "johtaja@kunta.example"
    assert "Kirjasto auki" in mail.get_content()
    assert "https://salkku.koekunta.example/kunta/" in mail.get_content()
