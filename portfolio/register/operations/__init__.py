"""Writing the register: initiatives in batches, their classes and parts, portfolios and schemes.

Every operation works in the actor's municipality, gathers all problems before it writes anything, and raises
``Refusal`` for what a person may mend. None commits.
"""

from portfolio.register.operations.baselines import (
    create_baseline,
    free_name,
    remove_baseline,
    restore_baseline,
    update_baseline,
)
from portfolio.register.operations.classes import Choice, check_classes, set_categories
from portfolio.register.operations.copying import copy_initiative
from portfolio.register.operations.initiatives import (
    check_creation,
    check_update,
    create_initiatives,
    remove_initiatives,
    restore_initiatives,
    update_initiatives,
)
from portfolio.register.operations.parts import (
    Part,
    add_parts,
    check_parts,
    check_parts_update,
    remove_parts,
    restore_parts,
    update_parts,
)
from portfolio.register.operations.settings import (
    check_categories,
    create_category,
    create_portfolio,
    create_scheme,
    put_categories,
    put_portfolios,
    put_schemes,
    remove_category,
    remove_portfolio,
    remove_scheme,
    restore_category,
    restore_portfolio,
    restore_scheme,
    update_category,
    update_portfolio,
    update_scheme,
)
from portfolio.register.operations.versions import add_version, remove_version, restore_version, update_version

__all__ = [
    "Choice",
    "Part",
    "add_parts",
    "add_version",
    "check_categories",
    "check_classes",
    "check_creation",
    "check_parts",
    "check_parts_update",
    "check_update",
    "copy_initiative",
    "create_baseline",
    "create_category",
    "create_initiatives",
    "create_portfolio",
    "create_scheme",
    "free_name",
    "put_categories",
    "put_portfolios",
    "put_schemes",
    "remove_baseline",
    "remove_category",
    "remove_initiatives",
    "remove_parts",
    "remove_portfolio",
    "remove_scheme",
    "remove_version",
    "restore_baseline",
    "restore_category",
    "restore_initiatives",
    "restore_parts",
    "restore_portfolio",
    "restore_scheme",
    "restore_version",
    "set_categories",
    "update_baseline",
    "update_category",
    "update_initiatives",
    "update_parts",
    "update_portfolio",
    "update_scheme",
    "update_version",
]
