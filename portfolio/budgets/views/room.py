"""The room's blueprint."""

from flask import Blueprint

blueprint = Blueprint("budgets", __name__)
