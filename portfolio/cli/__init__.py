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
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="portfolio")
def main() -> None:
    """Keep a municipality's portfolio of development work. Each command explains itself with --help."""
