"""The request class: a query string that is not UTF-8 is read with replacement characters and fails nowhere."""

from __future__ import annotations

from typing import Any

from flask import Request


class LenientRequest(Request):
    """A request whose query can always be read: bytes that are not UTF-8 become U+FFFD.

    Browsers always send UTF-8; scripts that probe servers do not, and must not be answered with an error of ours.
    """

    def __init__(self, environ: Any, populate_request: bool = True, shallow: bool = False) -> None:  # noqa: FBT001, FBT002 -- as the library calls it
        """Take up the request."""
        super().__init__(environ, populate_request, shallow)
        self.query_string = self.query_string.decode(errors="replace").encode()
