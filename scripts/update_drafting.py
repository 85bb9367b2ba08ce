"""The figures of docs/drafting.md: how right drafts are, and how sure they may be believed to be.

python scripts/update_drafting.py [--corpus CORPUS] [--check]

With a corpus whose words are there (docs/standoff.md) the figures are measured anew by benchmarks/drafts.py and kept in
benchmarks/drafts.json; without one the page is made from what is kept.
"""

import json
import re
import sys
from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise
from multiprocessing import Pool
from pathlib import Path
from typing import Any

import numpy as np
from generated import ROOT, arguments, settle

import tasrih
from tasrih.drafting import trees
from tasrih.record import WITHOUT_MARKS, Article
from tasrih.scoring.matching import item, matches

sys.path.insert(0, str(ROOT / "benchmarks"))
import drafts

PAGE, KEPT = ROOT / "docs/drafting.md", ROOT / "benchmarks/drafts.json"
PLACE = re.compile(r"(<!-- figures:(\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)
NAMES = {
    "quotes, exact": "quotes in marks, exact span, F1",
    "quotes, half": "quotes in marks, overlap of half or more, F1",
    "attribution": "quotes in marks with their speaker, F1",
    "unmarked, half": "speech without marks, overlap of half, F1",
    "unmarked with speaker": "speech without marks with its speaker, F1",
    "names, strict": "names of people, places and institutions, strict F1",
    "type": "direct or partial, accuracy",
    "cue": "cue, accuracy",
    "phrase": "speaker's phrase, accuracy",
    "no speech rejected": "no speech in marks, rejected",
}
AIMS = dict(zip(NAMES, (0.92, 0.95, 0.80, 0.82, 0.70, 0.82, 0.92, 0.94, 0.88, 0.92), strict=True))
FEW = ("quotes, half", "attribution", "unmarked, half", "unmarked with speaker", "names, strict")
"""The figures that are told by outlet and by phenomenon."""
Groups = dict[str, dict[str, dict[str, Any]]]
Pair = tuple[Article, Article]


def ruled(gold: Article) -> Article:
    """The draft by rules alone, in a process that has no models from then on."""
    trees.FILE = Path("/")  # a folder, which is read as no models
    trees.models.cache_clear()
    return drafts.predicted(gold)


def drafted(articles: list[Article], how: Callable[[Article], Article]) -> list[Pair]:
    with Pool() as pool:
        return list(zip(articles, pool.map(how, articles, chunksize=4), strict=True))


def measured(corpus: Path, kept: dict[str, Any]) -> dict[str, Any]:
    """All figures of test and train; those of the drafter before are kept."""
    found = [one.record for one in tasrih.load(corpus) if one.record.metadata.collection == "news"]
    found = [one for one in found if all(paragraph.text for paragraph in one.paragraphs)]
    test, train = ([one for one in found if one.metadata.split == split] for split in ("test", "train"))
    if not test or not train:
        sys.exit(f"{corpus} has no articles of test and train with their words")
    pairs = drafted(test, drafts.predicted)
    systems: Groups = {"floor": of(drafted(test, drafts.floor)), "before": kept["systems"]["before"]}
    systems |= {"rules": of(drafted(test, ruled)), "test": of(pairs), "train": of(drafted(train, drafts.predicted))}
    groups = {by: {name: drafts.figures(counts) for name, counts in drafts.grouped(by, pairs).items()} for by in BY}
    return {"systems": systems, **groups, "reliability": reliability(pairs)}


BY = ("outlet", "phenomenon")


def of(pairs: list[Pair]) -> dict[str, dict[str, float | int | None]]:
    return drafts.figures([drafts.counted(*pair) for pair in pairs])


def reliability(pairs: list[Pair]) -> dict[str, list[dict[str, float]]]:
    """By how sure the drafter is: how many items there are, how sure it is of them, and how many are right."""
    layers = {"quotes with their speakers": quotes_told, "names": names_told}
    return {name: bins([one for pair in pairs for one in told(*pair)]) for name, told in layers.items()}


def quotes_told(gold: Article, made: Article) -> Iterator[tuple[float, bool]]:
    """Of drafted quotes, in marks and without, how sure the draft is, and whether span and speaker are right."""
    for marked in (True, False):
        wanted, found = (
            [one for one in side.quotes if (one.type not in WITHOUT_MARKS) is marked] for side in (gold, made)
        )
        met = matches([item(one.spans) for one in wanted], [item(one.spans) for one in found])
        partners = {other: wanted[one] for one, other in met.items()}
        for number, quote in enumerate(found):
            right = number in partners and drafts.same_speaker(gold, made, partners[number], quote)
            if quote.provenance:
                yield quote.provenance.confidence, right


def names_told(gold: Article, made: Article) -> Iterator[tuple[float, bool]]:
    wanted = drafts.names(gold)
    sure = {
        (mention.paragraph, mention.start, mention.end): mention.provenance.confidence
        for entity in made.entities
        for mention in entity.mentions
        if mention.provenance
    }
    for one in drafts.names(made):
        if (confidence := sure.get(tuple(one[0].spans[0]))) is not None:
            yield confidence, one in wanted


def bins(told: list[tuple[float, bool]]) -> list[dict[str, float]]:
    made = []
    for low, high in pairwise(BINS):
        inside = [one for one in told if low <= one[0] < high]
        sure, right = np.mean(inside, axis=0).round(3).tolist() if inside else (0.0, 0.0)
        made.append({"from": low, "items": len(inside), "sure": sure, "right": right})
    return made


def tables(kept: dict[str, Any]) -> dict[str, str]:
    """The tables of the page, by the names of their places."""
    return {
        "quality": quality(kept["systems"]),
        "reliability": "\n".join(map(partial(reliable, kept["reliability"]), kept["reliability"])),
        "outlet": by_group(kept["outlet"], FEW),
        "phenomenon": by_group(kept["phenomenon"], FEW[:-1]),
    }


def quality(systems: Groups) -> str:
    head = "| what | floor | the drafter before | rules alone | test | of | train | aim |"
    lines = [head, "| --- |" + " ---: |" * 7]
    for name, told in NAMES.items():
        floor, before, rules, test, train = (rate(systems[one][name]) for one in systems)
        low, high = systems["test"][name]["low"], systems["test"][name]["high"]
        cells = [told, floor, before, rules, f"**{test}** ({short(low)}–{short(high)})"]
        cells += [str(systems["test"][name]["of"]), train, short(AIMS[name])]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def by_group(groups: Groups, few: tuple[str, ...]) -> str:
    lines = [f"| | {' | '.join(NAMES[name] for name in few)} |", "| --- |" + " ---: |" * len(few)]
    for group, figures in groups.items():
        cells = [f"{rate(figures[name])}, {figures[name]['of']}" if figures[name]["of"] else "" for name in few]
        lines.append(f"| {group} | {' | '.join(cells)} |")
    return "\n".join(lines)


def reliable(layers: dict[str, list[dict[str, float]]], layer: str) -> str:
    lines = [f"| {layer}: sure from | items | sure | right |", "| --- |" + " ---: |" * 3]
    for one in layers[layer]:
        told = (short(one["sure"]), short(one["right"])) if one["items"] else ("", "")
        lines.append(f"| {one['from']:.1f} | {one['items']} | {' | '.join(told)} |")
    return "\n".join([*lines, ""])


def rate(figure: dict[str, Any]) -> str:
    return "" if figure["rate"] is None else f"{figure['rate']:.3f}".removeprefix("0")


def short(value: float) -> str:
    return f"{value:.2f}".removeprefix("0")


def main() -> int:
    parser = arguments(__doc__)
    parser.add_argument("--corpus", type=Path, help="measure anew on a corpus whose words are there")
    given = parser.parse_args()
    kept = json.loads(KEPT.read_text("utf-8"))
    if given.corpus:
        kept = measured(given.corpus, kept)
        settle({KEPT: f"{json.dumps(kept, ensure_ascii=False, indent=1)}\n"}, check=False)
    made = tables(kept)
    page = PLACE.sub(lambda place: f"{place[1]}\n{made[place[2]].strip()}\n\n{place[3]}", PAGE.read_text("utf-8"))
    return settle({PAGE: page}, check=given.check)


if __name__ == "__main__":
    sys.exit(main())
