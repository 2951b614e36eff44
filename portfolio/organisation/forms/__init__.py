"""Forms of the organisation: units, posts, their holders, the municipality's settings."""

from portfolio.organisation.forms.settings import SettingsForm
from portfolio.organisation.forms.units import HolderForm, HoldingForm, PersonForm, PostForm, UnitForm

__all__ = ["HolderForm", "HoldingForm", "PersonForm", "PostForm", "SettingsForm", "UnitForm"]
