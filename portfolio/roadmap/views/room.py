"""The blueprint on which the roadmap's views stand."""

from flask import Blueprint

blueprint = Blueprint("roadmap", __name__)
