"""The room's blueprint."""

from flask import Blueprint

blueprint = Blueprint("yearclock", __name__)
