from hypothesis import given
from hypothesis import strategies as st

from portfolio.reviews.rules import Health, movement

G, Y, R = Health.GREEN, Health.YELLOW, Health.RED
ratings = st.dictionaries(st.integers(1, 20), st.none() | st.sampled_from(Health))


def test_movement_tells_better_worse_joined_and_left():
    found = movement({1: R, 2: G, 3: G, 4: Y, 6: None}, {1: G, 2: Y, 3: G, 5: R, 6: G})
    assert (found.improved, found.worsened, found.unchanged) == ((1,), (2,), (3,))
    assert (found.joined, found.left) == ((5,), (4,))


@given(ratings, ratings)
def test_nothing_is_in_two_groups_and_swapping_the_rounds_swaps_them(before, now):
    there, back = movement(before, now), movement(now, before)
    groups = (there.improved, there.worsened, there.unchanged, there.joined, there.left)
    told = [one for group in groups for one in group]
    assert len(told) == len(set(told))
    assert (set(there.improved), set(there.joined)) == (set(back.worsened), set(back.left))
