"""What people fill in about initiatives: the filter that the register list and the roadmap share in the address."""

from portfolio.register.forms.choice import PARAMETERS, FilterChoice, read_filter
from portfolio.register.forms.facets import NOTHING, Facet
from portfolio.register.forms.options import Options, load_options
from portfolio.register.forms.pills import filter_pills, filter_words
from portfolio.register.forms.times import Calendar, TimePoint, calendar_here, now_of, read_time
from portfolio.register.forms.words import FILTER_LABELS, ONLY_WORDS

__all__ = [
    "FILTER_LABELS",
    "NOTHING",
    "ONLY_WORDS",
    "PARAMETERS",
    "Calendar",
    "Facet",
    "FilterChoice",
    "Options",
    "TimePoint",
    "calendar_here",
    "filter_pills",
    "filter_words",
    "load_options",
    "now_of",
    "read_filter",
    "read_time",
]
