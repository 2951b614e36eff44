"""Long work in a process of its own: a row tells how far it is, a lease tells that somebody still works on it.

There is no queue server. ``create_job`` writes the row; ``portfolio job run ID`` takes it, works in a child of its own
within limits of memory and time, and then takes what the same person has waiting of the same kind. Whoever looks asks
``state_of``: a lease that has run out reads as failed, and ``try_again`` begins anew. DESIGN §4, long work.
"""

from portfolio.core.jobs.facts import Cancelled, Handler, JobFacts, Limits, Progress
from portfolio.core.jobs.models import Job, JobState
from portfolio.core.jobs.operations import ask_to_cancel, create_job, is_over, problems_of, state_of, try_again
from portfolio.core.jobs.running import run

__all__ = [
    "Cancelled",
    "Handler",
    "Job",
    "JobFacts",
    "JobState",
    "Limits",
    "Progress",
    "ask_to_cancel",
    "create_job",
    "is_over",
    "problems_of",
    "run",
    "state_of",
    "try_again",
]
