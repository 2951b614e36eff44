import pytest

from portfolio.roadmap.forms.saved import canonical, has_time


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("", ""),
        ("inner=none&colour=status&order=start&scale=years&money=", ""),
        ("order=end&status=proposed&group=unit&status=idea", "status=idea&status=proposed&group=unit&order=end"),
        ("from=2024-01-01&scale=year&inner=portfolio", "inner=portfolio&scale=year&from=2024-01-01"),
        ("page=2&_external=1&csrf_token=x&forum=3&q=+koti+", "q=koti"),
        ("group=unit&group=portfolio", "group=unit"),
        ("q=%C3%A4%26b", "q=%C3%A4%26b"),
    ],
)
def test_a_view_keeps_what_is_known_in_one_order_without_what_is_usual(query, kept):
    assert canonical(query, keep_time=False) == kept
    assert canonical(kept, keep_time=False) == kept


def test_a_view_keeps_its_time_only_when_asked_to():
    query = "at=2024-01-01&compare=baseline:2&group=unit"

    assert canonical(query, keep_time=False) == "group=unit"
    assert canonical(query, keep_time=True) == "group=unit&at=2024-01-01&compare=baseline%3A2"


@pytest.mark.parametrize("name", ["at", "revision", "baseline", "compare"])
def test_a_query_that_names_a_time_is_known(name):
    assert has_time(f"group=unit&{name}=1")
    assert not has_time("group=unit&from=2024-01-01")
