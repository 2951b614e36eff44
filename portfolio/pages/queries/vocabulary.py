"""What tables, fields and sources are called where no workbook names them: msgids, said in the page's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.core.language import N_
from portfolio.exchange.columns import Entity
from portfolio.exchange.columns import words as closed
from portfolio.register.rules.words import STATUS_WORDS
from portfolio.reviews.rules import HEALTH_WORDS, REVIEW_WORDS, ROUND_WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping

ENTITIES = {
    "unit": (Entity.UNIT, N_("Unit")),
    "post": (Entity.POST, N_("Post")),
    "category": (Entity.CATEGORY, N_("Class")),
    "forum": (Entity.FORUM, N_("Forum")),
    "meeting": (Entity.MEETING, N_("Meeting")),
    "initiative": (Entity.INITIATIVE, N_("Initiative")),
    "decision": (Entity.DECISION, N_("Decision")),
    "milestone": (Entity.MILESTONE, N_("Milestone")),
    "recurring_deadline": (Entity.RECURRING_DEADLINE, N_("Recurring deadline")),
    "dependency": (Entity.DEPENDENCY, N_("Dependency")),
    "indicator": (Entity.INDICATOR, N_("Indicator")),
    "indicator_value": (None, N_("Value of an indicator")),
    "budget_line": (Entity.BUDGET, N_("Appropriation")),
    "document_link": (Entity.DOCUMENT_LINK, N_("Document")),
    "initiative_category": (None, N_("Class")),
    "initiative_forum": (None, N_("Handling forum")),
    "decision_initiative": (None, N_("Decision")),
    "portfolio": (None, N_("Portfolio")),
    "category_scheme": (None, N_("Classification")),
    "funding_source": (None, N_("Funding source")),
    "funding_share": (None, N_("Funding share")),
    "frame": (None, N_("Frame")),
    "year_lock": (None, N_("Approved budget")),
    "holding": (None, N_("Holder of a post")),
    "access": (None, N_("Access")),
    "municipality": (None, N_("Settings")),
    "baseline": (None, N_("Baseline")),
    "programme_version": (None, N_("Programme version")),
    "saved_view": (None, N_("Saved view")),
    "forum_view": (None, N_("View of a forum")),
    "review": (Entity.REVIEW, N_("Review")),
    "review_answer": (None, N_("Answer to a question")),
    "review_indicator": (None, N_("Value of an indicator")),
    "review_round": (None, N_("Review round")),
    "round_extension": (None, N_("More time")),
    "round_proposal": (None, N_("Proposed in a round")),
    "review_template": (None, N_("Set of questions")),
    "review_question": (None, N_("Question")),
}
"""Table → its columns as workbooks know them, and what one row is called."""

FIELDS = {
    "removed": N_("Removed"),
    "portfolio_id": N_("Portfolio"),
    "category_id": N_("Class"),
    "forum_id": N_("Forum"),
    "planned": N_("Planned"),
    "amount": N_("Amount"),
    "percent": N_("Share, per cent"),
    "timespan": N_("Period"),
    "note": N_("Note"),
    "approved_on": N_("Approved on"),
    "forecast": N_("Forecast"),
    "actual": N_("Actual"),
    "name_fi": N_("Name in Finnish"),
    "name_sv": N_("Name in Swedish"),
    "title_fi": N_("Title in Finnish"),
    "title_sv": N_("Title in Swedish"),
    "parent_id": N_("Unit above"),
    "valid_from": N_("Valid from"),
    "valid_to": N_("Valid until"),
    "unit_id": N_("Unit"),
    "role": N_("Role"),
    "position": N_("Place in the list"),
    "words": N_("Value"),
    "number": N_("Value"),
    "quota_min": N_("Measures a year, at least"),
    "quota_max": N_("Measures a year, at most"),
    "review_interval_months": N_("Months between reviews"),
    "report_deadline": N_("Report due"),
    "proposal_deadline": N_("Proposals due"),
    "description_fi": N_("Description in Finnish"),
    "description_sv": N_("Description in Swedish"),
    "plan_horizon": N_("Years of the plan"),
    "case_number_pattern": N_("Form of case numbers"),
    "council_terms": N_("Council terms"),
    "season_limits": N_("Limits of seasons"),
    "unit_level_names": N_("Names of the levels of units"),
    "several": N_("Several classes at once"),
    "external": N_("External"),
    # of reviews and their rounds
    "state": N_("State"),
    "unchanged": N_("Submitted as unchanged"),
    "submitted_on": N_("Submitted on"),
    "delegate_id": N_("Who answers"),
    "health_on": N_("Assessed on"),
    "health_by": N_("Assessed by"),
    "office_health": N_("Office's rating"),
    "office_reason": N_("Reason of the office's rating"),
    "office_on": N_("Office rated on"),
    "office_by": N_("Rated for the office by"),
    "comment": N_("What should be mended?"),
    "answer": N_("Answer"),
    "text_fi": N_("Question in Finnish"),
    "text_sv": N_("Question in Swedish"),
    "hint_fi": N_("Advice in Finnish"),
    "hint_sv": N_("Advice in Swedish"),
    "required": N_("Must be answered"),
    "instruction_fi": N_("Instruction in Finnish"),
    "instruction_sv": N_("Instruction in Swedish"),
    "period_first": N_("The period reported on begins"),
    "period_last": N_("The period reported on ends"),
    "opens_on": N_("Answering opens"),
    "due_on": N_("Answers by"),
    "receiving_forum_id": N_("Receiving forum"),
    "coordinating_forum_id": N_("Coordinating forum"),
    "template_id": N_("Questions of our own"),
    "statuses": N_("Statuses asked about"),
    "interval_months": N_("Months since the last review, at least"),
    "baseline_id": N_("Baseline"),
    "reason": N_("Reason"),
}
"""What columns are called that no workbook has, or that every table shares."""

SOURCES = {
    "form": N_("Form"),
    "import": N_("Import"),
    "ledger": N_("Accounting"),
    "undo": N_("Undone"),
    "command": N_("Command line"),
    "generate": N_("Made-up data"),
}

CHOICES: dict[str, Mapping[str, str]] = {
    "budget_effect": {"yes": N_("Yes"), "no": N_("No"), "unknown": N_("Not known")},
    "permanent_need": {"yes": N_("Yes"), "no": N_("No"), "unknown": N_("Not known")},
    "part": closed.BUDGET_PART,
    "state": {one.value: words for some in (REVIEW_WORDS, ROUND_WORDS) for one, words in some.items()},
    "office_health": {one.value: words for one, words in HEALTH_WORDS.items()},
    "statuses": {one.value: words for one, words in STATUS_WORDS.items()},
}

USERS = frozenset({"delegate_id", "health_by", "office_by"})
"""Columns that hold users, who are outside the history."""
