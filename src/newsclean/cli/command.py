"""The command line: flags in, exit code out."""

from __future__ import annotations

import sys
import warnings
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from newsclean._version import __version__
from newsclean.batch.job import SUFFIXES
from newsclean.cli.ask_flags import asks
from newsclean.cli.corpus_flags import corpus_flags, listed_paths
from newsclean.cli.ending import told_in_a_line
from newsclean.cli.markdown_flags import check_markdown_flags, markdown_flags
from newsclean.cli.preset_flags import DROPPED_BY_NAME, REASONS, presets
from newsclean.cli.request import Request
from newsclean.cli.run import run
from newsclean.cli.values import PATH, WORDS, Number
from newsclean.errors import UsageError
from newsclean.rules import NO_RULES
from newsclean.writing.controls import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from newsclean.cli.config import Config
    from newsclean.rules import Rules

_STDOUT = frozenset({"-", "/dev/stdout", "/dev/fd/1"})
"""Names of standard output; a file put in the place of what it leads to would cut off whoever else writes there."""

_EXAMPLES = """\b
Examples:
  newsclean page.html                    the article as text
  curl -s URL | newsclean --url URL      a page from a pipe
  newsclean pages -o clean               a folder: pages/a/b.html gives clean/a/b.txt
  newsclean pages -f jsonl -o all.jsonl  a folder as JSON Lines
  newsclean crawl -f parquet -o clean    shards; --resume goes on after a break
  newsclean --explain page.html          what became of every block, and why
  newsclean --diff page.html             the same as a diff
  newsclean pages -o clean --report r.html   and a page to look at what was done

\b
Exit codes:
  0  every input gave an article
  1  some input failed or held no article; each is named on stderr
  2  wrong usage
  130  interrupted with Ctrl-C; 143, 129  ended by SIGTERM, SIGHUP
"""


class _Command(click.Command):
    """A command that ends without a traceback, whatever happens."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        with told_in_a_line(ctx):  # --help and --version write here already
            try:
                return super().parse_args(ctx, args)
            except click.BadParameter as error:
                option = error.param
                if option is not None and ctx.get_parameter_source(str(option.name)) is ParameterSource.ENVIRONMENT:
                    from newsclean.cli.config import variable_of  # noqa: PLC0415  (builds on click, as this does)

                    error.param_hint = variable_of(option)
                raise

    def invoke(self, ctx: click.Context) -> Any:
        with told_in_a_line(ctx), warnings.catch_warnings():
            if not sys.warnoptions:
                warnings.simplefilter("ignore")  # meant for those who write code, not for those who run it
            return super().invoke(ctx)


def _configure(ctx: click.Context, _: click.Parameter, path: str | None) -> None:
    """Let a configuration file stand between environment and defaults, before any other flag is read."""
    from newsclean.cli.config import defaults_of, load_config  # noqa: PLC0415  (builds on click, as this does)

    try:
        here = Path.cwd()
    except FileNotFoundError:  # somebody removed it: nothing above it can be found
        here = None
    try:
        config = load_config(path, here)
        ctx.default_map = defaults_of(config, ctx.command)
    except UsageError as error:
        raise click.UsageError(str(error), ctx) from error
    ctx.obj = config


@click.command(
    cls=_Command,
    epilog=_EXAMPLES,
    context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "NEWSCLEAN"},
)
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=PATH)
@click.option("-o", "--output", type=PATH, help="A file for one input, a folder for many; default stdout.")
@click.option(
    "-f",
    "--format",
    "form",
    envvar="NEWSCLEAN_FORMAT",
    type=click.Choice(["text", "markdown", "json", "jsonl", "jsonld", "parquet"]),
    default="text",
    show_default=True,
    help="What to write.",
)
@markdown_flags
@click.option(
    "--as",
    "as_",
    envvar="NEWSCLEAN_AS",
    type=click.Choice(["auto", "html", "text"]),
    default="auto",
    show_default=True,
    help="How to read the input.",
)
@click.option("--encoding", metavar="NAME", help="Charset of the input; default as the page says.")
@click.option(
    "--url", metavar="URL", type=WORDS, help="Where the page came from; helps to read its dates. One input only."
)
@click.option("--language", metavar="CODE", type=WORDS, help="Language of the input; default as the page says.")
@asks
@click.option("--explain", is_flag=True, help="Show every block: kept, dropped or moved, and why.")
@click.option("--report", metavar="FILE.html", type=PATH, help="Write a page for browsers that shows it all, and why.")
@click.option(
    "--threshold",
    metavar="P",
    type=Number(0, 1),
    help="Keep blocks from this probability on: lower keeps more, higher drops more.",
)
@presets
@click.option(
    "--keep",
    metavar="REASON",
    multiple=True,
    type=REASONS,
    help="Drop nothing of the story's for this Reason (caption, author-bio …); repeatable.",
)
@click.option(
    "--drop",
    metavar="REASON",
    multiple=True,
    type=DROPPED_BY_NAME,
    help="For this Reason drop what the judge takes for the story, too.",
)
@click.option("--header/--no-header", default=True, help="Title, standfirst, byline and dates too, or the body alone.")
@click.option(
    "--byline",
    type=click.Choice(["keep", "drop", "normalize"]),
    default="normalize",
    show_default=True,
    help="Byline as printed, not at all, or in normal form.",
)
@click.option(
    "--dateline",
    type=click.Choice(["keep", "drop", "normalize"]),
    default="normalize",
    show_default=True,
    help="Dateline as printed, not at all, or in normal form.",
)
@click.option("--now", metavar="TIME", help='ISO 8601 time that "2 hours ago" counts from; default unread.')
@click.option("--force", is_flag=True, help="Write what there is, also when it is no article.")
@click.option("-j", "--jobs", type=click.IntRange(min=1), metavar="N", help="Worker processes; default one per core.")
@corpus_flags
@click.option("-q", "--quiet", is_flag=True, help="No progress and no summary; failures are still named.")
@click.option("-v", "--verbose", is_flag=True, help="Reasons in the summary, skipped files, explanations in full.")
@click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="Colour in explanations and progress; NO_COLOR is obeyed.",
)
@click.option(
    "--config",
    metavar="FILE",
    type=PATH,
    is_eager=True,
    expose_value=False,
    callback=_configure,
    help="Configuration; default newsclean.toml or pyproject.toml here or above.",
)
@click.option("--show-config", is_flag=True, allow_from_autoenv=False, help="Show what holds, and where it was set.")
@click.option(
    "--check-rules", is_flag=True, allow_from_autoenv=False, help="Try the configured rules on their own cases."
)
@click.version_option(__version__, message="%(prog)s %(version)s", allow_from_autoenv=False)
@click.pass_context
def main(ctx: click.Context, /, **flags: Any) -> None:
    """Write the clean article text of scraped news pages, HTML or flattened text.

    Each PATH is a file, a folder (with all its files), or - for stdin, which is
    also read when there is no PATH. JSON Lines, WARC and Parquet files hold many
    pages each; what is packed with gzip or zstd is unpacked.
    """
    flags["rules"], flags["configured"] = _rules_of(ctx.obj), ctx.obj.files
    if flags.pop("check_rules"):
        ctx.exit(_check_rules(flags["rules"]))
    if flags.pop("show_config"):
        from newsclean.cli.config import shown_config  # noqa: PLC0415  (builds on click, as this does)

        click.echo(shown_config(ctx.obj, ctx, flags["rules"]), nl=False)
        return
    check_markdown_flags(ctx)
    if flags["check"] or (flags["diff"] and ctx.get_parameter_source("form") is not ParameterSource.COMMANDLINE):
        flags["form"] = "text"  # a configuration's format is for articles
    listed = flags["files_from"] is not None
    flags["paths"] += listed_paths(flags["files_from"])
    if not flags["paths"] and not listed and (sys.stdin is None or sys.stdin.isatty()):
        click.echo(f"{ctx.get_usage()}\nGive a file, a folder, or a page on stdin. See --help.", err=True)
        ctx.exit(2)
    _check_time(flags["now"])
    flags["output"] = None if flags["output"] in _STDOUT else flags["output"]
    if flags["output"] and ctx.get_parameter_source("form") is ParameterSource.DEFAULT:
        _check_form(flags)
    flags["paths"] = flags["paths"] or (() if listed else ("-",))
    ctx.exit(run(Request(**flags)))


def _rules_of(config: Config) -> Rules:
    if config.path is None or not config.has_rules:
        return NO_RULES
    from newsclean.rules.parse import parse_rules  # noqa: PLC0415  (needed by those who have rules)

    return parse_rules(config.table, config.where, config.path.parent)


def _check_rules(rules: Rules) -> int:
    """Say which rules fail on their own hits and misses; the exit code."""
    from newsclean.rules.check import check_rules  # noqa: PLC0415  (needed by those who have rules)

    if not rules:
        click.echo("no rules are configured")
        return 0
    tried, failures = check_rules(rules)
    for line in failures:
        click.echo(f"newsclean: {one_line(line)}", err=True)
    kinds = [(len(rules.phrases), "for phrases"), (len(rules.sites), "for sites")]
    counts = " and ".join(f"{count} {what}" for count, what in kinds if count)
    click.echo(f"rules: {counts}; {tried - len(failures)} of {tried} cases pass")
    return 1 if failures else 0


def _check_form(flags: Mapping[str, Any]) -> None:
    """Refuse an output that is called like another format's, where nobody said which format is meant."""
    name = flags["output"]
    form = next((form for form, suffix in SUFFIXES.items() if name.lower().endswith(suffix)), "text")
    if form != "text" and not (flags["explain"] or flags["diff"] or Path(name).is_dir()):
        raise UsageError(f"--output: {name} is called like {form}, and text goes there: give -f {form}, or -f text")


def _check_time(now: str | None) -> None:
    if now is None:
        return
    try:
        datetime.fromisoformat(now)
    except ValueError as error:
        raise click.BadParameter(f"{now!r} is no ISO 8601 time", param_hint="--now") from error
