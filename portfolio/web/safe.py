"""Where to go on to after a form: only to addresses of this site."""

from __future__ import annotations

from urllib.parse import urlsplit

LONGEST = 1000


def safe_next(address: str | None, default: str) -> str:
    r"""Give the address when it is a path on this site, else the default (security.md point 24).

    Refused are other hosts in every disguise: ``//evil``, ``/\evil``, ``https:evil``, control characters.
    """
    if not address or len(address) > LONGEST or not address.startswith("/") or address.startswith("//"):
        return default
    if "\\" in address or any(ord(character) <= ord(" ") or character == "\x7f" for character in address):
        return default
    try:
        parts = urlsplit(address)
    except ValueError:
        return default
    return default if parts.scheme or parts.netloc else address
