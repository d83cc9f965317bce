"""A table of a page on its way into a file: licence, credits and snapshot are added here."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from observatory.exchange.tables import Export, typed, without_restricted
from observatory.language import gettext as _
from observatory.language import ngettext
from observatory.queries.catalogue import all_sources
from observatory.schema import Column
from observatory.store.warehouse import Store
from observatory.views.components.downloads import file_stem
from observatory.views.words import number_text, region_name


@dataclass(frozen=True)
class ShownTable:
    """What a page shows as a table.

    Attributes:
        name: parts of the file name that say what it is.
        title: what the table shows.
        frame: the rows in the order of the page; holds at least the columns.
        columns: what is taken of the rows, in order.
        address: path and query string of the page.
        filters: the choices that led to these rows, in words.
        source_ids: sources to be named besides those of the rows.
        notes: what to mind.
    """

    name: tuple[str, ...]
    title: str
    frame: pd.DataFrame
    columns: tuple[Column, ...]
    address: str
    filters: tuple[str, ...] = ()
    source_ids: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def export_of(store: Store, shown: ShownTable) -> Export:
    """The table as it may leave: figures of restricted sources are left out and counted."""
    sources = all_sources(store)
    rows = typed(shown.frame, shown.columns)
    if "region" in rows:
        rows["region"] = rows["region"].map(region_name, na_action="ignore")
    notes = shown.notes
    if {"value", "source_id"} <= set(rows.columns):
        rows, left_out = without_restricted(rows, closed_sources(store))
        notes += _left_out(left_out)
        named = [*shown.source_ids, *rows["source_id"].dropna().unique()]
    else:
        named = [*shown.source_ids]
    snapshot_id = store.publication().snapshot_id
    return Export(
        stem=file_stem(*shown.name, snapshot_id=snapshot_id),
        title=shown.title,
        frame=rows,
        columns=shown.columns,
        filters=shown.filters,
        address=shown.address,
        snapshot_id=snapshot_id,
        sources=tuple(sources[key] for key in dict.fromkeys(named)),
        notes=notes,
    )


def closed_sources(store: Store) -> list[str]:
    """Ids of the sources whose figures may be shown here at most, but not passed on."""
    return [key for key, source in all_sources(store).items() if source.licence_class != "open"]


def picture_lines(store: Store, source_ids: Sequence[str], address: str) -> tuple[str, ...] | None:
    """What stands below a chart that leaves the page: sources, snapshot, address.

    None where a figure of one of the sources may not be passed on: the chart would tell it.
    """
    if set(source_ids) & set(closed_sources(store)):
        return None
    snapshot_id = store.publication().snapshot_id
    origin = _("Metropolis Observatory, snapshot {snapshot}, {address}").format(
        snapshot=snapshot_id, address=address
    )
    return (*source_credits(store, source_ids), origin)


def source_credits(store: Store, source_ids: Sequence[str]) -> tuple[str, ...]:
    """Citation and licence of each source, once."""
    sources = [all_sources(store)[one] for one in dict.fromkeys(source_ids)]
    return tuple(
        _("Source: {citation} Licence: {licence}.").format(
            citation=source.citation, licence=source.licence.rstrip(".")
        )
        for source in sources
    )


def _left_out(count: int) -> tuple[str, ...]:
    if not count:
        return ()
    words = ngettext(
        "{count} figure is left out: the licence of its source does not let it be passed on. Its "
        "row stays, with the reason “licence”.",
        "{count} figures are left out: the licence of their source does not let them be passed "
        "on. Their rows stay, with the reason “licence”.",
        count,
    )
    return (words.format(count=number_text(count)),)


def made_by() -> str:
    """The credit of tables that no publisher's figures stand in."""
    return _(
        "Compiled by the Metropolis Observatory. Each source keeps its own licence, named in the "
        "table of sources."
    )
