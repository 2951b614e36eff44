"""Sets of questions: the list of them, and one with its questions to add, change, move and remove."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, redirect, render_template, request, url_for

from portfolio.core.rights import Right
from portfolio.reviews import operations, queries
from portfolio.reviews.forms.questions import QuestionForm
from portfolio.reviews.forms.rounds import TemplateForm
from portfolio.reviews.models import ReviewQuestion, ReviewTemplate
from portfolio.reviews.views.room import blueprint
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.language import gettext, name_of

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

WRONG = 422


@blueprint.route("/<municipality>/reviews/templates", methods=["GET", "POST"])
@access(Right.MANAGE)
def templates() -> tuple[str, int] | Response:
    """List the sets of questions, and begin a new one."""
    form = TemplateForm()
    if form.validate_on_submit():
        with form.refusals():
            identity = operations.create_template(current.session, current.actor, form.values())
            flash(gettext("Now add the questions."), "ok")
            return redirect(url_for("reviews.template", template=identity))
    found = queries.templates(current.session, current.municipality.id)
    numbers = queries.count_questions(current.session, current.municipality.id)
    return render_template("reviews/templates.html", form=form, templates=found, numbers=numbers), form.status


@blueprint.route("/<municipality>/reviews/templates/<int:template>", methods=["GET", "POST"])
@access(Right.MANAGE, load={"template": queries.get_template})
def template(template: ReviewTemplate) -> tuple[str, int] | Response:
    """Show one set with its questions in order, and change its name."""
    form = TemplateForm(obj=template)
    if form.validate_on_submit():
        with form.refusals():
            values, version = form.values(), form.version.data
            operations.update_template(current.session, current.actor, template.id, values, version=version)
            flash(gettext("The name was saved."), "ok")
            return redirect(url_for("reviews.template", template=template.id))
    asked = queries.questions(current.session, template.municipality_id, template.id)
    return render_template("reviews/template.html", form=form, template=template, questions=asked), form.status


@blueprint.route("/<municipality>/reviews/templates/<int:template>/questions", methods=["GET", "POST"])
@access(Right.MANAGE, load={"template": queries.get_template})
def new_question(template: ReviewTemplate) -> tuple[str, int] | Response:
    """Add a question at the end."""
    form = QuestionForm()
    if form.validate_on_submit():
        with form.refusals():
            operations.add_question(current.session, current.actor, template.id, form.values())
            flash(gettext("The question was added."), "ok")
            return redirect(url_for("reviews.template", template=template.id))
    return _page(gettext("New question"), form, template), form.status


@blueprint.route("/<municipality>/reviews/questions/<int:question>/edit", methods=["GET", "POST"])
@access(Right.MANAGE, load={"question": queries.get_question})
def edit_question(question: ReviewQuestion) -> tuple[str, int] | Response:
    """Change a question; closed rounds show it as it was."""
    form = QuestionForm(obj=question)
    if form.validate_on_submit():
        with form.refusals():
            values, version = form.values(), form.version.data
            operations.update_question(current.session, current.actor, question.id, values, version=version)
            flash(gettext("The question was saved."), "ok")
            return redirect(url_for("reviews.template", template=question.template_id))
    owner = queries.get_template(current.session, question.municipality_id, question.template_id)
    return _page(gettext("Change the question"), form, owner or abort(404), question), form.status


@blueprint.post("/<municipality>/reviews/questions/<int:question>/move")
@access(Right.MANAGE, load={"question": queries.get_question})
def move_question(question: ReviewQuestion) -> Response:
    """Move a question one place up or down (``step`` is -1 or 1)."""
    step = request.form.get("step", 0, type=int)
    if step not in {-1, 1}:
        abort(WRONG)
    operations.move_question(current.session, current.actor, question.id, step)
    return redirect(url_for("reviews.template", template=question.template_id))


@blueprint.post("/<municipality>/reviews/questions/<int:question>/remove")
@access(Right.MANAGE, load={"question": queries.get_question})
def remove_question(question: ReviewQuestion) -> Response:
    """Remove a question; rounds that are closed keep it."""
    operations.update_question(current.session, current.actor, question.id, {"removed": True})
    flash(gettext("The question was removed."))
    return redirect(url_for("reviews.template", template=question.template_id))


@blueprint.post("/<municipality>/reviews/questions/<int:question>/restore")
@access(Right.MANAGE, load={"question": queries.get_question})
def restore_question(question: ReviewQuestion) -> Response:
    """Bring a removed question back."""
    operations.update_question(current.session, current.actor, question.id, {"removed": False})
    flash(gettext("The question is back."))
    return redirect(url_for("reviews.template", template=question.template_id))


@blueprint.post("/<municipality>/reviews/templates/<int:template>/remove")
@access(Right.MANAGE, load={"template": queries.get_template})
def remove_template(template: ReviewTemplate) -> Response:
    """Remove a set of questions; rounds that ask it keep it."""
    operations.update_template(current.session, current.actor, template.id, {"removed": True})
    flash(gettext("%(name)s was removed.", name=name_of(template)))
    return redirect(url_for("reviews.templates"))


def _page(title: str, form: QuestionForm, owner: ReviewTemplate, question: ReviewQuestion | None = None) -> str:
    return render_template(
        "components/edit_page.html",
        title=title,
        form=form,
        crumbs=[
            {"label": gettext("Question templates"), "url": url_for("reviews.templates")},
            {
                "label": name_of(owner),
                "url": url_for("reviews.template", template=owner.id),
            },
        ],
        back=url_for("reviews.template", template=owner.id),
        purpose=None,
        groups=None,
        remove=url_for("reviews.remove_question", question=question.id) if question else None,
        restore=url_for("reviews.restore_question", question=question.id) if question else None,
        removed=question is not None and question.removed,
    )
