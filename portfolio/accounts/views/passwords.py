"""Passwords by one-time links: forgotten ones, and those of new users."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for

from portfolio.accounts import operations, queries
from portfolio.accounts.forms import ForgottenForm, NewPasswordForm
from portfolio.accounts.rules import RESET_LASTS
from portfolio.accounts.views.letters import send_reset
from portfolio.accounts.views.room import blueprint
from portfolio.web.access import public
from portfolio.web.current import current
from portfolio.web.language import gettext
from portfolio.web.limits import limiter
from portfolio.web.session import brief_write

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

GONE = 410


@blueprint.route("/password/forgotten", methods=["GET", "POST"])
@public(writes=False)
@limiter.limit("10 per hour", methods=["POST"])
def forgotten_password() -> tuple[str, int]:
    """Ask for a link by mail; the answer is the same for an unknown address."""
    form = ForgottenForm()
    if not form.validate_on_submit():
        return render_template("accounts/forgotten.html", form=form), form.status
    user = queries.user_by_email(current.session, form.email.data or "")
    current.record("reset asked for", user_id=user.id if user is not None else None)
    if user is not None and user.active:
        with brief_write() as short:
            token = operations.make_link(short, user.id, current.now, RESET_LASTS)
        send_reset(user, token, show_unsent=queries.is_demo(current.session))
    return render_template("accounts/forgotten_sent.html"), 200


@blueprint.route("/password/new", methods=["GET", "POST"])
@public()
@limiter.limit("30 per hour", methods=["POST"])
def new_password() -> tuple[str, int] | Response:
    """Set a password by a one-time link."""
    form = NewPasswordForm(token=request.args.get("token"))
    user = queries.user_of_link(current.session, form.token.data or "", current.now)
    if user is None:
        return render_template("accounts/dead_link.html"), GONE
    if form.validate_on_submit():
        with form.refusals():
            words = [place.name_fi for place in queries.municipalities_of(current.session, user.id, current.today)]
            operations.use_link(current.session, form.token.data or "", form.password.data or "", current.now, words)
            current.record("password set", user_id=user.id)
            flash(gettext("The password was set. Sign in with it."))
            return redirect(url_for("accounts.sign_in"))
    return render_template("accounts/new_password.html", form=form, email=user.email), form.status
