"""Writing users: signing in and out, passwords, who has access, counts of attempts."""

from portfolio.accounts.operations.access import (
    NewUser,
    add_user,
    change_access,
    end_access,
    give_access,
)
from portfolio.accounts.operations.saved_views import remove_view, restore_view, save_view, update_view
from portfolio.accounts.operations.signing import (
    end_sign_in,
    end_sign_ins,
    make_link,
    record,
    see,
    set_password,
    sign_in,
    update_user,
    use_link,
    verify_password,
)

__all__ = [
    "NewUser",
    "add_user",
    "change_access",
    "end_access",
    "end_sign_in",
    "end_sign_ins",
    "give_access",
    "make_link",
    "record",
    "remove_view",
    "restore_view",
    "save_view",
    "see",
    "set_password",
    "sign_in",
    "update_user",
    "update_view",
    "use_link",
    "verify_password",
]
