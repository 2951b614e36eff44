"""Long work as a page sees it: a process started after the answer, and a page that tells how far it is."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from flask import Response, make_response, redirect, render_template, request
from sqlalchemy import select

from portfolio.config import PREFIX
from portfolio.core.jobs import Job, JobState, problems_of, state_of
from portfolio.web.current import current
from portfolio.web.guard import is_fragment
from portfolio.web.language import say_here

if TYPE_CHECKING:
    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response as BaseResponse

logger = logging.getLogger(__name__)

NEEDED = ("DATABASE_URL", "JOB_MEMORY_MB", "JOB_SECONDS")
"""The settings that any such process is given; no key and no password of the mail server goes there unasked."""
NOTHING_MORE: Mapping[str, str] = MappingProxyType({})

SAID = "said"
RUNS = frozenset({JobState.WAITING, JobState.RUNNING})
"""The states in which there is something to wait for."""


def start_after_commit(job_id: int, given: Mapping[str, str] = NOTHING_MORE) -> None:
    """Start a process for a job once the request has ended well; a page that ended badly made no job to start.

    ``given`` are variables that this kind of work needs beside the usual ones, such as the mail server's.
    """
    url = current.installation.engine.url.render_as_string(hide_password=False)
    current.afterwards(lambda session: _start(session, job_id, url, given))


def progress_answer(
    job: Job,
    *,
    title: str,
    done_url: str,
    back_url: str,
    cancel_url: str,
    again_url: str,
    crumbs: Sequence[Mapping[str, Any]] = (),
) -> BaseResponse:
    """Answer with the page of a job, or with the piece of it that htmx asks for each second.

    What is done leads to ``done_url``; ``cancel_url`` and ``again_url`` take a POST (``ask_to_cancel``; ``try_again``
    and ``start_after_commit``). The address of the request is asked again, so the view is a plain GET.
    """
    state = state_of(job, current.now)
    if state is JobState.DONE:
        return _go_on(done_url)
    shown = {
        "job": job,
        "state": state.value,
        "runs": state in RUNS,
        "problems": [say_here(problem) for problem in problems_of(job, current.now)],
        "addresses": {"back": back_url, "cancel": cancel_url, "again": again_url, "here": request.path},
        "is_new": request.args.get(SAID) != (job.step or ""),
    }
    if is_fragment():
        piece = make_response(render_template("jobs/piece.html", **shown))
        if state not in RUNS:
            piece.headers["HX-Retarget"] = "#job"
        return piece
    return make_response(render_template("jobs/progress.html", title=title, crumbs=crumbs, **shown))


def _go_on(url: str) -> BaseResponse:
    if not is_fragment():
        return redirect(url, 303)
    answer = Response()
    answer.headers["HX-Redirect"] = url
    return answer


def _start(session: Session, job_id: int, url: str, given: Mapping[str, str]) -> None:
    if session.scalar(select(Job.id).where(Job.id == job_id)) is None:
        return
    kept = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    ours = {name: os.environ[name] for key in NEEDED if (name := PREFIX + key) in os.environ}
    try:
        child = subprocess.Popen(  # noqa: S603 -- our own program, by the interpreter that runs us
            [sys.executable, "-m", "portfolio.cli", "job", "run", str(job_id)],
            env={**kept, **ours, **given, f"{PREFIX}DATABASE_URL": url},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,  # a server that is stopped from its terminal does not take the work with it
        )
    except OSError:
        # the machine is full: the page tells so when nobody has taken the work for a while, and it can be tried again
        logger.exception("job %s: no process could be started", job_id)
        return
    # Somebody must ask how a child ended, or it stays in the table of processes for ever.
    threading.Thread(target=child.wait, name=f"job {job_id}", daemon=True).start()
