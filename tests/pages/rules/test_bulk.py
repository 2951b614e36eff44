from portfolio.pages.rules import ClassWish, Wish


def test_a_class_takes_the_place_of_the_present_one_in_a_scheme_of_one():
    assert ClassWish(1, 7).applied(frozenset({5})) == {7}


def test_a_class_joins_the_present_ones_in_a_scheme_of_several():
    assert ClassWish(1, 7, several=True).applied(frozenset({5})) == {5, 7}


def test_no_class_takes_them_all_away():
    assert ClassWish(1, None, several=True).applied(frozenset({5, 6})) == frozenset()


def test_an_open_post_is_a_wish_too():
    assert Wish().is_empty
    assert not Wish({"owner_post_id": None}).is_empty
    assert not Wish(classes=ClassWish(1, None)).is_empty
