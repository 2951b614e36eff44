"""``python -m benchmarks.peak COMMAND …``: run a command and print the most memory that it held, in MB.

In a small process of its own: the peak that the system tells of a child begins with the memory of the process that
started it, and the largest of all its children is told, so a bench that holds six towns and has run a browser would be
told of itself.
"""

from __future__ import annotations

import resource
import subprocess
import sys


def main() -> None:
    """Run the command, whose own words are dropped, and print the number alone."""
    subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)  # noqa: S603 -- the bench's own command
    print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)


main()
