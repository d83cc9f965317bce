"""What all commands share: settings from the environment, errors as one line."""

import os
import sys
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import click

from observatory.config import Settings
from observatory.errors import ObservatoryError, WorkspaceError

Arguments = ParamSpec("Arguments")


def plain_errors(command: Callable[Arguments, None]) -> Callable[Arguments, None]:
    """Errors raised on purpose become their message and exit code 1."""

    @wraps(command)
    def guarded(*args: Arguments.args, **kwargs: Arguments.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except ObservatoryError as error:
            click.echo(str(error), err=True)
            if isinstance(error, WorkspaceError) and error.detail:
                click.echo(error.detail, err=True)
            sys.exit(1)

    return guarded


def settings_here() -> Settings:
    """The settings of this machine."""
    return Settings.from_env(os.environ)
