"""What an ingest did, in words for the person who ran it."""

from observatory.ingest.tidy import Difference, Ingested

UNMATCHED_SHOWN = 20


def ingest_report(done: Ingested) -> str:
    """Counts, how members were matched, what is ambiguous or unmatched and why."""
    members = done.report.members
    matched = done.report.matched
    lines = [
        f"{done.source_id}: {len(done.observations)} observations written to {done.path.name}.",
        f"Matched {len(matched)} of {len(members)} members"
        + "".join(f", {n} by {rule}" for rule, n in matched["matched_by"].value_counts().items())
        + ".",
    ]
    ambiguous = members[members["outcome"] == "ambiguous"]
    lines += [
        f"Ambiguous, not guessed: {row.city_id}: {row.place_name}" for row in ambiguous.itertuples()
    ]
    unmatched = members[members["outcome"] == "unmatched"]
    for reason, rows in unmatched.groupby("reason"):
        lines.append(f"Unmatched {len(rows)} ({reason}): {', '.join(rows['city_id'])}")
    places = done.report.unmatched_places
    if len(places):
        shown = ", ".join(places["place_name"].astype(str).head(UNMATCHED_SHOWN))
        lines.append(f"{len(places)} places in members' countries belong to no member: {shown} …")
    return "\n".join([*lines, *done.notes])


def difference_words(difference: Difference) -> str:
    """What new figures change of those held, for the person who confirms it."""
    counts = (
        f"Against the {difference.held} figures held: {difference.added} added, "
        f"{difference.removed} removed, {difference.changed} changed."
    )
    lines = [counts]
    if difference.lost:
        shown = ", ".join(difference.lost[:UNMATCHED_SHOWN])
        more = " …" if len(difference.lost) > UNMATCHED_SHOWN else ""
        lines.append(f"No figure any more: {shown}{more}")
    lines.append("Is this what a newer file would do? A file that was cut off looks like this.")
    return "\n".join(lines)
