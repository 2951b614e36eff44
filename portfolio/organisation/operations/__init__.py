"""Setting up municipalities, their units and posts, and telling who holds which post.

Every operation but ``create_municipality`` works in the actor's municipality, gathers all problems before it writes,
and raises ``Refusal`` for what a person may mend. None commits.
"""

from portfolio.organisation.operations.municipality import create_municipality, update_municipality
from portfolio.organisation.operations.people import (
    add_holding,
    create_person,
    erase_person,
    remove_holding,
    restore_holding,
    update_holding,
    update_person,
)
from portfolio.organisation.operations.units import (
    check_posts,
    check_units,
    create_post,
    create_unit,
    put_posts,
    put_units,
    remove_post,
    remove_unit,
    restore_post,
    restore_unit,
    update_post,
    update_unit,
)

__all__ = [
    "add_holding",
    "check_posts",
    "check_units",
    "create_municipality",
    "create_person",
    "create_post",
    "create_unit",
    "erase_person",
    "put_posts",
    "put_units",
    "remove_holding",
    "remove_post",
    "remove_unit",
    "restore_holding",
    "restore_post",
    "restore_unit",
    "update_holding",
    "update_municipality",
    "update_person",
    "update_post",
    "update_unit",
]
