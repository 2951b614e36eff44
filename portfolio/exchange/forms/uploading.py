"""The form in which files are sent in."""

from __future__ import annotations

from flask_wtf.file import MultipleFileField

from portfolio.exchange.operations.uploads import Received
from portfolio.web.forms import BaseForm
from portfolio.web.language import lazy_gettext


class UploadForm(BaseForm):
    """Takes in one workbook or several."""

    files = MultipleFileField(lazy_gettext("Workbooks"))

    def received(self) -> list[Received]:
        """Give the files that were chosen; a browser sends a nameless empty one where nothing was."""
        return [Received(one.filename, one.read()) for one in self.files.data or () if one.filename]
