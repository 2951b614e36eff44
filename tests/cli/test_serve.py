"""`portfolio serve`: what it says when it cannot serve."""

import socket
import subprocess
import sys

from click.testing import CliRunner

from portfolio.cli import main


def test_a_database_without_tables_is_not_served(tmp_path):
    result = CliRunner().invoke(main, ["serve", "--data", str(tmp_path)])

    assert result.exit_code == 2
    assert "portfolio db upgrade" in result.output


def test_a_port_that_is_taken_is_told_in_a_sentence(tmp_path):
    CliRunner().invoke(main, ["db", "upgrade", "--data", str(tmp_path)])
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        command = [sys.executable, "-m", "portfolio.cli", "serve", "--data", str(tmp_path), "--port", port]
        result = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)

    assert result.returncode == 2
    assert port in result.stderr
    assert "--port" in result.stderr
    assert "Traceback" not in result.stderr
