"""What people fill in and what an address asks of the roadmap, beside the register's filter."""

from portfolio.roadmap.forms.asked import PARAMETERS, STATUS, AskedRoadmap, read_asked
from portfolio.roadmap.forms.comparing import COMPARE, AskedComparison, read_comparison

__all__ = ["COMPARE", "PARAMETERS", "STATUS", "AskedComparison", "AskedRoadmap", "read_asked", "read_comparison"]
