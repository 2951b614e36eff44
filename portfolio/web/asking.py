"""The request of this application: an address whose bytes are no letters is read as far as they are."""

from __future__ import annotations

from typing import Any

from flask import Request


class LenientRequest(Request):
    """A request whose query can always be read: what is no UTF-8 in it becomes the sign for an unknown letter.

    Browsers write such letters in another way; scripts that try out servers do not, and are no fault of ours.
    """

    def __init__(self, environ: Any, populate_request: bool = True, shallow: bool = False) -> None:  # noqa: FBT001, FBT002 -- as the library calls it
        """Take up the request."""
        super().__init__(environ, populate_request, shallow)
        self.query_string = self.query_string.decode(errors="replace").encode()
