"""What real news measures by `tasrih.measures.likeness`: writes the figures, and nothing else, to likeness.json beside.

FOLDER holds `text/NN.txt` and `gold/NN.json`: quotes and non-speech in marks, by offsets in code points into the text.

python benchmarks/likeness.py FOLDER
"""

import json
import sys
from pathlib import Path
from typing import Any

from tasrih.measures.likeness import Sample, Speech, likeness
from tasrih.text.letters import fold
from tasrih.text.lists import cue_kind
from tasrih.text.marks import glyphs_around

TARGET = Path(__file__).with_name("likeness.json")


def sample(text: str, gold: dict[str, Any]) -> Sample:
    speech = tuple(
        Speech(quote["type"], kind(text, quote["cue_start"], quote["cue_end"]), quote["speaker_start"] is None)
        for quote in gold["quotes"]
    )
    marked = [*gold["quotes"], *gold["non_speech_quotes"]]
    openings = tuple(glyphs_around(text, one["start"], one["end"])[0] for one in marked)
    return Sample(tuple(filter(None, text.splitlines())), speech, len(gold["non_speech_quotes"]), openings)


def kind(text: str, start: int | None, end: int | None) -> str:
    """The kind of a cue, by the list of reporting words."""
    return "none" if start is None else cue_kind(fold(text[start:end])[0].split()[0]) or "verb"


def main() -> None:
    folder = Path(sys.argv[1])
    golds = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("gold/*.json"))}
    samples = [sample((folder / f"text/{name}.txt").read_text(encoding="utf-8"), gold) for name, gold in golds.items()]
    sources = sorted({gold["source_repo"] for gold in golds.values()})
    figures = {name: round(value, 2) for name, value in likeness(samples).items()}
    document = {"sources": sources, "figures": figures}
    TARGET.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
