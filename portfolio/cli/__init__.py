"""The command line: ``portfolio``, with a file a group of commands. Each command is loaded when it is asked for."""

from __future__ import annotations

from importlib import import_module

import click

COMMANDS = {
    "backup": "keep",
    "db": "database",
    "demo": "demo",
    "export": "export",
    "generate": "generate",
    "import": "exchange",
    "job": "job",
    "ledger": "ledger",
    "remind": "remind",
    "report": "report",
    "restore": "keep",
    "roadmap": "roadmap",
    "serve": "serve",
    "status": "keep",
    "undo": "undo",
    "user": "user",
    "verify": "keep",
}
"""Command → the module of this package that holds it, under the same name with ``_command`` behind it."""

STATUS = """Exit status: 0 done; 1 the input or the data have errors, which are listed; 2 wrong usage,
something asked for that is not there, or a file that cannot be read."""
"""The last words of each command's help."""


class LazyGroup(click.Group):
    """A group that imports a command's module only when the command is used, so that every start is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in alphabetical order."""
        del ctx
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command, or None for an unknown name."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"portfolio.cli.{COMMANDS[cmd_name]}")
        command: click.Command = getattr(module, f"{cmd_name}_command")
        _tell_status(command)
        return command


def _tell_status(command: click.Command) -> None:
    """Let the help of a command, and of those in it, end by what its exit status means."""
    command.epilog = STATUS
    for inner in command.commands.values() if isinstance(command, click.Group) else ():
        _tell_status(inner)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="portfolio")
def main() -> None:
    """Keep a municipality's portfolio of development work.

    The database is the one that PORTFOLIO_DATABASE_URL names, or with --data DIR the SQLite database of a folder (the
    demo's is var/demo). Each command explains itself with --help.
    """
