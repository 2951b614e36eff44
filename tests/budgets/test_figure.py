import pytest

from portfolio.budgets.figure import stacked_figure
from portfolio.core.language import NO_BREAK


@pytest.mark.parametrize(("language", "decimal"), [("fi", ","), ("sv", ","), ("en", ".")])
def test_a_chart_parts_thousands_as_the_amounts_beside_it(language, decimal):
    figure = stacked_figure(["2026"], [], "eur", language)
    assert figure["layout"]["separators"] == decimal + NO_BREAK
