"""What matches a text, as the API answers it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict

from observatory.api.parameters import SearchQuestion
from observatory.queries.search import Kind, search
from observatory.store.warehouse import Store
from observatory.views.search_words import Found, found, summary_text


def search_object(
    store: Store, kinds: Sequence[Kind], question: SearchQuestion
) -> dict[str, object]:
    """The best matches, how many there are of each kind, and nearest names where there is none."""
    answer = search(store, kinds, question.q)
    counts = Counter(match.entry.kind for match in answer.matches)
    headings = {kind.kind: kind.heading() for kind in kinds}
    near = [found(match, question.q) for match in answer.near]
    counted = [kind.counted(counts[kind.kind]) for kind in kinds if counts[kind.kind]]
    return {
        "data": [
            _object(found(match, question.q), headings)
            for match in answer.matches[: question.limit]
        ],
        "next": None,
        "total": len(answer.matches),
        "near": [_object(one, headings) for one in near],
        "summary": summary_text(question.q, counted, len(answer.matches), near),
    }


def _object(one: Found, headings: dict[str, str]) -> dict[str, object]:
    return {**asdict(one), "kind_title": headings[one.kind]}
