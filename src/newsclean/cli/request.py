"""What the command line was asked for, and whether that can be meant."""

from __future__ import annotations

import os
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

from newsclean._version import __version__
from newsclean.batch.formats.containers import URL_FIELD, Reading, kind_of
from newsclean.batch.formats.unpack import MissingExtra
from newsclean.batch.long_runs.parts import SHARD_SIZE, SHARDED
from newsclean.batch.places import STDIN, inside, may_be_folder, same_file
from newsclean.batch.remote import Remote, is_remote, place_of, why_not
from newsclean.errors import UsageError
from newsclean.options import Options
from newsclean.rules import NO_RULES

if TYPE_CHECKING:
    from newsclean.batch.remote import AnyPath
    from newsclean.options import InputKind, LineMode, Preset
    from newsclean.rules import Rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """The flags, as the command line took them; see `newsclean --help`.

    configured: the files that the configuration was read from.
    """

    paths: tuple[str, ...]
    output: str | None = None
    form: str = "text"
    as_: InputKind = "auto"
    encoding: str | None = None
    url: str | None = None
    language: str | None = None
    explain: bool = False
    diff: bool = False
    check: bool = False
    report: str | None = None
    rules: Rules = NO_RULES
    configured: tuple[str, ...] = ()
    threshold: float | None = None
    preset: Preset | None = None
    keep: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    links: bool = False
    emphasis: bool = False
    images: bool = False
    header: bool = True
    byline: LineMode = "normalize"
    dateline: LineMode = "normalize"
    now: str | None = None
    force: bool = False
    files_from: str | None = None
    field: str | None = None
    url_field: str = URL_FIELD
    shard_size: int = SHARD_SIZE
    site_memory: str | None = None
    learn: str = "auto"
    resume: bool = False
    overwrite: bool = False
    max_bytes: int = 20_000_000
    jobs: int | None = None
    timeout: float | None = None
    engine: str = "local"
    ray_address: str | None = None
    quiet: bool = False
    verbose: bool = False
    color: str = "auto"

    @property
    def options(self) -> Options:
        """What the library is told."""
        return Options(
            as_=self.as_,
            encoding=self.encoding,
            language=self.language,
            threshold=self.threshold,
            preset=self.preset or "balanced",
            keep=self.keep,
            drop=self.drop,
            rules=self.rules,
            links=self.links,
            emphasis=self.emphasis,
            images=self.images,
            header=self.header,
            byline=self.byline,
            dateline=self.dateline,
            now=self.now,
            force=self.force,
            max_bytes=self.max_bytes,
        )

    @property
    def reading(self) -> Reading:
        """How the pages of files that hold many are found."""
        return Reading(field=self.field, url_field=self.url_field, limit=self.max_bytes)

    @property
    def settings(self) -> dict[str, object]:
        """All that the output depends on but the inputs."""
        options = self.options
        memory = {} if self.site_memory is None else {"site-memory": self.site_memory, "learn": self.learn}
        return {
            "newsclean": __version__,
            "options": {field.name: getattr(options, field.name) for field in fields(Options)},
            "explain": self.explain,
            "field": self.field,
            "url-field": self.url_field,
            **memory,
        }

    @property
    def is_corpus(self) -> bool:
        """Whether nobody can know how many pages there are before they are read."""
        return self.files_from is not None or any(
            kind_of(place_of(path).name) or may_be_folder(path) for path in self.paths if path != STDIN
        )

    @property
    def is_batch(self) -> bool:
        """Whether there may be more than one source."""
        return len(self.paths) != 1 or self.is_corpus

    @property
    def learns(self) -> bool:
        """Whether the inputs are to be learned from."""
        return self.site_memory is not None and (self.learn == "only" or (self.learn == "auto" and self.is_batch))

    @property
    def is_here_alone(self) -> bool:
        """Whether something is kept in the memory of this process, where no other can read or write it."""
        return any(place.startswith("memory://") for place in (*self.paths, self.output or ""))

    def output_place(self) -> tuple[AnyPath | None, AnyPath | None]:
        """The folder or the file that the output goes to; neither for stdout.

        Raises UsageError where an input would be written over.
        """
        if self.files_from == STDIN and STDIN in self.paths:
            raise UsageError("--files-from -: the list is on stdin, so no page can be there")
        if self.url and self.is_batch:
            raise UsageError("--url says where one page came from; give it with a single input")
        if self.resume and self.overwrite:
            raise UsageError("--resume and --overwrite: choose one")
        if self.diff and (self.explain or self.form != "text"):
            raise UsageError("--diff shows changes of the text; leave --explain and --format out")
        if self.check and (self.explain or self.output is not None):
            raise UsageError("--check writes nothing; leave --explain and --output out")
        if self.report is not None:
            self._check_report(place_of(self.report))
        folder, file = self._output_place()
        self._check_engine(folder)
        if self.resume and not self.is_in_parts(folder):
            raise UsageError("--resume: only a run over many pages into a folder, -o FOLDER, can be gone on with")
        return folder, file

    def is_in_parts(self, folder: AnyPath | None) -> bool:
        """Whether the run is kept account of, part by part. folder: that the output goes to."""
        sharded = self.form == "parquet" or (self.form in SHARDED and self.is_batch)
        return folder is not None and (self.is_corpus or sharded)

    def _check_engine(self, folder: AnyPath | None) -> None:
        if self.engine == "local":
            if self.ray_address is not None:
                raise UsageError("--ray-address is for --engine ray")
            return
        if not self.is_in_parts(folder):
            raise UsageError("--engine ray: only a run over many pages into a folder, -o FOLDER, goes to a cluster")
        if self.is_here_alone:
            raise UsageError("--engine ray: no other machine sees memory://; use a store that all of them see")
        if self.report is not None:
            raise UsageError("--report shows the pages of a run on this machine: not with --engine ray")

    def _output_place(self) -> tuple[AnyPath | None, AnyPath | None]:
        if self.output is None:
            if self.form == "parquet":
                raise UsageError("-f parquet is written as shards: give it a folder, -o FOLDER")
            if self.form in {"json", "jsonld"} and self.is_batch and not self.check:
                raise UsageError("several inputs make no JSON document: use -f jsonl, or -o FOLDER")
            return None, None
        output = place_of(self.output)
        try:
            is_folder = self._is_folder(self.output, output)
        except OSError as error:
            raise UsageError(f"--output: {self.output} cannot be reached: {why_not(error)}") from None
        except MissingExtra as error:
            raise UsageError(f"--output: {error}") from None
        self.check_free("--output", output, is_folder=is_folder)
        if self.form == "parquet" and self.engine == "local":
            _check_arrow()
        return (output, None) if is_folder else (None, output)

    def _is_folder(self, name: str, output: AnyPath) -> bool:
        """Whether the output is a folder, there already or to be made."""
        is_folder = name.endswith((os.sep, "/")) or self.form == "parquet" or output.is_dir()
        if self.is_batch and not is_folder:  # one file of JSON Lines is called like a file
            is_folder = self.form != "jsonl" or not (output.suffix or output.exists())
        if is_folder and output.exists() and not output.is_dir():
            raise UsageError(f"--output: {name} is a file; several inputs need a folder")
        return is_folder

    def _check_report(self, report: AnyPath) -> None:
        if self.resume:
            raise UsageError("--report shows a whole run: it cannot be made of the rest of one, with --resume")
        if isinstance(report, Remote):
            raise UsageError(f"--report: {self.report} is no file of this machine; the review is looked at here")
        if self.report == STDIN or report.is_dir():
            raise UsageError(f"--report: {self.report} is no file name; the review is an HTML file")
        self.check_free("--report", report)

    def check_free(self, flag: str, output: AnyPath, *, is_folder: bool = False) -> None:
        """Raise UsageError when a file to be written is an input, or lies where inputs are read."""
        for path in self.paths:
            if path != STDIN and same_file(path, output):
                raise UsageError(f"{flag}: {output} is an input itself; choose another")
            if not is_folder and path != STDIN and self._is_among(output, path):
                raise UsageError(f"{flag}: {output} lies among the inputs; choose a place outside {path}")

    @staticmethod
    def _is_among(output: AnyPath, tree: str) -> bool:
        """Whether a file lies in a folder that is read."""
        if isinstance(output, Remote) or is_remote(tree):
            return isinstance(output, Remote) and inside(str(output), str(place_of(tree)))
        return Path(tree).is_dir() and Path(tree).resolve() in output.resolve().parents


def _check_arrow() -> None:
    """Raise UsageError where no rows can be written, before pages are cleaned in vain."""
    from newsclean.batch.formats.parquet import load_arrow  # noqa: PLC0415  (for those who want Parquet)

    try:
        load_arrow()
    except MissingExtra as error:
        raise UsageError(f"--format: {error}") from None
