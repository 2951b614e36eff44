"""The page's language, and the texts of pages in it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Protocol

from flask import Flask, has_request_context
from markupsafe import Markup, escape
from werkzeug.local import LocalProxy

from portfolio.core.language import in_language, say, say_plural, say_problem
from portfolio.core.problem import Problem
from portfolio.web.current import DEFAULT_LANGUAGE, current

OWN_NAMES = {"fi": "Suomi", "sv": "Svenska", "en": "English"}


def current_language() -> str:
    """The page's language, ``current.language``; Finnish where no request asks, as when a form is made in a test."""
    return current.language if has_request_context() else DEFAULT_LANGUAGE


def gettext(msgid: str, /, **params: object) -> str:
    """Translate a text into the page's language; its parameters may be dates, decimals and problems."""
    return say(msgid, current_language(), **params)


def ngettext(singular: str, plural: str, n: int, /, **params: object) -> str:
    """Translate the form that fits n, which the text may show as ``%(num)s``."""
    return say_plural(singular, plural, n, current_language(), **params)


def lazy_gettext(msgid: str, /, **params: object) -> str:
    """A text that is translated each time it is shown: for labels of forms, which are made once."""
    return LocalProxy(lambda: gettext(msgid, **params))  # type: ignore[return-value] # it behaves as the text


class Named(Protocol):
    """A row with a name in Finnish and perhaps in Swedish: a unit, a portfolio, a class, a forum."""

    @property
    def name_fi(self) -> str:
        """The name in Finnish."""

    @property
    def name_sv(self) -> str | None:
        """The name in Swedish."""


class Titled(Protocol):
    """A row with a title in Finnish and perhaps in Swedish: an initiative, a milestone, a post."""

    @property
    def title_fi(self) -> str:
        """The title in Finnish."""

    @property
    def title_sv(self) -> str | None:
        """The title in Swedish."""


def either(finnish: str | None, swedish: str | None) -> str:
    """Give a text that is kept in two languages: Swedish on Swedish pages where there is one, else Finnish."""
    return in_language(finnish, swedish, current_language())


def name_of(row: Named) -> str:
    """Give a row's name in the page's language, as :func:`either` chooses."""
    return either(row.name_fi, row.name_sv)


def title_of(row: Titled) -> str:
    """Give a row's title in the page's language, as :func:`either` chooses."""
    return either(row.title_fi, row.title_sv)


def say_here(problem: Problem) -> str:
    """Write a problem in the page's language."""
    return say_problem(problem, current_language())


def register_language(app: Flask) -> None:
    """Give templates and macros ``_``, ``gettext``, ``ngettext``, whose parameters are escaped, and ``either``."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.globals.update(_=_markup, gettext=_markup, ngettext=_plural_markup, either=either)


def _markup(msgid: str, /, **params: object) -> Markup:
    return Markup(gettext(msgid, **_escaped(params)))  # noqa: S704 -- the text is ours, the parameters are escaped


def _plural_markup(singular: str, plural: str, n: int, /, **params: object) -> Markup:
    return Markup(ngettext(singular, plural, n, **_escaped(params)))  # noqa: S704 -- the same


def _escaped(params: dict[str, object]) -> dict[str, object]:
    """Escape every parameter that could hold markup; dates and numbers are left for the language to write."""
    return {
        name: value if isinstance(value, dt.date | int | float | Decimal) else _safe(value)
        for name, value in params.items()
    }


def _safe(value: object) -> Markup:
    return escape(say_here(value) if isinstance(value, Problem) else value)
