"""The command line ``mlroles``: one module a command.

Exit codes: 0 done, 1 an error that a user can mend, 2 wrong usage, 130 interrupted, 141 nobody
reads any more.
"""

import importlib
import os
import signal
import sys
from typing import Any

import click

from mlroles.errors import MlrolesError

#: Command to its one-line help; the module of the same name holds it and is imported when used.
COMMANDS = {
    "build": "Write the release files: graphs, their parts, checksums, redirects.",
    "explain": "Say why a triple holds, or what it would follow from.",
    "load": "Put the dataset on disk, for serve --store.",
    "publish": "Put both graphs into another SPARQL 1.1 store, and reason there.",
    "queries": "List the saved queries.",
    "query": "Run a query: a file, a saved query's name, or text.",
    "serve": "Serve the knowledge graph over HTTP.",
    "settings": "List the settings and the values that they have here.",
    "team": "Say what the teams of a Turtle file cover and lack.",
    "validate": "Check Turtle files: syntax, declared terms, consistency.",
}

#: What a shell says of a program that SIGPIPE has ended.
_PIPE_CLOSED = 128 + signal.SIGPIPE


class _Commands(click.Group):
    """A group that imports a command only when it is used, so that each starts fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return super().get_command(ctx, cmd_name)
        module = importlib.import_module(f"mlroles.cli.{cmd_name}")
        command: click.Command = module.command
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; one that is interrupted, or that nobody reads any more, ends as others do."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # for what is held still
            ctx.exit(_PIPE_CLOSED)
        except KeyboardInterrupt:
            click.echo("mlroles: interrupted", err=True)
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            os.kill(os.getpid(), signal.SIGINT)  # so that the shell knows, and no thread is awaited
            raise
        return result


@click.group(cls=_Commands)
@click.version_option(package_name="mlroles")
def group() -> None:
    """Query, reason over and serve a knowledge graph of machine-learning roles."""


def main() -> None:
    """Run the command line; an error of ours becomes one message on standard error."""
    try:
        group()
    except MlrolesError as error:
        click.echo(f"mlroles: {error}", err=True)
        sys.exit(1)
