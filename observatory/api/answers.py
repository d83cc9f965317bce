"""From a question to the response: snapshot, form, conditional answer, page."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlencode

import orjson
import pandas as pd
from flask import Response, request
from werkzeug.datastructures import Headers

from observatory.api.formats import MEDIA_TYPES, as_csv, as_json, as_parquet, chosen_format
from observatory.api.paging import Key, cut, fingerprint, key_before
from observatory.api.parameters import FORMATS, Question, TableQuestion
from observatory.api.problems import refuse_day, refuse_id
from observatory.errors import NoSnapshotError, UnknownIdError
from observatory.store.publication import Publication
from observatory.store.warehouse import Store

NOT_MODIFIED = 304
NOTHING = frozenset[str]()


@dataclass(frozen=True)
class Rows:
    """The rows of a table in the order of their key.

    Attributes:
        name: name of the table, for file names.
        key: columns of the key.
        first: a key before the first row.
        after: the rows after a key, at most so many (None: all) and one more.
    """

    name: str
    key: tuple[str, ...]
    first: Key
    after: Callable[[Key, int | None], pd.DataFrame]


def table_answer(
    store: Store, question: TableQuestion, rows: Rows, edition: str | None = None
) -> Response:
    """A page of the table, or the whole table as a file.

    Args:
        store: the published snapshot.
        question: what is asked for.
        rows: the table.
        edition: what the rows follow from besides the snapshot; with one, they are of the day
            asked for by themselves, and the snapshot is the one served now.
    """
    with _reading(store, None if edition is not None else question.as_of) as publication:
        form = chosen_format(question.format, offered=FORMATS)
        headers = _headers(publication, form, edition or "")
        if _is_known(headers):
            return Response(status=NOT_MODIFIED, headers=headers)
        key = key_before(question.cursor, rows.first, publication)
        limit = question.limit if form == "json" else question.rows
        page, following = cut(rows.after(key, limit), rows.key, rows.first, limit, publication)
    if following is not None:
        headers["Link"] = f'<{_address_of(following)}>; rel="next"'
    if form == "json":
        return _answer(as_json(page, following), form, headers)
    name = f"metropolis-{rows.name}-{publication.snapshot_id}.{form}"
    headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return _answer(as_csv(page) if form == "csv" else as_parquet(page), form, headers)


def item_answer(
    store: Store,
    question: Question,
    found: Callable[[Publication], dict[str, object]],
    edition: str | None = None,
) -> Response:
    """One thing as a JSON object; 404 with ids that look alike where there is none."""
    with _reading(store, None if edition is not None else question.as_of) as publication:
        form = chosen_format(None, offered=("json",))
        headers = _headers(publication, form, edition or "")
        try:
            content = found(publication)
        except UnknownIdError as error:
            refuse_id(error)
    if _is_known(headers):
        return Response(status=NOT_MODIFIED, headers=headers)
    return _answer(orjson.dumps(content), form, headers)


def _answer(content: bytes, form: str, headers: Headers) -> Response:
    return Response(content, mimetype=MEDIA_TYPES[form], headers=headers)


def _headers(publication: Publication, form: str, edition: str) -> Headers:
    """Weak, since compression changes the bytes; asked again each time, which costs a 304."""
    etag = fingerprint(publication, form, edition, without=NOTHING)
    return Headers({"ETag": f'W/"{etag}"', "Cache-Control": "public, no-cache", "Vary": "Accept"})


def _is_known(headers: Headers) -> bool:
    etag = headers["ETag"].removeprefix('W/"').removesuffix('"')
    return etag in request.if_none_match.as_set(include_weak=True)


@contextmanager
def _reading(store: Store, as_of: dt.date | None) -> Iterator[Publication]:
    try:
        with store.reading(as_of) as publication:
            yield publication
    except NoSnapshotError as error:
        refuse_day(str(error))


def _address_of(cursor: str) -> str:
    """The address asked for, at another page."""
    parameters = request.args.to_dict(flat=False)
    return f"{request.path}?{urlencode({**parameters, 'cursor': [cursor]}, doseq=True)}"
