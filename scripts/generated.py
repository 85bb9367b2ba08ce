"""What the scripts that make generated files share: `--check`, and writing what is stale."""

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

from tasrih.files import replace

ROOT = Path(__file__).parents[1]


def arguments(description: str | None) -> argparse.ArgumentParser:
    """The arguments of a script, by its docstring."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--check", action="store_true", help="write nothing; fail when a file is stale")
    return parser


def settle(wanted: Mapping[Path, str], *, check: bool) -> int:
    """Writes the files that are not as wanted, or only names them; the exit code."""
    stale = [path for path, text in wanted.items() if not path.is_file() or path.read_text("utf-8") != text]
    for path in stale:
        if check:
            print(f"stale: {path.relative_to(ROOT)}; run python scripts/{Path(sys.argv[0]).name}", file=sys.stderr)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            replace(path, wanted[path].encode())
            print(f"written: {path.relative_to(ROOT)}")
    return int(check and bool(stale))
