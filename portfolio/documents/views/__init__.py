"""Screens of documents: choosing one, the file itself, and the public card."""

from portfolio.documents.views import files, public
from portfolio.documents.views.room import blueprint

__all__ = ["blueprint", "files", "public"]
