"""The list of commands: what it says of each, and that it is shown without loading any."""

import subprocess
import sys

import click
from click.testing import CliRunner

from portfolio.cli import COMMANDS, main


def test_each_command_is_listed_by_a_whole_sentence_and_tells_its_exit_status():
    listed = CliRunner().invoke(main, ["--help"], terminal_width=80).output

    assert "..." not in listed.partition("Commands:")[2]
    for command in COMMANDS:
        assert "Exit status" in CliRunner().invoke(main, [command, "--help"]).output


def test_the_list_says_of_each_command_what_its_own_help_begins_with():
    commands = {name: main.get_command(click.Context(main), name) for name in COMMANDS}

    assert {name: summary for name, (_, summary) in COMMANDS.items()} == {
        name: command.get_short_help_str(limit=200) for name, command in commands.items()
    }


def test_the_list_is_shown_without_loading_a_single_command():
    program = (
        "import sys; from portfolio.cli import main; main(['--help'], standalone_mode=False); "
        "loaded = {name for name in sys.modules if name.startswith(('portfolio.', 'sqlalchemy', 'flask'))}; "
        "sys.exit(str(sorted(loaded - {'portfolio.cli'})) if loaded != {'portfolio.cli'} else 0)"
    )

    shown = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True, text=True, timeout=60)

    assert shown.returncode == 0, shown.stderr
