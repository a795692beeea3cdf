"""The command line: flags in, exit code out. Nothing of the library knows it."""

from newsclean.cli.command import main

__all__ = ["main"]
