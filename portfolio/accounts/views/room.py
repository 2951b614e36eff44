"""The room's blueprint, which its views fill."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("accounts", __name__)
