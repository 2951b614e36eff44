"""What people ask of the pages and fill in on them."""

from portfolio.pages.forms.feedback import FeedbackForm

__all__ = ["FeedbackForm"]
