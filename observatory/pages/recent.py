"""What a view shows, kept while its second answer is asked for: the lists below a picture."""

from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import TypeVar, TypeVarTuple

from cachetools import LRUCache

from observatory.language import current_language
from observatory.store.warehouse import Store

KEPT_VIEWS = 4

T = TypeVar("T")
Asked = TypeVarTuple("Asked")


def recent(make: Callable[[Store, *Asked], T]) -> Callable[[Store, *Asked], T]:
    """Keep the last few results of a function of the snapshot; nobody changes what it gives.

    Args:
        make: asks the store it is given; all that it is given beside can be a key.
    """
    kept: LRUCache[tuple[object, ...], T] = LRUCache(KEPT_VIEWS)
    lock = Lock()

    @wraps(make)
    def answer(store: Store, *asked: *Asked) -> T:
        key = (store.publication().snapshot_id, current_language(), *asked)
        with lock:
            found = kept.get(key)
        if found is None:
            found = make(store, *asked)
            with lock:
                kept[key] = found
        return found

    return answer
