from portfolio.core.problem import Problem
from portfolio.exchange.columns import Entity, Known, Registry, registry

KEY = (Entity.INITIATIVE, "a/1")
OTHER = (Entity.INITIATIVE, "a/2")
FAR = (Entity.INITIATIVE, "b/1")


def make_registry():
    return Registry(
        [
            Known(KEY, "Kirjasto", "a", ("T-001-A",), ("1",), ("Kirjasto", "Bibliotek")),
            Known(OTHER, "2", "a", ("T-002-B",), ("1a",), ("2",)),
            Known(FAR, "Satama", "b", ("S-001-C",), ("1",), ("Satama",)),
        ]
    )


def test_a_code_goes_before_a_number_and_a_number_before_a_name():
    known = make_registry()
    assert [known.find(Entity.INITIATIVE, text, "a") for text in ("t-001-a", "1", "bibliotek", "1A")] == [
        KEY,
        KEY,
        KEY,
        OTHER,
    ]


def test_a_reference_stays_in_its_portfolio_unless_it_names_another():
    known = make_registry()
    assert isinstance(known.find(Entity.INITIATIVE, "Satama", "a"), Problem)
    assert known.find(Entity.INITIATIVE, "b:Satama", "a") == FAR
    assert known.find(Entity.INITIATIVE, "b: 1", "a") == FAR


def test_what_fits_two_is_told_with_both():
    known = make_registry()
    known.add(Known((Entity.INITIATIVE, "a/3"), "Kirjasto 2", "a", (), (), ("Kirjasto",)))
    problem = known.find(Entity.INITIATIVE, "Kirjasto", "a")
    assert (problem.msgid, problem.params["found"]) == (registry.SEVERAL, "Kirjasto; Kirjasto 2")


def test_one_more_name_of_the_same_item_is_no_second_item():
    known = make_registry()
    known.add(Known(KEY, "Kirjasto", "a", (), (), ("Kirjasto", "Kirjasto auki")))
    assert known.find(Entity.INITIATIVE, "Kirjasto", "a") == known.find(Entity.INITIATIVE, "kirjasto auki", "a") == KEY


def test_a_former_name_is_found_unless_something_else_has_it_now():
    known = make_registry()
    known.add(Known(KEY, "Kirjasto", "a", former=("Kirjastotalo", "2")))
    assert known.find(Entity.INITIATIVE, "kirjastotalo", "a") == KEY
    assert known.find(Entity.INITIATIVE, "2", "a") == OTHER


def test_nothing_alike_is_not_suggested():
    problem = make_registry().find(Entity.INITIATIVE, "Jäähalli", "a")
    assert problem.msgid == registry.UNKNOWN[Entity.INITIATIVE]
