"""OpenDocument sheets for tests: cells as the format writes them, put into a package."""

import io
import zipfile

TYPE = "application/vnd.oasis.opendocument.spreadsheet"
NAMES = {"office": "office", "table": "table", "text": "text", "style": "style", "meta": "meta", "draw": "drawing"}
OASIS = "urn:oasis:names:tc:opendocument:xmlns"
SPACES = " ".join(f'xmlns:{prefix}="{OASIS}:{name}:1.0"' for prefix, name in NAMES.items())
SPACES += ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
HIDDEN = '<style:style style:name="hidden"><style:table-properties table:display="false"/></style:style>'
ROOT = "office:document-content"


def text(words, **more):
    """A cell of text; `text("x", number_columns_repeated=3)`."""
    return cell("string", f"<text:p>{words}</text:p>", **more)


def number(value, **more):
    """A cell of a number."""
    return cell("float", f"<text:p>{value}</text:p>", value=value, **more)


def cell(kind=None, inside="", value=None, **more):
    """A cell of any type."""
    told = f' office:value-type="{kind}"' if kind else ""
    if value is not None:
        told += f' office:{"" if kind in {"float", "percentage", "currency"} else f"{kind}-"}value="{value}"'
    return f"<table:table-cell{told}{_attributes(more)}>{inside}</table:table-cell>"


def row(*cells, **more):
    """A row of cells."""
    return f"<table:table-row{_attributes(more)}>{''.join(cells)}</table:table-row>"


def table(*rows, name="Taulu", style="shown"):
    """A sheet of rows."""
    return f'<table:table table:name="{name}" table:style-name="{style}">{"".join(rows)}</table:table>'


def content(*tables, before="", after=""):
    """The main part of a package."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<{ROOT} {SPACES}><office:automatic-styles>{HIDDEN}'
        f"</office:automatic-styles><office:body><office:spreadsheet>{''.join(tables)}{after}"
        f"</office:spreadsheet></office:body></{ROOT}>"
    )


def package(main, **parts):
    """A package with a main part, and others by name (`meta`)."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", TYPE, zipfile.ZIP_STORED)
        archive.writestr("content.xml", main)
        for name, part in parts.items():
            archive.writestr(f"{name}.xml", part)
    return file.getvalue()


def ods(*rows, **more):
    """A package of one sheet of rows."""
    return package(content(table(*rows)), **more)


def _attributes(more):
    return "".join(f' table:{name.replace("_", "-")}="{value}"' for name, value in more.items())
