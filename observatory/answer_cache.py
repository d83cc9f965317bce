"""Answers given before: the same question to the same snapshot is not computed twice.

What a callback answers follows from the question, the theme, the language, the snapshot, the day
and what people have published, and from nothing else for readers who are not signed in. What
somebody who is signed in gets may follow from who that is, so it is never kept, nor is anything
kept given to them. Whoever makes an answer depend on more adds that to `_key`, or two people see
each other's.
"""

import threading
from dataclasses import dataclass
from datetime import UTC, datetime

from cachetools import LRUCache
from flask import Flask, Response, g, request

from observatory.errors import StoreError, WorkspaceError
from observatory.language import current_language
from observatory.pages.visit import current_theme
from observatory.store.warehouse import Store
from observatory.workspace.engine import Workspace
from observatory.workspace.plan_record import edition
from observatory.workspace.reader import names_somebody

CALLBACKS = "/_dash-update-component"
MOST_BYTES = 16_000_000  # of compressed answers, in each worker
LONGEST_QUESTION = 20_000  # bytes; a longer one is none that a page asks
KEPT_HEADERS = ("Content-Type", "Content-Encoding", "Vary")


@dataclass(frozen=True)
class _Answer:
    """An answer as it went out, compressed."""

    content: bytes
    headers: tuple[tuple[str, str], ...]


def register_answer_cache(server: Flask, store: Store, workspace: Workspace) -> None:
    """Keep the answers of callbacks; to be called before compression is set up.

    The most recently asked are kept, up to MOST_BYTES. A new snapshot makes new keys, so that
    the old answers fall out by themselves.
    """
    kept: LRUCache[tuple[object, ...], _Answer] = LRUCache(
        MOST_BYTES, getsizeof=lambda answer: len(answer.content)
    )
    lock = threading.Lock()

    @server.before_request
    def given_before() -> Response | None:
        is_short = (request.content_length or 0) < LONGEST_QUESTION
        is_question = request.method == "POST" and request.path == CALLBACKS and is_short
        if not is_question or names_somebody():
            return None
        g.answer_key = _key(store, workspace)
        if g.answer_key is None:
            return None
        with lock:
            answer = kept.get(g.answer_key)
        if answer is None:
            return None
        g.answer_key = None
        return Response(answer.content, headers=list(answer.headers))

    @server.after_request
    def keep(response: Response) -> Response:
        key = g.get("answer_key")
        if key is None or response.status_code != 200 or response.is_streamed:  # noqa: PLR2004 - OK
            return response
        headers = tuple((n, response.headers[n]) for n in KEPT_HEADERS if n in response.headers)
        answer = _Answer(response.get_data(), headers)
        if len(answer.content) < MOST_BYTES:
            with lock:
                kept[key] = answer
        return response


def _key(store: Store, workspace: Workspace) -> tuple[object, ...] | None:
    """All that an answer follows from; None where a part of it cannot be read."""
    try:
        snapshot_id = store.publication().snapshot_id
        written = edition(workspace)
    except (StoreError, WorkspaceError):
        return None
    return (
        snapshot_id,
        written,
        datetime.now(UTC).date(),
        current_language(),
        current_theme().name,
        request.headers.get("Accept-Encoding", ""),
        request.get_data(),
    )
