"""What has changed as tagged PDF: the sentence, then one table, lane by lane, old → new."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from portfolio.core.language import N_, say
from portfolio.files.document import Block, Column, Document, Paragraph, Piece, Section, Table, Tone, Words
from portfolio.files.pdf import write_pdf
from portfolio.roadmap.takeout.changes.report import Report
from portfolio.roadmap.takeout.limits import PAPER, refuse_more
from portfolio.roadmap.takeout.told import change_pieces

PAGE = N_("Page %(page)s of %(pages)s")
NOTHING = N_("Nothing has changed.")


def pdf(report: Report) -> bytes:
    """Give the document, on paper on its side. Raises Refusal for more initiatives than it holds."""
    refuse_more(report.count, PAPER)
    return write_pdf(
        Document(
            title=report.title,
            author=report.municipality,
            language=report.language,
            blocks=list(_blocks(report)),
            lead=list(report.head()),
            foot=report.source,
            page_words=say(PAGE, report.language, page="{page}", pages="{pages}"),
            landscape=True,
        )
    )


def _blocks(report: Report) -> Iterator[Block]:
    if not report.lanes:
        yield Paragraph(say(NOTHING, report.language))
        return
    columns = [
        Column(say(N_("Code"), report.language), 0.7),
        Column(say(N_("Title"), report.language), 3),
        Column(say(N_("What changed"), report.language), 6),
    ]
    yield Table(columns, list(_rows(report)), size=10)


def _rows(report: Report) -> Iterator[Section | Sequence[Words]]:
    for lane in report.lanes:
        yield Section(lane.title)
        for item in lane.items:
            yield [
                item.code,
                Piece(item.title, Tone.STRONG, item.title_language),
                change_pieces(item.fate, item.cells, report.language),
            ]
