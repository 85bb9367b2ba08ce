"""Writes the examples that `tasrih explain` prints, and docs/rules.md; with --check, says whether they are stale."""

import json
import sys
from difflib import SequenceMatcher
from pathlib import Path
from textwrap import dedent

from generated import ROOT, arguments, settle

from tasrih.reading import documents
from tasrih.validation import RULES, validate
from tasrih.validation.findings import printable
from tasrih.validation.registry import FAMILIES

EXAMPLES = ROOT / "src/tasrih/validation/examples.json"
PAGE = ROOT / "docs/rules.md"
WIDTH, LINES = 110, 4


def example(code: str) -> dict[str, str]:
    """The lines in which the bad example of a rule and the good one differ, and what is found in the bad one."""
    lines = difference(code)
    return {"bad": lines["bad"], "found": found(code), "good": lines["good"]}


def found(code: str) -> str:
    """The first finding of the bad example."""
    folder = ROOT / "tests/rules" / code
    bad = _example(folder, "bad")
    within = bad if (bad / "articles").is_dir() else folder.parent / "corpus"
    finding = next(iter(validate([bad], within=within)))
    message = finding.message.replace(f"{bad}/", "").replace(f"{folder}/", "")
    parts = [message, finding.excerpt, f"help: {finding.suggestion}" if finding.suggestion else ""]
    return printable_lines("\n".join(part for part in parts if part))


def difference(code: str) -> dict[str, str]:
    """The lines in which the two examples of a rule differ."""
    bad, good = (_lines(ROOT / "tests/rules" / code, kind) for kind in ("bad", "good"))
    changes = [change for change in SequenceMatcher(None, bad, good, False).get_opcodes() if change[0] != "equal"]
    telling = [change for change in changes if not _is_id(bad[change[1] : change[2]])] or changes
    shown: dict[str, list[str]] = {"bad": [], "good": []}
    for _, start, end, other_start, other_end in telling:
        before = 1 if start == end or other_start == other_end else 0
        pair = bad[max(0, start - before) : end], good[max(0, other_start - before) : other_end]
        place = _first_difference(*pair)
        for lines, found in zip(shown.values(), pair, strict=True):
            lines.extend(_cut(line, place) for line in found)
    return {kind: _tidy(lines) for kind, lines in shown.items()}


def _lines(folder: Path, kind: str) -> list[str]:
    example = _example(folder, kind)
    lines: list[str] = []
    for document in documents([example]):
        if example.is_dir():
            lines.append(f"{Path(document.file).relative_to(example)}")
        lines += [] if Path(document.file).is_dir() else _text(document.read()).split("\n")
    register = example / "entities.json"
    return lines + (_text(register.read_bytes()).split("\n") if register.is_file() else [])


def _example(folder: Path, kind: str) -> Path:
    return next(path for path in sorted(folder.glob(f"{kind}*")) if path.stem.partition(".")[0] == kind)


def _text(data: bytes) -> str:
    start = "\ufeff" if data.startswith(b"\xef\xbb\xbf") else ""
    return start + data.removeprefix(b"\xef\xbb\xbf").decode(errors="backslashreplace").rstrip("\n")


def _is_id(lines: list[str]) -> bool:
    return len(lines) == 1 and lines[0].startswith('  "id": ')


def _first_difference(bad: list[str], good: list[str]) -> int:
    pairs = zip("\n".join(bad[-1:]), "\n".join(good[-1:]), strict=False)
    return next((place for place, (left, right) in enumerate(pairs) if left != right), 0)


def _cut(line: str, place: int) -> str:
    """A long line from a little before the place where it differs."""
    start = max(0, min(place - WIDTH // 2, len(line) - WIDTH))
    indent = len(line) - len(line.lstrip())
    words = line[start : start + WIDTH]
    return f"{' ' * indent if start else ''}{'…' if start else ''}{words}{'…' if start + WIDTH < len(line) else ''}"


def _tidy(lines: list[str]) -> str:
    more = ["…"] if len(lines) > LINES else []
    return printable_lines(dedent("\n".join([*lines[:LINES], *more]))) or "(an empty file)"


def printable_lines(text: str) -> str:
    return "\n".join(printable(line).rstrip() for line in text.split("\n"))


def page(examples: dict[str, dict[str, str]]) -> str:
    """The catalogue in Markdown."""
    lines = [
        "# Rules",
        "",
        f"`tasrih validate` knows {len(RULES)} rules in {len(FAMILIES)} families; `tasrih explain CODE` says the same.",
        "An error fails, a warning only with `--strict`. A finding that is right as it stands is acknowledged in the",
        "record's `waivers`, with a reason. Examples show the lines that differ.",
    ]
    for letter, title in FAMILIES.items():
        lines += ["", f"## {letter}: {title}"]
        for rule in (rule for rule in RULES.values() if rule.code[0] == letter):
            lines += ["", f"### {rule.code}", "", f"**{rule.message}** ({rule.severity}).", "", rule.explanation]
            for kind, text in examples[rule.code].items():
                lines += ["", f"{kind.title()}:", "", "```text", text, "```"]
    return "\n".join(lines) + "\n"


def main() -> int:
    given = arguments(__doc__).parse_args()
    examples = {code: example(code) for code in RULES}
    wanted = {EXAMPLES: json.dumps(examples, ensure_ascii=False, indent=1) + "\n", PAGE: page(examples)}
    return settle(wanted, check=given.check)


if __name__ == "__main__":
    sys.exit(main())
