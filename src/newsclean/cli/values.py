"""What the values of flags may be."""

from __future__ import annotations

import click

PATH = click.Path(readable=False)
"""A path of any kind: what cannot be read is told where it is read, and costs itself alone."""
