"""Writes how many single mistakes the rules notice, by kind: docs/corruptions.md, tests/corruptions.json.

Every record of the corpus is corrupted once by each kind of corruptions.py that it has something for: some 20,000
records, which takes minutes of processor time. With --check, says whether what is written is stale.
"""

import json
import sys
from datetime import UTC, datetime
from random import Random
from typing import Any

from corruptions import KINDS, corrupted, noticed
from generated import ROOT, arguments, settle

from tasrih.standoff.models import is_standoff
from tasrih.validation.index import Surroundings
from tasrih.validation.register import check_register

CORPUS = ROOT / "corpus"
RESULTS = ROOT / "tests/corruptions.json"
PAGE = ROOT / "docs/corruptions.md"
HEAD = """# What validation notices

A rule is worth what it would have noticed. Here every record of the bundled corpus gets one mistake at a time, of the
kinds that annotators and scripts make: a span a word too long, the speaker of the quote before, a name that was
overlooked, a month for another. The record stays valid by the schema, and the text of a span is what its offsets
select, so that only what the record says of the article is wrong. A mistake is noticed when a rule finds something
that it does not find in the record as it is.

What goes unnoticed is mostly what only a reader of the sentence can tell. Kinds that are never noticed say so here:
they show what a second reader is for. [corruptions.py](../scripts/corruptions.py) makes the mistakes, one function a
kind; `scripts/update_corruptions.py` writes this page.

"""
SAMPLED = 5  # records a kind, in which the tests look again
Figures = dict[str, Any]


def measured() -> Figures:
    """How often each kind was made and noticed, and in a sample of the records whether it was."""
    around = Surroundings(CORPUS, check_register(CORPUS)[0], datetime.now(UTC).date())
    seen: dict[str, dict[str, bool]] = {kind: {} for kind in KINDS}
    for path in sorted((CORPUS / "articles").rglob("*.json")):
        record = json.loads(path.read_bytes())
        if is_standoff(record):
            continue
        for kind, records in seen.items():
            made = corrupted(record, kind)
            if made is not None:
                records[record["id"]] = noticed(made, around, path)
    return {kind: figures(kind, records) for kind, records in seen.items() if records}


def figures(kind: str, records: dict[str, bool]) -> Figures:
    """The figures of a kind, by the ids of the records and whether it was noticed in them."""
    sample = sorted(Random(kind).sample(sorted(records), min(SAMPLED, len(records))))
    return {"made": len(records), "noticed": sum(records.values()), "sample": {one: records[one] for one in sample}}


def page(results: Figures) -> str:
    """The page of the figures."""
    made, seen = (sum(figure[name] for figure in results.values()) for name in ("made", "noticed"))
    total = f"**{seen:,} of {made:,} mistakes of {len(results)} kinds are noticed: {seen * 100 // made}%.**\n\n"
    rows = (
        f"| {kind} | {figure['made']} | {figure['noticed']} | {figure['noticed'] * 100 // figure['made']}% |\n"
        for kind, figure in results.items()
    )
    return f"{HEAD}{total}| mistake | made | noticed | share |\n| --- | ---: | ---: | ---: |\n{''.join(rows)}"


def listing(results: Figures) -> str:
    """The figures as they are stored: a line a kind."""
    return "{\n" + ",\n".join(f"{json.dumps(kind)}: {json.dumps(figure)}" for kind, figure in results.items()) + "\n}\n"


def main() -> int:
    given = arguments(__doc__).parse_args()
    results = measured()
    return settle({PAGE: page(results), RESULTS: listing(results)}, check=given.check)


if __name__ == "__main__":
    sys.exit(main())
