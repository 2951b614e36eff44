"""Checks that stand before any reading of a workbook: what it is by its content, and whether it is safe to open.

Source: ``reference/security.md`` points 26–28. Nothing is unpacked to disk and nothing in a file is run: of .xls, .ods
and .csv only the values are read. Every refusal is a sentence that says what to do.
"""

from __future__ import annotations

import enum
import io
import re
import zipfile
import zlib
from collections import Counter
from types import MappingProxyType
from xml.parsers import expat

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from portfolio.core.language import N_
from portfolio.core.problem import Problem, Refusal

LARGEST_FILE = 50 * 1024**2
MOST_PARTS = 1_000
LARGEST_PART = 60 * 1024**2
LARGEST_TOTAL = 100 * 1024**2
PACKED_TIGHT = 100
PACKED_FLOOR = 10 * 1024**2
"""A part is suspicious when it unpacks to over PACKED_TIGHT times its size; below the floor honest files do so too."""

CONTENT_TYPES = "[Content_Types].xml"
OPEN_DOCUMENT_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
MANIFEST = "META-INF/manifest.xml"
READ_OF_ODS = frozenset({"content.xml", "meta.xml"})
MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"

NOT_A_WORKBOOK = N_('"%(file)s" is not a workbook. Save the table in Excel as .xlsx (or as .csv) and try again.')
NOT_ITS_ENDING = N_('"%(file)s" is by its content %(content)s. Save the table in Excel as .xlsx and try again.')
WRONG_ENDING = N_(
    '"%(file)s" is by its content %(content)s, so its name should end in %(ending)s. Rename it and try again.'
)
EMPTY = N_('"%(file)s" is empty.')
TOO_LARGE = N_('"%(file)s" is too large: at most %(most)s megabytes can be read.')
BROKEN = N_('"%(file)s" is damaged and cannot be opened. Open it in Excel, save it again and try then.')
ENCRYPTED = N_('"%(file)s" is protected with a password. Remove the password (File, Info) and save it again.')
MACROS = N_('"%(file)s" holds macros. Save it as an ordinary workbook (.xlsx), which keeps the values.')
BINARY = N_('"%(file)s" is a binary workbook (.xlsb). Save it as .xlsx and try again.')
LINKS = N_('"%(file)s" takes values from other workbooks. Break the links (Data, Edit Links) and save it again.')
EMBEDDED = N_('"%(file)s" holds embedded files. Remove them from its sheets and save it again.')
CONNECTIONS = N_('"%(file)s" fetches data from outside. Remove its queries and connections and save it again.')
UNPACKS_TOO_LARGE = N_('"%(file)s" unpacks to far more than it should and was not read. Copy the table to a new file.')
DEFINES_ENTITIES = N_('"%(file)s" holds definitions that no spreadsheet program writes, and was not opened.')

PICTURE, PDF, TEXT_DOCUMENT, SLIDES = N_("a picture"), N_("a PDF"), N_("a text document"), N_("a slide show")
WEB_PAGE, PLAIN_XML = N_("a web page"), N_("an XML file")
WORKBOOK, OLD_WORKBOOK = N_("an Excel workbook"), N_("an old Excel workbook")
OPEN_DOCUMENT, TEXT_TABLE = N_("an OpenDocument sheet"), N_("plain text")


class Kind(enum.Enum):
    """What can be read: by its content, with the endings that its name may have, the usual one first."""

    XLSX = (WORKBOOK, (".xlsx",))
    XLS = (OLD_WORKBOOK, (".xls",))
    ODS = (OPEN_DOCUMENT, (".ods",))
    SEPARATED = (TEXT_TABLE, (".csv", ".txt", ".tsv"))

    def __init__(self, words: str, endings: tuple[str, ...]) -> None:
        """Name the kind in words (a msgid) and its endings."""
        self.words, self.endings = words, endings


DAMAGED = (zipfile.BadZipFile, zlib.error, ElementTree.ParseError, expat.ExpatError, EOFError)
"""What reading a damaged package raises."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC = MappingProxyType(
    {
        b"\x89PNG": PICTURE,
        b"\xff\xd8\xff": PICTURE,
        b"GIF8": PICTURE,
        b"RIFF": PICTURE,
        b"%PDF": PDF,
        b"{\\rtf": TEXT_DOCUMENT,
    }
)
_WEB_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|meta|script)\b")
_CONTROL = bytes({*range(32)} - {*b"\t\n\r\x0b\x0c"})
_CONTENT = MappingProxyType(
    {
        "macroEnabled": Problem(MACROS),
        "sheet.binary": Problem(BINARY),
        "wordprocessingml": Problem(NOT_ITS_ENDING, {"content": TEXT_DOCUMENT}),
        "presentationml": Problem(NOT_ITS_ENDING, {"content": SLIDES}),
    }
)
_FORBIDDEN = MappingProxyType(
    {
        "vbaproject.bin": MACROS,
        "xl/macrosheets/": MACROS,
        "xl/activex/": MACROS,
        "xl/externallinks/": LINKS,
        "xl/embeddings/": EMBEDDED,
        "xl/connections.xml": CONNECTIONS,
        "xl/querytables/": CONNECTIONS,
    }
)


def check(data: bytes, name: str) -> Kind:
    """Tell by its content what a file is; raises Refusal with a sentence for what may not or cannot be read."""
    if not data:
        raise _refusal(EMPTY, name)
    if len(data) > LARGEST_FILE:
        raise _refusal(TOO_LARGE, name, most=LARGEST_FILE // 1024**2)
    kind = _kind(data, name)
    if not name.casefold().endswith(kind.endings):
        raise _refusal(WRONG_ENDING, name, content=Problem(kind.words), ending=kind.endings[0])
    return kind


def _refusal(msgid: str, name: str, **params: object) -> Refusal:
    return Refusal(Problem(msgid, {"file": name, **params}))


def _kind(data: bytes, name: str) -> Kind:
    for magic, content in _MAGIC.items():
        if data.startswith(magic):
            raise _refusal(NOT_ITS_ENDING, name, content=Problem(content))
    if data.startswith(_OLE):
        return _kind_in_container(data, name)
    if data.startswith(b"PK"):
        return _check_package(data, name)
    beginning = data[:4096].replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if _WEB_PAGE.match(beginning):
        raise _refusal(NOT_ITS_ENDING, name, content=Problem(WEB_PAGE))
    if beginning.startswith((b"<?xml", b"<workbook", b"<office:")):
        raise _refusal(NOT_ITS_ENDING, name, content=Problem(PLAIN_XML))
    if _is_text(data):
        return Kind.SEPARATED
    raise _refusal(NOT_A_WORKBOOK, name)


def _kind_in_container(data: bytes, name: str) -> Kind:
    """Tell an encrypted workbook from an old one by the names in the container's directory (UTF-16)."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise _refusal(ENCRYPTED, name)
    if any(stream.encode("utf-16-le") in data for stream in ("Workbook", "Book")):
        return Kind.XLS
    if "WordDocument".encode("utf-16-le") in data:
        raise _refusal(NOT_ITS_ENDING, name, content=Problem(TEXT_DOCUMENT))
    raise _refusal(NOT_A_WORKBOOK, name)


def _is_text(data: bytes) -> bool:
    """Tell text from bytes: no nulls but those of UTF-16, and hardly any other control characters."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    beginning = data[:65_536]
    return b"\0" not in data and len(beginning.translate(None, _CONTROL)) >= 0.99 * len(beginning)


def _check_package(data: bytes, name: str) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _check_sizes(package, name)
            if package.testzip() is not None:  # a part that lies about its size would unpack without end elsewhere
                raise _refusal(BROKEN, name)
            kind = _kind_of_package(package, name)
            _check_parts(package, kind, name)
    except (*DAMAGED, NotImplementedError) as error:
        raise _refusal(BROKEN, name) from error
    except DefusedXmlException as error:
        raise _refusal(DEFINES_ENTITIES, name) from error
    return kind


def _check_sizes(package: zipfile.ZipFile, name: str) -> None:
    """Judge by the declared sizes, which is sound: unpacking stops at them."""
    parts = package.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise _refusal(ENCRYPTED, name)
    if (
        len(parts) > MOST_PARTS
        or sum(part.file_size for part in parts) > LARGEST_TOTAL
        or any(part.file_size > LARGEST_PART or _is_packed_tight(part) for part in parts)
    ):
        raise _refusal(UNPACKS_TOO_LARGE, name)
    # Two parts of one name would let two readers see two different workbooks.
    if any(count > 1 for count in Counter(part.filename.casefold() for part in parts).values()):
        raise _refusal(BROKEN, name)


def _is_packed_tight(part: zipfile.ZipInfo) -> bool:
    return part.file_size > PACKED_FLOOR and part.file_size > PACKED_TIGHT * max(part.compress_size, 1)


def _kind_of_package(package: zipfile.ZipFile, name: str) -> Kind:
    names = package.namelist()
    if CONTENT_TYPES in names:
        _check_main_part(package, name)
        return Kind.XLSX
    mimetype = package.read("mimetype") if "mimetype" in names else b""
    if not mimetype.startswith(OPEN_DOCUMENT_TYPE) or "content.xml" not in names:
        raise _refusal(NOT_A_WORKBOOK, name)
    if b"encryption-data" in (package.read(MANIFEST) if MANIFEST in names else b""):
        raise _refusal(ENCRYPTED, name)
    return Kind.ODS


def _check_main_part(package: zipfile.ZipFile, name: str) -> None:
    types = ElementTree.fromstring(package.read(CONTENT_TYPES), forbid_dtd=True)
    contents = [element.get("ContentType", "") for element in types]
    for sign, problem in _CONTENT.items():
        if any(sign in content for content in contents):
            params = {key: Problem(str(value)) for key, value in problem.params.items()}
            raise _refusal(problem.msgid, name, **params)
    if MAIN not in contents:
        raise _refusal(NOT_A_WORKBOOK, name)


def _check_parts(package: zipfile.ZipFile, kind: Kind, name: str) -> None:
    for part in package.namelist():
        plain = part.casefold()
        for sign, msgid in _FORBIDDEN.items():
            if kind is Kind.XLSX and (plain.startswith(sign) or plain.endswith(sign)):
                raise _refusal(msgid, name)
        if not plain.endswith((".xml", ".rels")):
            continue
        with package.open(part) as stream:
            beginning = stream.read(64 * 1024)
        if plain.startswith("customxml/") and b"DataMashup" in beginning.replace(b"\0", b""):
            raise _refusal(CONNECTIONS, name)
        # a part of an OpenDocument that is never read may be as empty as its writer likes
        if (kind is Kind.XLSX or part in READ_OF_ODS) and _declares_types(beginning):
            raise _refusal(DEFINES_ENTITIES, name)


class _RootReachedError(Exception):
    """The document's first element begins: no definition can follow."""


def _declares_types(beginning: bytes) -> bool:
    """Tell whether an XML document carries a document type definition, in whatever encoding it is written.

    What is longer than its beginning without any element is taken for hostile, too.
    """
    found = False

    def declares(*_arguments: object) -> None:
        nonlocal found
        found = True
        raise _RootReachedError

    def begins(_name: str, _attributes: object) -> None:
        raise _RootReachedError

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = declares
    parser.StartElementHandler = begins
    try:
        parser.Parse(beginning, False)
    except _RootReachedError:
        return found
    return True
