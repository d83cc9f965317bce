"""Cursors: where a page ended, bound to one question and one snapshot."""

import base64
import binascii
import hashlib
from collections.abc import Sequence
from typing import NoReturn

import orjson
import pandas as pd
from flask import request

from observatory.api.models import Fault
from observatory.api.problems import refuse_request
from observatory.language import gettext as _
from observatory.store.publication import Publication

API_VERSION = "1.0.0"
NOT_PART_OF_THE_QUESTION = frozenset({"limit", "cursor", "format"})

Key = list[str | int]


def fingerprint(publication: Publication, *more: str, without: frozenset[str]) -> str:
    """Digest of the snapshot, the address and its parameters but for those left out."""
    parameters = sorted(pair for pair in request.args.items(multi=True) if pair[0] not in without)
    about = [API_VERSION, publication.content_hash, publication.sequence, request.path]
    return hashlib.sha256(orjson.dumps([*about, parameters, *more])).hexdigest()[:32]


def _question(publication: Publication) -> str:
    return fingerprint(publication, without=NOT_PART_OF_THE_QUESTION)


def cursor_after(key: Sequence[object], publication: Publication) -> str:
    """The cursor of the page that begins after a key."""
    content = orjson.dumps([_question(publication), *key])
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def key_before(cursor: str | None, first: Key, publication: Publication) -> Key:
    """The key after which a page begins; without a cursor, `first`.

    Raises:
        HTTPException: with 400, it is no cursor, or one of another question or snapshot.
    """
    if cursor is None:
        return first
    content = _content(cursor)
    if [type(part) for part in content] != [str, *(type(part) for part in first)]:
        _refuse(_("is not a cursor: take `next` of the page before"))
    if content[0] != _question(publication):
        _refuse(_("belongs to another question or to an earlier snapshot: begin at the first page"))
    return content[1:]


def _content(cursor: str) -> Key:
    """What a cursor holds; empty for what is no cursor."""
    padded = cursor + "=" * (-len(cursor) % 4)
    try:
        content = orjson.loads(base64.b64decode(padded.encode("ascii"), b"-_", validate=True))
    except (UnicodeEncodeError, binascii.Error, orjson.JSONDecodeError):
        return []
    return content if isinstance(content, list) else []


def _refuse(reason: str) -> NoReturn:
    refuse_request([Fault(parameter="cursor", reason=reason)])


def cut(
    frame: pd.DataFrame, key: Sequence[str], first: Key, limit: int | None, now: Publication
) -> tuple[pd.DataFrame, str | None]:
    """The first `limit` rows and the cursor of what follows, or None where nothing does.

    A missing part of a key comes as that of `first`, as the rows are sorted.
    """
    if limit is None or len(frame) <= limit:
        return frame, None
    page = frame.head(limit)
    last = page.iloc[-1]
    parts = zip(key, first, strict=True)
    return page, cursor_after([_plain(last[column], missing) for column, missing in parts], now)


def _plain(value: object, missing: str | int) -> str | int:
    """A part of a key as JSON holds it."""
    if isinstance(value, str):
        return value
    return missing if pd.isna(value) else int(value)  # type: ignore[call-overload]  # keys are texts and years
