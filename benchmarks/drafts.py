"""How right drafts are on a corpus whose words are there: by layer, with 95 % intervals over articles.

`tasrih hydrate` puts the words of `news` together (docs/standoff.md). Quotes in marks are held against quotes in marks,
those without against those without; names are the outermost ones of persons, organisations and places.

python benchmarks/drafts.py CORPUS [--split train --split validation] [--by outlet|phenomenon] [--floor] [--json FILE]
"""

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from multiprocessing import Pool
from pathlib import Path
from typing import Any
from unicodedata import category

import numpy as np

import tasrih
from tasrih.dataset.splits import SPLITS
from tasrih.drafts import draft
from tasrih.record import WITHOUT_MARKS, Article, Quote, Span
from tasrih.scoring.matching import HALF, Item, item, matches, overlap
from tasrih.text.letters import after_signs, fold
from tasrih.text.pairs import pairs

Counts = dict[str, tuple[int, ...]]
_CLASSES = {"PERS": "person", "ORG": "organisation", "GPE": "place", "LOC": "place", "FAC": "place"}
_DRAWS, _SEED = 1000, 7
_UNSEEN = ("Mn", "Cf", "Zs", "Cc")
Place = tuple[str, str, dict[int, int]]
"""A paragraph's id and text, and for offsets in a draft's paragraph those in it."""
F1 = ("quotes, exact", "quotes, half", "attribution", "unmarked, half", "unmarked with speaker", "names, strict")
SHARES = ("type", "cue", "phrase", "no speech rejected")


def predicted(gold: Article) -> Article:
    """The draft of an article's text; its paragraphs have the ids of the gold ones with the same characters."""
    text = "\n\n".join(paragraph.text for paragraph in gold.paragraphs)
    made = draft(f"{gold.id}.txt", f"{text}\n".encode(), published=gold.metadata.published)
    return made.model_copy(update={"paragraphs": gold.paragraphs} | _renamed(made, dict(_places(gold, made))))


def _places(gold: Article, made: Article) -> Iterator[tuple[str, Place]]:
    """For paragraphs of a draft those of the gold record, in order: its id, and for offsets those in its text."""
    left = list(gold.paragraphs)
    for paragraph in made.paragraphs:
        seen = _seen(paragraph.text)
        found = next((number for number, one in enumerate(left) if _seen(one.text)[0] == seen[0]), None)
        if found is not None:
            places = dict(zip(seen[1], _seen(left[found].text)[1], strict=True))
            yield paragraph.id, (left[found].id, left[found].text, places)
            del left[: found + 1]


def _seen(text: str) -> tuple[str, list[int]]:
    """The characters of a text that stand by themselves, and where: drafts leave others out, or in another order."""
    places = [place for place, sign in enumerate(text) if category(sign) not in _UNSEEN]
    return "".join(text[place] for place in places), places


def _renamed(made: Article, ids: dict[str, Place]) -> dict[str, Any]:
    """The annotations of a draft, in the paragraphs of the gold record; what stands in none of them is left out."""

    def moved(span: Any) -> Any:
        if span is None or span.paragraph not in ids:
            return None
        paragraph, text, places = ids[span.paragraph]
        seen = [places[place] for place in range(span.start, span.end) if place in places]
        start, end = seen[0], after_signs(text, seen[-1] + 1)
        return span.model_copy(update={"paragraph": paragraph, "start": start, "end": end, "text": text[start:end]})

    def all_moved(spans: Iterable[Any]) -> tuple[Any, ...]:
        return tuple(found for span in spans if (found := moved(span)))

    quotes = [
        quote.model_copy(
            update={
                "spans": all_moved(quote.spans),
                "cue": moved(quote.cue),
                "speaker": quote.speaker and quote.speaker.model_copy(update={"span": moved(quote.speaker.span)}),
            }
        )
        for quote in made.quotes
    ]
    entities = [one.model_copy(update={"mentions": all_moved(one.mentions)}) for one in made.entities]
    return {"quotes": tuple(quote for quote in quotes if quote.spans), "terms": (), "entities": tuple(entities)}


def floor(gold: Article) -> Article:
    """Every pair of marks a direct quote of nobody."""
    found = [
        Span(paragraph=paragraph.id, start=pair.start, end=pair.end, text=paragraph.text[pair.start : pair.end])
        for paragraph in gold.paragraphs
        for pair in pairs(paragraph.text)
        if pair.start < pair.end
    ]
    quotes = [
        Quote(id=f"q{number}", type="direct", spans=(span,), cue=None, speaker=None)
        for number, span in enumerate(found, 1)
    ]
    return gold.model_copy(update={"quotes": tuple(quotes), "terms": (), "entities": ()})


def _every(_: Quote) -> bool:
    return True


def counted(gold: Article, made: Article, keep: Callable[[Quote], bool] = _every) -> Counts:
    """What is right in a draft: (matched, predicted, gold) for F1, (right, asked) for shares.

    Of the gold quotes those count that are kept, and of the drafted ones those that share most with one of them.
    """
    counts: Counts = {}
    for marked, told in ((True, F1[:3]), (False, F1[3:5])):
        wanted, found = (
            [one for one in side.quotes if (one.type not in WITHOUT_MARKS) is marked] for side in (gold, made)
        )
        found = [one for one in found if _is_of(one, wanted, keep)]
        wanted = [one for one in wanted if keep(one)]
        left, right = ([item(one.spans) for one in side] for side in (wanted, found))
        half = [(wanted[one], found[other]) for one, other in matches(left, right).items()]
        same = sum(same_speaker(gold, made, *pair) for pair in half)
        exact = len(matches(left, right, 1.0))
        results = (exact, len(half), same) if marked else (len(half), same)
        counts |= {name: (number, len(found), len(wanted)) for name, number in zip(told, results, strict=True)}
        if marked:
            counts |= _of_matched(half)
    speech = [item(one.spans) for one in made.quotes if one.type not in WITHOUT_MARKS]
    terms = [item([term.span]) for term in gold.terms]
    counts["no speech rejected"] = (sum(all(overlap(term, one) < HALF for one in speech) for term in terms), len(terms))
    wanted_names, found_names = names(gold), names(made)
    counts["names, strict"] = (len(wanted_names & found_names), len(found_names), len(wanted_names))
    return counts


def _is_of(quote: Quote, gold: list[Quote], keep: Callable[[Quote], bool]) -> bool:
    """Whether a drafted quote shares most with a gold quote that counts, or nothing with any where all count."""
    shares = [(overlap(item(quote.spans), item(one.spans)), one) for one in gold]
    most = max(shares, key=lambda share: share[0], default=(0.0, None))
    return keep(most[1]) if most[0] and most[1] else keep is _every


def _of_matched(half: list[tuple[Quote, Quote]]) -> Counts:
    cues = [_meet(one.cue, other.cue) for one, other in half if one.cue]
    phrases = [
        _meet(one.speaker.span, other.speaker.span if other.speaker else None)
        for one, other in half
        if one.speaker and one.speaker.span
    ]
    types = [one.type == other.type for one, other in half]
    return {name: (sum(right), len(right)) for name, right in (("type", types), ("cue", cues), ("phrase", phrases))}


def _meet(one: Span, other: Span | None) -> bool:
    return other is not None and overlap(item([one]), item([other])) > 0


def same_speaker(gold: Article, made: Article, one: Quote, other: Quote) -> bool:
    """Whether a name or phrase of the drafted speaker has the words of a gold speaker, or the other way round."""
    if one.speaker is None or other.speaker is None:
        return one.speaker is other.speaker
    right = {entity.id: entity for entity in gold.entities}
    who = next(entity for entity in made.entities if entity.id == other.speaker.entity)
    told = [who.name, *(mention.text for mention in who.mentions)]
    told += [other.speaker.span.text] if other.speaker.span else []
    return any(alike(right[entity].name, name) for entity in (one.speaker.entity, *one.speaker.others) for name in told)


def alike(one: str, other: str) -> bool:
    """Whether all words of one name are in the other, the article aside."""
    left, right = (set(re.findall(r"\w+", re.sub(r"\bال(?=\w{3})", "", fold(name)[0]))) for name in (one, other))
    return bool(left and right) and (left <= right or right <= left)


def names(article: Article) -> set[tuple[Item, str]]:
    """The outermost names of an article, each with what it is the name of."""
    found = {
        (item([mention]), _CLASSES[entity.type])
        for entity in article.entities
        for mention in entity.mentions
        if entity.type in _CLASSES and mention.form == "named"
    }
    return {one for one in found if not any(_inside(one[0], other[0]) for other in found)}


def _inside(inner: Item, outer: Item) -> bool:
    (paragraph, start, end), (other, first, last) = inner.spans[0], outer.spans[0]
    return paragraph == other and first <= start and end <= last and (first, last) != (start, end)


def rate(name: str, count: Iterable[float]) -> float | None:
    """F1 of (matched, predicted, gold), or the share of (right, asked)."""
    right, *asked = count
    total = sum(asked)
    return (2 * right if name in F1 else right) / total if total else None


def figures(articles: list[Counts]) -> dict[str, dict[str, float | int | None]]:
    """Rates over articles with the ends of their 95 % intervals (percentiles of articles drawn anew)."""
    random = np.random.default_rng(_SEED)
    drawn = random.integers(len(articles), size=(_DRAWS, len(articles)))
    made = {}
    for name in (*F1, *SHARES):
        table = np.array([counts[name] for counts in articles])
        rates = [value for sums in table[drawn].sum(axis=1) if (value := rate(name, sums)) is not None]
        low, high = np.quantile(rates, [0.025, 0.975]) if rates else (None, None)
        total = table.sum(axis=0).tolist()
        made[name] = {"rate": rate(name, total), "low": low, "high": high, "of": total[-1]}
    return made


def shown(groups: dict[str, dict[str, dict[str, Any]]]) -> str:
    """The figures as a Markdown table, a row a figure."""
    lines = [f"| figure | {' | '.join(groups)} |", f"| --- |{' ---: |' * len(groups)}"]
    for name in (*F1, *SHARES):
        cells = [_cell(group[name]) for group in groups.values()]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _cell(figure: dict[str, Any]) -> str:
    if figure["rate"] is None:
        return "–"
    return f"{figure['rate']:.3f} ({figure['low']:.2f}–{figure['high']:.2f}), {figure['of']}"


def grouped(by: str | None, pairs_: list[tuple[Article, Article]]) -> dict[str, list[Counts]]:
    """The counts of all articles, and of each group: outlets, or the quotes that list a phenomenon."""
    groups = {"all": [counted(*pair) for pair in pairs_]}
    if by == "outlet":
        for outlet in sorted({gold.metadata.publisher or "–" for gold, _ in pairs_}):
            groups[outlet] = [counted(*pair) for pair in pairs_ if (pair[0].metadata.publisher or "–") == outlet]
    elif by == "phenomenon":
        for slug in sorted({slug for gold, _ in pairs_ for quote in gold.quotes for slug in quote.phenomena}):
            groups[slug] = [counted(*pair, partial(_lists, slug)) for pair in pairs_]
    return groups


def _lists(slug: str, quote: Quote) -> bool:
    return slug in quote.phenomena


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--split", action="append", choices=SPLITS)
    parser.add_argument("--collection", default="news")
    parser.add_argument("--by", choices=["outlet", "phenomenon"])
    parser.add_argument("--floor", action="store_true", help="every pair of marks a direct quote of nobody")
    parser.add_argument("--json", type=Path, help="where to write the figures")
    given = parser.parse_args()
    articles = [
        article.record
        for article in tasrih.load(given.corpus)
        if article.record.metadata.collection == given.collection
        and (not given.split or article.record.metadata.split in given.split)
        and all(paragraph.text for paragraph in article.record.paragraphs)
    ]
    if not articles:
        sys.exit(f"{given.corpus} has no such articles with their words")
    with Pool() as pool:
        drafts = pool.map(floor if given.floor else predicted, articles, chunksize=4)
    groups = {
        name: figures(counts) for name, counts in grouped(given.by, list(zip(articles, drafts, strict=True))).items()
    }
    print(shown(groups))
    if given.json:
        given.json.write_text(f"{json.dumps(groups, ensure_ascii=False, indent=1)}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
