import io
import zipfile

from portfolio.files.archive import pack


def test_files_keep_their_names_and_bytes_and_the_same_name_is_numbered():
    data = pack([("Sivistys ä.xlsx", b"1"), ("sivistys Ä.xlsx", b"2"), ("Tekninen.xlsx", b"3")])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {
            "Sivistys ä.xlsx": b"1",
            "sivistys Ä (2).xlsx": b"2",
            "Tekninen.xlsx": b"3",
        }
