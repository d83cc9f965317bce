"""The README.md of a Data Package: what is in it, how to read it, whom to cite."""

from collections.abc import Mapping, Sequence

from observatory.queries.catalogue import Source
from observatory.store.publication import Publication

OPENING = """# Metropolis Observatory: the open snapshot

Snapshot {snapshot_id}, published {published_at}. City indicators of the member governments of
Metropolis, each figure with its period, scale, boundary, status, source and row in the source.

`datapackage.json` describes every file and column (Frictionless Data Package, version 1).

## How to read it

* UTF-8, commas, a header, an empty field where a value is missing. A missing figure is an absent
  row, never 0.
* `place_id` is a `city_id` of `cities.csv` or, for national series, an `iso3` of `countries.csv`.
  National figures are context for a city, never its value.
* The newest figure of a place is the latest period; among those the best status (observed,
  estimated, derived, provisional, projected), then the source of the lowest `rank`. A projection
  never stands for the past.
* A text that a spreadsheet would run as a formula (it begins with = + - @, a tab or a line break)
  has an apostrophe before it. Take one off to have the text as it is stored.
* The list of members is compiled from public pages and is not the official one; `evidence` says
  how well each seat is documented, A to D.

## Files

| file | rows | what |
|---|---:|---|
{files}

## Sources: licence and citation

Whoever passes figures on names their source and keeps its licence.

{sources}
"""
KEPT_BACK = """
## Left out

The licence of these sources does not let their figures be passed on:

{left_out}
"""


def readme(
    publication: Publication,
    resources: Sequence[Mapping[str, object]],
    sources: Sequence[Source],
    kept_back: Mapping[Source, int],
) -> str:
    """The text.

    Args:
        publication: the snapshot.
        resources: the files as described in datapackage.json.
        sources: those whose figures are in it.
        kept_back: figures left out, by source.
    """
    words = OPENING.format(
        snapshot_id=publication.snapshot_id,
        published_at=publication.published_at,
        files="\n".join(
            f"| `{file['path']}` | {file['rows']} | {_cell(str(file['title']))} |"
            for file in resources
        ),
        sources="\n".join(_source(source) for source in sources),
    )
    if kept_back:
        left_out = (
            f"* {source.publisher}: {source.title}. {source.licence}. {count} figures."
            for source, count in kept_back.items()
        )
        words += KEPT_BACK.format(left_out="\n".join(left_out))
    return words


def _source(source: Source) -> str:
    return (
        f"* **`{source.source_id}`** {source.publisher}: {source.title}. {source.address}\n"
        f"  Licence: {source.licence} ({source.licence_evidence.rstrip('.')}).\n"
        f"  Cite: {source.citation}\n"
        f"  Last look: {source.looked_on}."
    )


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
