"""The adapters there are: every module of `adapters` that declares `ADAPTER`."""

import importlib
import pkgutil
from difflib import get_close_matches

from observatory.errors import UnknownIdError
from observatory.ingest import adapters
from observatory.ingest.extract import Adapter


def all_adapters() -> dict[str, Adapter]:
    """Every adapter by its source id, in the order of the ids."""
    found: dict[str, Adapter] = {}
    for module_info in pkgutil.iter_modules(adapters.__path__):
        module = importlib.import_module(f"{adapters.__name__}.{module_info.name}")
        for adapter in getattr(module, "ADAPTERS", (getattr(module, "ADAPTER", None),)):
            if adapter is not None:
                found[adapter.source_id] = adapter
    return dict(sorted(found.items()))


def find_adapter(source_id: str) -> Adapter:
    """The adapter of a source.

    Raises:
        UnknownIdError: there is none; the error carries the ids that look alike.
    """
    known = all_adapters()
    if source_id not in known:
        raise UnknownIdError("source", source_id, get_close_matches(source_id, known, n=3))
    return known[source_id]
