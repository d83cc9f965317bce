"""Commands on what people write: accounts, audit trail, backup, reminders."""

import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import click

from observatory.cli_frame import plain_errors, settings_here

KEPT = "Kept, the file cannot tell it"
LEFT_OUT = "Not taken over, a plan has no place for it"


def workspace_commands(main: click.Group, check: click.Group) -> None:
    """Add the commands to the program."""
    for command in (invite, backup, restore, remind, plan):
        main.add_command(command)
    check.add_command(check_audit)


@click.command()
@click.argument("email")
@click.argument("name")
@click.option("--role", default="admin", show_default=True, help="The role of the account.")
@plain_errors
def invite(email: str, name: str, role: str) -> None:
    """Make an account for EMAIL and NAME, and print the link that opens it, once."""
    from observatory.workspace import accounts, links  # noqa: PLC0415 - late: heavy
    from observatory.workspace.engine import Workspace  # noqa: PLC0415 - late: heavy

    settings = settings_here()
    grant = accounts.Grant(accounts.role_of(role))
    with closing(Workspace(settings)) as workspace:
        _person_id, token = links.invite(
            workspace, links.OPERATOR, name=name, email=email, grant=grant
        )
    address = settings.public_url or f"http://{settings.host}:{settings.port}"
    click.echo(f"Once, within seven days: {address}/welcome/{token}")


@click.command("audit")
@click.option("--export", "file", type=click.Path(path_type=Path), help="Write it as CSV or JSON.")
@plain_errors
def check_audit(file: Path | None) -> None:
    """Verify the audit trail, and that the tables are as it tells."""
    from observatory.exchange.audit_file import write_trail  # noqa: PLC0415 - late: heavy
    from observatory.workspace.engine import Workspace  # noqa: PLC0415 - late: heavy
    from observatory.workspace.ledger import verify_chain  # noqa: PLC0415 - late: heavy
    from observatory.workspace.trail_check import deviations  # noqa: PLC0415 - late: heavy

    with closing(Workspace(settings_here())) as workspace:
        if file is not None:
            click.echo(f"Written: {write_trail(workspace, file):,} rows to {file}")
        verdict = verify_chain(workspace)
        found = deviations(workspace) if verdict.broken_at is None else []
    if verdict.broken_at is not None:
        click.echo(f"Broken at row {verdict.broken_at}: {verdict.problem}.", err=True)
        sys.exit(1)
    click.echo(f"The audit trail holds: {verdict.rows:,} rows.")
    for one in found:
        click.echo(str(one), err=True)
    if found:
        click.echo(f"Not as the trail tells: {len(found):,}. Nobody wrote these here.", err=True)
        sys.exit(1)
    click.echo("The tables are as it tells.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@plain_errors
def backup(file: Path) -> None:
    """Write all that people wrote to FILE, while it is in use."""
    from observatory.workspace.backup import back_up  # noqa: PLC0415 - late: heavy
    from observatory.workspace.engine import Workspace  # noqa: PLC0415 - late: heavy

    with closing(Workspace(settings_here())) as workspace:
        made = back_up(workspace, file)
    click.echo(f"Written: {made.rows:,} rows to {file}")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Give up what is there now.")
@plain_errors
def restore(file: Path, *, replace: bool) -> None:
    """Put the backup FILE into the workspace: all of it, or nothing."""
    from observatory.workspace.backup import restore as restore_backup  # noqa: PLC0415 - late: heavy
    from observatory.workspace.engine import Workspace  # noqa: PLC0415 - late: heavy

    with closing(Workspace(settings_here())) as workspace:
        found = restore_backup(workspace, file, replace=replace)
    click.echo(f"Restored: {found.rows:,} rows as of {found.made_at}")


@click.command()
@plain_errors
def remind() -> None:
    """Put reminders of what is due into the outbox, and send what waits there."""
    from observatory.pages.plan_data import PlanReader  # noqa: PLC0415 - late: heavy
    from observatory.pages.reminders import put_reminders  # noqa: PLC0415 - late: heavy
    from observatory.store.warehouse import Store  # noqa: PLC0415 - late: heavy
    from observatory.workspace.engine import Workspace  # noqa: PLC0415 - late: heavy
    from observatory.workspace.outbox import send_waiting  # noqa: PLC0415 - late: heavy

    settings = settings_here()
    with closing(Store(settings)) as store, closing(Workspace(settings)) as workspace:
        today = datetime.now(UTC).date()
        put = put_reminders(store, workspace, PlanReader(workspace), settings, today)
        click.echo(f"Put into the outbox: {put}")
        if not settings.smtp_host:
            click.echo("Nothing is sent: set OBSERVATORY_SMTP_HOST to a mail server.")
            return
        sent = send_waiting(workspace, settings)
    click.echo(f"Sent: {sent.sent}; waiting: {sent.waiting}")


@click.group()
def plan() -> None:
    """The plan as a whole: into a file, or from one."""


@plan.command("export")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--form",
    type=click.Choice(["stratml", "stratml-core", "json", "json-schema"]),
    help="JSON for a file that ends in .json, StratML Part 2 for others, if left out.",
)
@click.option("--as-of", "as_of", type=click.DateTime(["%Y-%m-%d"]), help="Day; today if left out.")
@click.option("--illustrative", type=click.Choice(["on", "off"]), default="on", show_default=True)
@plain_errors
def plan_export(file: Path, form: str | None, as_of: datetime | None, illustrative: str) -> None:
    """Write the plan to FILE as StratML Part 2, Part 1 (stratml-core), or JSON; or its schema."""
    from observatory.exchange.plan_files import (  # noqa: PLC0415 - late: heavy
        PlanToWrite,
        form_of,
        write_plan_file,
    )
    from observatory.queries.cities import city_names  # noqa: PLC0415 - late: heavy
    from observatory.reports.plan_source import PlanSource  # noqa: PLC0415 - late: heavy
    from observatory.store.warehouse import Store  # noqa: PLC0415 - late: heavy
    from observatory.workspace.engine import Workspace  # noqa: PLC0415 - late: heavy

    settings = settings_here()
    day = (as_of or datetime.now(UTC)).date()
    with closing(Store(settings)) as store, closing(Workspace(settings)) as workspace:
        seen = PlanSource(workspace).seen(
            store, day, illustrative=illustrative == "on", needs_all=True
        )
        told = PlanToWrite(seen.plan, seen.found, city_names(store))
    write_plan_file(told, form or form_of(file), file)
    click.echo(f"Written: {file}")


@plan.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Confirm the change without being asked.")
@plain_errors
def plan_import(file: Path, *, yes: bool) -> None:
    """Let the plan of FILE (StratML or JSON) stand in place of the one here, after a preview."""
    from observatory.exchange.plan_difference import (  # noqa: PLC0415 - late: heavy
        difference_words,
    )
    from observatory.exchange.plan_files import plan_from_file  # noqa: PLC0415 - late: heavy
    from observatory.reports.plan_coming import plan_coming  # noqa: PLC0415 - late: heavy
    from observatory.reports.plan_source import PlanSource  # noqa: PLC0415 - late: heavy
    from observatory.store.warehouse import Store  # noqa: PLC0415 - late: heavy
    from observatory.workspace.engine import Workspace  # noqa: PLC0415 - late: heavy
    from observatory.workspace.links import OPERATOR  # noqa: PLC0415 - late: heavy
    from observatory.workspace.plan_imports import keep_import  # noqa: PLC0415 - late: heavy

    settings = settings_here()
    today = datetime.now(UTC).date()
    read = plan_from_file(file, today)
    with closing(Store(settings)) as store, closing(Workspace(settings)) as workspace:
        coming = plan_coming(PlanSource(workspace), store, read, file.name, today)
        click.echo(difference_words(coming.changes))
        for words, counts in ((KEPT, coming.kept), (LEFT_OUT, coming.not_taken)):
            if counts:
                told = ", ".join(f"{count} {name}" for name, count in counts.items())
                click.echo(f"{words}: {told}")
        if not (yes or click.confirm("Write this change?", default=False)):
            click.echo("Nothing was changed.")
            return
        keep_import(workspace, OPERATOR, coming.plan, file_name=file.name)
    click.echo("Written. The plan stands from now on; as of earlier days, the one before it.")
