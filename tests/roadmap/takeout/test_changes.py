"""The difference as slides and as PDF: the same initiatives, the same old and new, nothing too small."""

import io

import pytest
from pptx import Presentation
from pptx.util import Pt

from portfolio.register.rules import Aspect, CellWords
from portfolio.roadmap.takeout.changes import ChangedItem, ChangedLane, Report, make_changes

CELL = CellWords(Aspect.TIME, "Ajankohta", "syksy 2026", "kevät 2027", "siirtyi")


def report(*lanes, **facts):
    usual = {"title": "Mitä on muuttunut", "municipality": "Turku", "between": "Kevään kokous → nyt"}
    usual |= {"sentence": "1 kehittämiskohde on muuttunut.", "grouping": "Yksikkö", "language": "fi"}
    return Report(**usual | facts, lanes=lanes)


def item(number=1, cells=(CELL,), **facts):
    return ChangedItem(**{"title": f"Kohde {number}", "code": f"T-{number}", "fate": None, "cells": cells} | facts)


def slides_of(made):
    return list(Presentation(io.BytesIO(make_changes("pptx", made))).slides)


def texts(slide):
    return {shape.name: shape.text_frame.text for shape in slide.shapes if shape.has_text_frame}


def test_a_change_is_native_text_with_the_old_struck_and_the_new_in_bold():
    slide = slides_of(report(ChangedLane("Sivistys", [item()])))[1]
    shape = next(one for one in slide.shapes if one.name == "change T-1 1")
    runs = shape.text_frame.paragraphs[0].runs
    assert shape.text_frame.text == "Ajankohta: syksy 2026 → kevät 2027 (siirtyi)"
    assert runs[1]._r.get_or_add_rPr().get("strike") == "sngStrike"
    assert runs[3].font.bold
    assert slide.shapes.title.text_frame.text == "Sivistys"


def test_the_cover_says_the_times_and_counts():
    said = " ".join(texts(slides_of(report(ChangedLane("Sivistys", [item()])))[0]).values())
    assert "Turku · Kevään kokous → nyt" in said
    assert "1 kehittämiskohde on muuttunut." in said


def test_each_lane_begins_a_slide_and_goes_on_to_as_many_as_it_needs_inside_the_page():
    long = CellWords(Aspect.TEXT, "Tavoitteet", "vanha " * 40, "uusi " * 40)
    lanes = [ChangedLane("Sivistys", [item(one, (long, CELL) * 3) for one in range(9)]), ChangedLane("Muu", [item(99)])]
    slides = slides_of(report(*lanes))
    titles = [one.shapes.title.text_frame.text for one in slides[1:]]
    assert titles[-1] == "Muu"
    assert titles[0] == f"Sivistys (1/{len(titles) - 1})"
    for slide in slides:
        for shape in slide.shapes:
            assert shape.top + shape.height <= Pt(540)
            for run in (run for part in shape.text_frame.paragraphs for run in part.runs):
                assert run.font.size >= Pt(12)


def test_every_initiative_is_on_some_slide_and_whole_in_the_notes():
    lanes = [ChangedLane("Sivistys", [item(one) for one in range(40)])]
    slides = slides_of(report(*lanes))
    named = {name for slide in slides for name in texts(slide) if name.startswith("title T-")}
    assert named == {f"title T-{one}" for one in range(40)}
    notes = " ".join(slide.notes_slide.notes_text_frame.text for slide in slides[1:])
    assert notes.count("syksy 2026 → kevät 2027") == 40


def test_an_initiative_longer_than_a_page_goes_on_under_its_title():
    slides = slides_of(report(ChangedLane("Sivistys", [item(1, (CELL,) * 60)])))
    assert len(slides) > 2
    assert "Kohde 1 (jatkuu)" in texts(slides[2]).values()


@pytest.mark.parametrize("fate", ["Tuli mukaan", "Poistui"])
def test_what_joined_or_left_says_so(fate):
    slide = slides_of(report(ChangedLane("Sivistys", [item(fate=fate, cells=())])))[1]
    assert texts(slide)["change T-1 1"] == fate


@pytest.mark.parametrize("lanes", [(), (ChangedLane("Sivistys", [item(), item(2, fate="Poistui", cells=())]),)])
def test_the_document_is_pdf_also_where_nothing_differs(lanes):
    assert make_changes("pdf", report(*lanes)).startswith(b"%PDF")
    assert len(slides_of(report(*lanes))) == len(lanes) + 1
