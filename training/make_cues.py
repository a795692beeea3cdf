"""Make `cues.json` of `cues.toml`, arranged so that it is quick to load; run it after every change of the lists."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

from newsclean.judging.cues.packing import packed_cues

SOURCE = Path(__file__).parents[1] / "src/newsclean/judging/cues/cues.toml"
TARGET = SOURCE.parent / "cues.json"


def main() -> None:
    packed = packed_cues(tomllib.loads(SOURCE.read_text(encoding="utf-8")))
    TARGET.write_text(json.dumps(packed, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{TARGET.name}: {TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
