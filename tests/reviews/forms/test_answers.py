from decimal import Decimal

import pytest
from werkzeug.datastructures import MultiDict

from portfolio.register.models import Indicator
from portfolio.reviews.forms.answers import ReviewForm, review_form
from portfolio.reviews.models import Review
from portfolio.reviews.rules import Health


@pytest.fixture
def request_(app):
    with app.test_request_context("/"):
        yield


@pytest.mark.parametrize(
    ("text", "number", "words"),
    [
        ("12,5", Decimal("12.5"), None),
        ("1 200", Decimal(1200), None),
        ("−3", Decimal(-3), None),
        ("noin puolet", None, "noin puolet"),
        ("", None, None),
        ("12,5 %", None, "12,5 %"),
    ],
)
def test_an_indicators_value_is_a_number_or_words(request_, text, number, words):
    form = review_form([], [Indicator(id=7, name_fi="Käyttöaste")])(MultiDict({"indicator:7": text}))
    assert form.answer()["indicators"] == {7: {"number": number, "words": words}}


def test_filling_from_last_time_touches_nothing_that_was_typed(request_):
    form = ReviewForm(MultiDict({"done": "Uusi", "results": ""}))
    form.fill(Review(done="Vanha", results="Vanha tulos", health=Health.RED, health_reason="Syy"), {})
    assert (form.done.data, form.results.data, form.health.data) == ("Uusi", "Vanha tulos", Health.RED)
