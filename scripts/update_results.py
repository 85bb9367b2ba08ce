"""Measures the predictions in results/predictions on the test split: results/*.json, the table of baselines/README.md.

Offsets need no words, so the corpus as it is committed will do. What a result says of its system stays as it is.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from generated import ROOT, arguments, settle

import tasrih

RESULTS = ROOT / "results"
PAGE = ROOT / "baselines/README.md"
_DIGITS = 4
_COLUMNS = (
    ("news", "quotes overlap"),
    ("news", "attribution"),
    ("composed", "quotes overlap"),
    ("composed", "attribution"),
    ("all", "cues exact"),
    ("all", "speakers exact"),
    ("all", "terms exact"),
    ("all", "mentions exact"),
)
_SCORE = [sys.executable, "-m", "tasrih", "score", "--split", "test", "--by", "collection", "--format", "json"]


def scored(predictions: Path) -> dict[str, Any]:
    """What `tasrih score` says of predictions on the test split, by collection."""
    done = subprocess.run([*_SCORE, ROOT / "corpus", predictions], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{predictions}: {done.stderr}")
    return json.loads(done.stdout)


def figures(found: dict[str, Any]) -> dict[str, Any]:
    """For each group how many articles it has, and what was tried: F1, or the share that is right, and its interval."""
    return {
        name: {"articles": group["articles"]}
        | {
            key: [None if number is None else round(number, _DIGITS) for number in (_rate(group, key), *ends)]
            for key, ends in _intervals(group).items()
            if key in found["counted"]
        }
        for name, group in found["groups"].items()
    }


def _intervals(group: dict[str, Any]) -> dict[str, tuple[float | None, float | None]]:
    """The ends of the 95 % interval of each figure."""
    return {key: (sure["f1"]["low"], sure["f1"]["high"]) for key, sure in group["estimates"].items()}


def _rate(group: dict[str, Any], key: str) -> float | None:
    """The figure itself, as the report has it: by how it must match, or of quotes that match how many agree."""
    told = group["figures"]
    name, _, match = key.rpartition(" ")
    if key in told["same"]:
        return told["same"][key]["accuracy"]
    return told[key]["f1"] if key in told else told[name][match]["f1"]


def measured(result: Path) -> str:
    """The result of a system with its figures."""
    about = json.loads(result.read_text(encoding="utf-8"))
    found = scored(RESULTS / about["predictions"])
    invalid = {name: found["invalid"][name] for name in ("answers", "invalid")}
    about |= {"corpus": tasrih.__version__, "scorer": tasrih.__version__}
    return _laid_out(about | {"invalid": invalid, "figures": figures(found)})


def _laid_out(about: dict[str, Any]) -> str:
    """A result as JSON with a figure on each line."""
    head = json.dumps({**about, "figures": None}, ensure_ascii=False, indent=2)
    groups = [
        f"    {json.dumps(name)}: {{\n"
        + ",\n".join(f"      {json.dumps(key)}: {json.dumps(figure)}" for key, figure in group.items())
        + "\n    }"
        for name, group in about["figures"].items()
    ]
    return head.removesuffix("null\n}") + "{\n" + ",\n".join(groups) + "\n  }\n}\n"


def page(results: list[tuple[str, dict[str, Any]]]) -> str:
    """The page of the baselines, with a table of systems."""
    head, begin, rest = PAGE.read_text(encoding="utf-8").partition("<!-- figures -->\n")
    _, end, tail = rest.partition("<!-- end of figures -->")
    titles = [f"{group}: {key.removesuffix(' exact').replace('overlap', '≥ ½')}" for group, key in _COLUMNS]
    rows = [["system", *titles], ["---", *["---:"] * len(_COLUMNS)]]
    rows += [[name, *(_cell(about["figures"][group].get(key)) for group, key in _COLUMNS)] for name, about in results]
    return head + begin + "".join(f"| {' | '.join(row)} |\n" for row in rows) + end + tail


def _cell(figure: list[float] | None) -> str:
    return "–" if figure is None else "{:.2f} ({:.2f}–{:.2f})".format(*figure)


def main() -> int:
    """Writes the results and the page; the exit code."""
    given = arguments(__doc__).parse_args()
    found = {result: measured(result) for result in sorted(RESULTS.glob("*.json"))}
    listed = [(result.stem, json.loads(text)) for result, text in found.items()]
    return settle(found | {PAGE: page(listed)}, check=given.check)


if __name__ == "__main__":
    sys.exit(main())
