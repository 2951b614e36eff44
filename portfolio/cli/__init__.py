"""The command line: ``portfolio``, with a file a group of commands. Each command is loaded when it is asked for."""

from __future__ import annotations

from importlib import import_module

import click

COMMANDS = {
    "backup": ("keep", "Copy the whole database, also one in use, to FILE."),
    "db": ("database", "Create, upgrade and check the tables."),
    "demo": ("demo", "Make a fresh demo in a folder and serve it."),
    "export": ("export", "Write a portfolio to a workbook that can be imported back."),
    "generate": ("generate", "Fill an empty database with made-up municipalities."),
    "import": ("exchange", "Show what FILE would change; with --apply, change it."),
    "job": ("job", "Do the long work that pages ask for; the server starts it."),
    "ledger": ("ledger", "Show the actual amounts of FILE; with --apply, write them."),
    "remind": ("remind", "Remind by e-mail those whose reviews are awaited."),
    "report": ("report", "Write a report for decision-makers as PDF, Word or Excel."),
    "restore": ("keep", "Fill an empty database from FILE and verify it."),
    "roadmap": ("roadmap", "Write a portfolio's roadmap as slides, PDF, picture or table."),
    "serve": ("serve", "Serve the application until it is stopped."),
    "status": ("keep", "Tell the version, the migration and what the database holds."),
    "undo": ("undo", "Take import BATCH back."),
    "user": ("user", "Give people access."),
    "verify": ("keep", "Check that the history, replayed, equals the tables."),
}
"""Command → the module of this package that holds it, as ``<command>_command``, and the first line of its help.

The line stands here too, so that the list of commands is shown without importing any of them.
"""

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
        module_name, _ = COMMANDS[cmd_name]
        module = import_module(f"portfolio.cli.{module_name}")
        command: click.Command = getattr(module, f"{cmd_name}_command")
        _tell_status(command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands; click's own way would import every one for its first line."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in sorted(COMMANDS.items())])


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
