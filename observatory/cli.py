"""`observatory build | check | serve | ingest | roster | export | doctor`: parses and prints."""

import logging
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import click

from observatory.cli_frame import plain_errors, settings_here
from observatory.cli_workspace import workspace_commands
from observatory.errors import DatasetError, StoreError


@click.group()
@click.option("--verbose", is_flag=True, help="Tell each step with its row counts.")
def main(*, verbose: bool) -> None:
    """Metropolis Observatory: build the snapshot, serve it, bring in facts."""
    logging.basicConfig(
        level=logging.INFO if verbose else logging.WARNING, format="%(levelname)s %(message)s"
    )


@main.command()
@click.option("--force", is_flag=True, help="Build even if the published snapshot is current.")
@plain_errors
def build(*, force: bool) -> None:
    """Validate the facts and publish a snapshot of them."""
    from observatory.ingest.build import build as build_snapshot  # noqa: PLC0415 - late: heavy

    published = build_snapshot(settings_here(), force=force, progress=click.echo)
    click.echo(f"Snapshot {published.snapshot_id} is current ({published.published_at}).")


@main.group(invoke_without_command=True)
@click.pass_context
@plain_errors
def check(context: click.Context) -> None:
    """Validate the facts without building; `check audit` the audit trail."""
    if context.invoked_subcommand is not None:
        return
    from observatory.ingest.build import check as check_facts  # noqa: PLC0415 - late: heavy

    check_facts(settings_here())
    click.echo("The facts keep every rule.")


@main.command()
@plain_errors
def serve() -> None:
    """Serve the dashboard on this machine."""
    from observatory.serving import serve_locally  # noqa: PLC0415 - late: heavy
    from observatory.store.publication import current_publication  # noqa: PLC0415 - late: heavy

    settings = settings_here()
    try:
        nothing = current_publication(settings.data_dir) is None
    except StoreError as error:
        click.echo(str(error), err=True)
    else:
        if nothing:
            click.echo("No snapshot is published yet: run `observatory build`.", err=True)
    serve_locally(settings, announce=click.echo)


@main.command()
@click.argument("source")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Confirm a change without being asked.")
@plain_errors
def ingest(source: str, files: tuple[Path, ...], *, yes: bool) -> None:
    """Read a publisher's FILES for SOURCE into tidy facts, with a match report.

    `ingest events FILE` adds a spreadsheet of events and participations, `ingest plan FILES`
    documented facts of the plan, each after a preview.
    """
    if source == "plan":
        _ingest_plan(files, yes=yes)
        return
    if source == "events":
        _ingest_events(files, yes=yes)
        return
    from observatory.ingest.registry import find_adapter  # noqa: PLC0415 - late: heavy
    from observatory.ingest.report import (  # noqa: PLC0415 - late: heavy
        difference_words,
        ingest_report,
    )
    from observatory.ingest.tidy import ingest as ingest_files  # noqa: PLC0415 - late: heavy

    settings = settings_here()
    done = ingest_files(
        find_adapter(source),
        files,
        datasets_dir=settings.datasets_dir,
        operator_dir=settings.data_dir,
        today=datetime.now(UTC).date(),
        confirmed=lambda difference: _confirmed(difference_words(difference), yes=yes),
    )
    click.echo(ingest_report(done) if done is not None else "Nothing was changed.")


def _ingest_events(files: tuple[Path, ...], *, yes: bool) -> None:
    from observatory.ingest.events_import import (  # noqa: PLC0415 - late: heavy
        change_words,
        events_change,
        write_events,
    )
    from observatory.ingest.files import one_file  # noqa: PLC0415 - late: heavy

    change = events_change(one_file(files, "events (CSV or XLSX)"), settings_here().datasets_dir)
    click.echo(change_words(change))
    if change.problems:
        raise DatasetError(change.problems)
    if yes and change.doubtful:
        names = ", ".join(one.organisation_id for one in change.doubtful)
        raise click.UsageError(
            f"Expected names that need no second look with --yes, found {names}, each called "
            "nearly like somebody on record (above). Fill the columns city_id or organisation_id "
            "of these rows, or confirm without --yes. Nothing was changed."
        )
    if not change.is_empty:
        _write_if_confirmed(lambda: write_events(change), yes=yes)


def _ingest_plan(files: tuple[Path, ...], *, yes: bool) -> None:
    from observatory.ingest.plan_import import (  # noqa: PLC0415 - late: heavy
        change_words,
        plan_change,
        write_plan,
    )

    change = plan_change(files, settings_here().datasets_dir, datetime.now(UTC).date())
    click.echo(change_words(change))
    _write_if_confirmed(lambda: write_plan(change), yes=yes)


def _write_if_confirmed(write: Callable[[], None], *, yes: bool) -> None:
    if yes or click.confirm("Write this change?", default=False):
        write()
        click.echo("Written. Run `observatory build` to publish it.")
    else:
        click.echo("Nothing was changed.")


def _confirmed(words: str, *, yes: bool) -> bool:
    """Tell what would change, and ask unless it is confirmed beforehand."""
    click.echo(words)
    return yes or click.confirm("Write this change?", default=False)


@main.group()
def roster() -> None:
    """The list of members."""


@roster.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Confirm the change without being asked.")
@plain_errors
def roster_import(file: Path, *, yes: bool) -> None:
    """Replace the roster by an official list, after a preview."""
    from observatory.ingest.roster_import import (  # noqa: PLC0415 - late: heavy
        change_words,
        roster_change,
        write_roster,
    )

    settings = settings_here()
    change = roster_change(file, settings.datasets_dir)
    click.echo(change_words(change))
    if change.is_empty:
        return
    _write_if_confirmed(lambda: write_roster(change, settings.datasets_dir), yes=yes)


@main.group()
def export() -> None:
    """Take data away: for other programs, for print."""


@export.command("datapackage")
@click.argument("folder", type=click.Path(path_type=Path))
@plain_errors
def export_datapackage(folder: Path) -> None:
    """Write the open snapshot to FOLDER (absent or empty) as a Frictionless Data Package."""
    from rich.console import Console  # noqa: PLC0415 - late: heavy
    from rich.progress import Progress  # noqa: PLC0415 - late: heavy

    from observatory.exchange.datapackage import write_datapackage  # noqa: PLC0415 - late: heavy
    from observatory.store.warehouse import Store  # noqa: PLC0415 - late: heavy

    bar = Progress(console=Console(stderr=True), transient=True)
    with closing(Store(settings_here())) as store, bar:
        task = bar.add_task("Writing the open snapshot", total=None)
        written = write_datapackage(
            store,
            folder,
            progress=lambda done, total, _name: bar.update(task, completed=done, total=total),
        )
    click.echo(f"Written: {written}")


@export.command("sheet")
@click.argument("city_id")
@click.argument("folder", type=click.Path(path_type=Path), default=Path())
@plain_errors
def export_sheet(city_id: str, folder: Path) -> None:
    """Write the sheet of one member to FOLDER (here where it is left out) as PDF."""
    from observatory.pages.sheets import write_sheets  # noqa: PLC0415 - late: heavy
    from observatory.store.warehouse import Store  # noqa: PLC0415 - late: heavy

    settings = settings_here()
    with closing(Store(settings)) as store:
        write_sheets(store, [city_id], folder, site=settings.public_url, done=lambda _city_id: None)
    click.echo(f"Written: {folder / f'{city_id}.pdf'}")


@export.command("sheets")
@click.argument("folder", type=click.Path(path_type=Path))
@plain_errors
def export_sheets(folder: Path) -> None:
    """Write the sheets of all members to FOLDER as PDF."""
    from rich.console import Console  # noqa: PLC0415 - late: heavy
    from rich.progress import Progress  # noqa: PLC0415 - late: heavy

    from observatory.pages.sheets import write_sheets  # noqa: PLC0415 - late: heavy
    from observatory.queries.cities import all_cities  # noqa: PLC0415 - late: heavy
    from observatory.store.warehouse import Store  # noqa: PLC0415 - late: heavy

    settings = settings_here()
    bar = Progress(console=Console(stderr=True), transient=True)
    with closing(Store(settings)) as store, bar:
        city_ids = all_cities(store)["city_id"].tolist()
        task = bar.add_task("Writing sheets", total=len(city_ids))
        count = write_sheets(
            store,
            city_ids,
            folder,
            site=settings.public_url,
            done=lambda _city_id: bar.advance(task),
        )
    click.echo(f"Written: {count} sheets to {folder}")


@export.command("board-pack")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--as-of", "as_of", type=click.DateTime(["%Y-%m-%d"]), help="Day; today if left out.")
@click.option("--illustrative", type=click.Choice(["on", "off"]), default="on", show_default=True)
@plain_errors
def export_board_pack(file: Path, as_of: datetime | None, illustrative: str) -> None:
    """Write the board pack of the plan to FILE, by its ending .pdf, .xlsx or .html."""
    from observatory.pages.board_pack import asked_view, write_board_pack  # noqa: PLC0415 - late: heavy
    from observatory.pages.plan_data import PlanReader  # noqa: PLC0415 - late: heavy
    from observatory.store.warehouse import Store  # noqa: PLC0415 - late: heavy
    from observatory.workspace.engine import Workspace  # noqa: PLC0415 - late: heavy

    day = f"as_of={as_of:%Y-%m-%d}&" if as_of else ""
    settings = settings_here()
    with closing(Store(settings)) as store, closing(Workspace(settings)) as workspace:
        view = asked_view(f"{day}illustrative={illustrative}")
        write_board_pack(store, PlanReader(workspace), file, view, settings.public_url)
    click.echo(f"Written: {file}")


@main.command()
@plain_errors
def doctor() -> None:
    """Tell what is wrong with this machine or its settings."""
    from observatory.diagnosis import findings  # noqa: PLC0415 - late: heavy

    found = findings(settings_here())
    for finding in found:
        click.echo(f"{'ok  ' if finding.is_fine else 'BAD '} {finding.subject}: {finding.words}")
    sys.exit(0 if all(finding.is_fine for finding in found) else 1)


workspace_commands(main, check)


if __name__ == "__main__":
    main()
