"""One's own account: where to work, name, language, password, sign-ins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, redirect, render_template, request, session, url_for

from portfolio.accounts import operations, queries
from portfolio.accounts.forms import AccountForm, ChangePasswordForm
from portfolio.accounts.models import User
from portfolio.accounts.views.room import blueprint
from portfolio.accounts.views.session import own_sign_in_id, sign_in_limits
from portfolio.accounts.views.sign_in import has_failed
from portfolio.core.language import LANGUAGES, N_
from portfolio.core.problem import Problem
from portfolio.web.access import public, signed_in
from portfolio.web.current import LANGUAGE_CHOICE, current
from portfolio.web.language import gettext
from portfolio.web.limits import limiter
from portfolio.web.safe import safe_next

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

PRESENT_IS_WRONG = N_("The present password is not right.")


@blueprint.get("/")
@signed_in()
def start() -> str | Response:
    """Go on to the one municipality where the user works, or ask which."""
    places = queries.municipalities_of(current.session, _me().id, current.today)
    if len(places) == 1:
        return redirect(f"{url_for('accounts.start')}{places[0].code}/")
    return render_template("accounts/places.html", places=places)


@blueprint.post("/language")
@public()
def choose_language() -> Response:
    """Change the language of the pages, for this browser and for the account."""
    chosen = request.form.get("language", "")
    if chosen not in LANGUAGES:
        abort(400)
    session[LANGUAGE_CHOICE] = chosen
    if current.user is not None:
        me = _me()
        operations.update_user(current.session, me, name=me.name, language=chosen, shortcuts=me.shortcuts)
    return redirect(safe_next(request.form.get("next"), url_for("accounts.start")))


@blueprint.route("/account", methods=["GET", "POST"])
@signed_in()
def own_account() -> tuple[str, int] | Response:
    """Change one's name, language and shortcuts; see where one is signed in."""
    me = _me()
    form = AccountForm(obj=me)
    if form.validate_on_submit():
        with form.refusals():
            operations.update_user(current.session, me, **form.values())
            flash(gettext("Your account was saved."))
            return redirect(url_for("accounts.own_account"))
    going = queries.sign_ins_of(current.session, me.id, current.now, **sign_in_limits())
    places = queries.municipalities_of(current.session, me.id, current.today)
    page = render_template(
        "accounts/account.html", form=form, me=me, sign_ins=going, own=own_sign_in_id(), places=places
    )
    return page, form.status


@blueprint.route("/account/password", methods=["GET", "POST"])
@signed_in()
@limiter.limit("10 per hour", methods=["POST"], deduct_when=has_failed)
def change_password() -> tuple[str, int] | Response:
    """Change one's password; the present one is needed, so that an unattended browser gives nothing away."""
    form = ChangePasswordForm()
    if form.validate_on_submit():
        me = _me()
        if not operations.verify_password(me, form.present.data or ""):
            form.take([Problem(PRESENT_IS_WRONG, place="present")])
            return render_template("accounts/change_password.html", form=form), form.status
        with form.refusals():
            operations.set_password(current.session, me, form.password.data or "")
            if form.elsewhere.data:
                operations.end_sign_ins(current.session, me.id, current.now, but=own_sign_in_id())
            current.record("password changed")
            flash(gettext("The password was changed."))
            return redirect(url_for("accounts.own_account"))
    return render_template("accounts/change_password.html", form=form), form.status


@blueprint.post("/account/sign-ins/<int:sign_in_id>/end")
@signed_in(plain={"sign_in_id"})
def end_own_sign_in(sign_in_id: int) -> Response:
    """Sign out one browser; one's own too, and then the next page asks to sign in."""
    if not operations.end_sign_in(current.session, _me().id, sign_in_id, current.now):
        abort(404)
    flash(gettext("The browser was signed out."))
    return redirect(url_for("accounts.own_account"))


@blueprint.post("/account/sign-ins/end")
@signed_in()
def end_other_sign_ins() -> Response:
    """Sign out everywhere else."""
    count = operations.end_sign_ins(current.session, _me().id, current.now, but=own_sign_in_id())
    flash(gettext("Other browsers signed out: %(count)s.", count=count))
    return redirect(url_for("accounts.own_account"))


def _me() -> User:
    """Load who is signed in in the request's own session, where it may be changed."""
    user = current.user
    return current.session.get_one(User, user.id) if user is not None else abort(401)
