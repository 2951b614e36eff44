"""What the pages decide without the database: the list's columns, changes of many, who may undo what. Pure."""

from portfolio.pages.rules.bulk import MOST_AT_ONCE, ClassWish, Seen, Wish
from portfolio.pages.rules.columns import COLUMNS, HEALTH, TITLE, USUAL, ListColumn, class_column
from portfolio.pages.rules.moving import Move, move_in
from portfolio.pages.rules.undo import UNDONE_WITHIN, may_undo, may_undo_import

__all__ = [
    "COLUMNS",
    "HEALTH",
    "MOST_AT_ONCE",
    "TITLE",
    "UNDONE_WITHIN",
    "USUAL",
    "ClassWish",
    "ListColumn",
    "Move",
    "Seen",
    "Wish",
    "class_column",
    "may_undo",
    "may_undo_import",
    "move_in",
]
