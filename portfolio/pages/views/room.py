"""The blueprint on which every page that many rooms make together stands."""

from flask import Blueprint

blueprint = Blueprint("pages", __name__)
