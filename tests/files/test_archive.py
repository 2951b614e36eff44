import io
import zipfile

from portfolio.files.archive import stream


def packed(files):
    return b"".join(stream(files))


def test_files_keep_their_names_and_bytes_and_the_same_name_is_numbered():
    data = packed([("Sivistys ä.xlsx", b"1"), ("sivistys Ä.xlsx", b"2"), ("Tekninen.xlsx", b"3")])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {
            "Sivistys ä.xlsx": b"1",
            "sivistys Ä (2).xlsx": b"2",
            "Tekninen.xlsx": b"3",
        }


def test_each_file_is_asked_for_when_those_before_it_are_given_out():
    asked = []

    def files():
        for name in ("a.xlsx", "b.xlsx", "c.xlsx"):
            asked.append(name)
            yield name, name.encode() * 1000

    parts = stream(files())
    first = next(parts)
    assert asked == ["a.xlsx"]
    whole = first + b"".join(parts)
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        assert archive.testzip() is None
        assert archive.read("c.xlsx") == b"c.xlsx" * 1000
        assert not any(one.flag_bits & 0x08 for one in archive.infolist())  # sizes stand before the data
