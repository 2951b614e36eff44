"""Signing in and out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for

from portfolio.accounts import operations, queries
from portfolio.accounts.forms import ROLE_NAMES, SignInForm
from portfolio.accounts.rules import clean_email
from portfolio.accounts.views.room import blueprint
from portfolio.accounts.views.session import begin, end
from portfolio.core.language import N_
from portfolio.web.access import public
from portfolio.web.current import current
from portfolio.web.language import gettext
from portfolio.web.limits import limiter, visitor
from portfolio.web.safe import safe_next

if TYPE_CHECKING:
    from flask import Response
    from werkzeug.wrappers import Response as BaseResponse

WRONG = N_("The e-mail or the password is not right.")
FAILED = 422


def account_and_visitor() -> str:
    """Name the account that is tried together with who tries it: a stranger cannot lock a user out."""
    return f"{visitor()} {clean_email(request.form.get('email', ''))}"


def has_failed(response: Response) -> bool:
    """Count failures only."""
    return response.status_code == FAILED


@blueprint.route("/sign-in", methods=["GET", "POST"])
@public(writes=False)
@limiter.limit("8 per 10 minutes", key_func=account_and_visitor, methods=["POST"], deduct_when=has_failed)
@limiter.limit("100 per 10 minutes", methods=["POST"], deduct_when=has_failed)
def sign_in() -> tuple[str, int] | BaseResponse:
    """Sign in by e-mail and password; what was wrong is not said."""
    form = SignInForm(next=request.args.get("next"))
    target = safe_next(form.next.data, url_for("accounts.start"))
    if current.user is not None:
        return redirect(target)
    if form.validate_on_submit():
        user = queries.user_by_email(current.session, form.email.data or "")
        if operations.verify_password(user, form.password.data or "") and user is not None:
            begin(user)
            return redirect(target)
        current.record("sign-in failed", user_id=user.id if user is not None else None)
        form.form_errors = [gettext(WRONG)]
    accounts = current.installation.demo_accounts if queries.is_demo(current.session) else ()
    page = render_template("accounts/sign_in.html", form=form, demo_accounts=accounts, role_names=ROLE_NAMES)
    return page, form.status


@blueprint.post("/sign-out")
@public(writes=False)
def sign_out() -> BaseResponse:
    """Sign out, here and for every copy of this browser's cookie."""
    end()
    flash(gettext("You have signed out."))
    response = redirect(url_for("accounts.sign_in"))
    response.headers["Clear-Site-Data"] = '"storage"'
    return response
