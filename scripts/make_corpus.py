"""Writes a corpus of any size for tests and benchmarks: valid records of made-up words, of the lengths of real news.

    python scripts/make_corpus.py --articles N --out FILE.jsonl [--seed S] [--force]

An `--out` that does not end in .jsonl is a corpus folder, with a file a record. What is there already is overwritten
with --force only.
"""

import argparse
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import orjson

from tasrih.files import replace, written

LETTERS = "ابتجحدرزسشصطعغفقكلمنهوي"
CUES = ["قال", "أضاف", "أكد", "أوضح", "أعلن", "ذكر", "تابع", "شدد"]
MONTHS = ["يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"]
Json = dict[str, Any]


@cache
def vocabulary(seed: int, size: int) -> Sequence[str]:
    """Made-up words of 2 to 7 letters, each third one with the article."""
    rng = Random(seed)
    words = ("".join(rng.choices(LETTERS, k=rng.choice([2, 3, 4, 4, 5, 5, 6, 7]))) for _ in range(size))
    return tuple(f"ال{word}" if number % 3 == 0 else word for number, word in enumerate(words))


class Draft:
    """A record under construction: text is put down piece by piece, and every annotated piece knows where it is."""

    def __init__(self, rng: Random, words: Sequence[str]) -> None:
        self.rng, self.words = rng, words
        self.paragraphs: list[Json] = []
        self.quotes: list[Json] = []
        self.terms: list[Json] = []
        self.entities: list[Json] = []
        self.text = ""

    def put(self, words: str) -> Json:
        """Puts words down, and gives their span."""
        start = len(self.text)
        self.text += words
        return {"paragraph": f"p{len(self.paragraphs) + 1}", "start": start, "end": len(self.text), "text": words}

    def end_paragraph(self, role: str) -> None:
        """Makes a paragraph of what was put down."""
        self.paragraphs.append({"id": f"p{len(self.paragraphs) + 1}", "role": role, "text": self.text})
        self.text = ""

    def clause(self, shortest: int, longest: int) -> str:
        """Some words."""
        return " ".join(self.rng.choices(self.words, k=self.rng.randint(shortest, longest)))

    def entity(self, kind: str, **fields: str) -> Json:
        """A new entity, still without mentions."""
        entity = {"id": f"e{len(self.entities) + 1}", "type": kind, "name": "", **fields, "mentions": []}
        self.entities.append(entity)
        return entity

    def mention(self, entity: Json, name: str) -> Json:
        """Mentions an entity by name."""
        span = self.put(name)
        entity["name"] = entity["name"] or name
        entity["mentions"].append(span | {"form": "named"})
        return span

    def quote(self, kind: str, words: Json, cue: Json, speaker: Json) -> None:
        """Notes a quote."""
        number = f"q{len(self.quotes) + 1}"
        self.quotes.append({"id": number, "type": kind, "spans": [words], "cue": cue, "speaker": speaker})


def article(number: int, rng: Random, words: Sequence[str]) -> Json:
    """A record of 8 to 12 paragraphs."""
    draft = Draft(rng, words)
    people = [(draft.entity("PERS"), draft.clause(2, 3)) for _ in range(3)]
    speaker = named(draft, *people[0])
    cue = draft.put(":") | {"kind": "punctuation"}
    draft.put(" ")
    draft.quote("indirect", draft.put(draft.clause(5, 9)), cue, speaker)
    draft.end_paragraph("headline")
    for _ in range(rng.randint(7, 11)):
        rng.choice([say, say, report, tell])(draft, rng.choice(people))
        draft.end_paragraph("body")
    draft.entities = [entity for entity in draft.entities if entity["mentions"]]
    return record(number, rng, renumbered(draft))


def named(draft: Draft, entity: Json, name: str) -> Json:
    """A speaker called by name."""
    return {"entity": entity["id"], "form": "named", "span": draft.mention(entity, name)}


def say(draft: Draft, person: tuple[Json, str]) -> None:
    """Direct speech, and more of it by the same speaker."""
    for follow in range(2):
        cue = draft.put(draft.rng.choice(CUES)) | {"kind": "verb"}
        draft.put(" ")
        elided = {"entity": person[0]["id"], "form": "elided", "span": None}
        speaker = elided if follow else named(draft, *person)
        draft.put(': "')
        draft.quote("direct", draft.put(draft.clause(8, 25)), cue, speaker)
        draft.put('". ' if not follow else '".')


def report(draft: Draft, person: tuple[Json, str]) -> None:
    """Indirect speech."""
    cue = draft.put(draft.rng.choice(CUES)) | {"kind": "verb"}
    draft.put(" ")
    speaker = named(draft, *person)
    draft.put(" أن ")
    draft.quote("indirect", draft.put(draft.clause(10, 30)), cue, speaker)
    draft.put(".")


def tell(draft: Draft, _: tuple[Json, str]) -> None:
    """What happened where and when, with a name in marks."""
    draft.put(draft.clause(6, 14) + " في ")
    draft.mention(draft.entity("GPE"), draft.clause(2, 3))
    draft.put(" في ")
    day, month = draft.rng.randint(1, 28), draft.rng.randrange(12)
    date = draft.entity("DATE", value=f"2024-{month + 1:02}-{day:02}")
    draft.mention(date, f"{day} {MONTHS[month]}")
    draft.put(' "')
    draft.terms.append({"id": f"t{len(draft.terms) + 1}", "kind": "name", "span": draft.put(draft.clause(1, 3))})
    draft.put(f'" {draft.clause(4, 10)}.')


def renumbered(draft: Draft) -> Draft:
    """The draft with the ids of its entities counted from 1."""
    ids = {entity["id"]: f"e{number}" for number, entity in enumerate(draft.entities, 1)}
    for entity in draft.entities:
        entity["id"] = ids[entity["id"]]
    for quote in draft.quotes:
        quote["speaker"]["entity"] = ids[quote["speaker"]["entity"]]
    return draft


def record(number: int, rng: Random, draft: Draft) -> Json:
    """The whole record."""
    metadata = {
        "language": "ar",
        "collection": "composed",
        "origin": "composed",
        "published": f"2024-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}",
        "publisher": None,
        "rights": {"holder": None, "license": "CC-BY-4.0", "redistribution": "permitted"},
        "source": None,
        "annotation": {
            "status": "reviewed",
            "guidelines": "1.0",
            "annotators": [{"id": "make-corpus", "kind": "rule"}],
        },
    }
    parts = {"paragraphs": draft.paragraphs, "quotes": draft.quotes, "terms": draft.terms, "entities": draft.entities}
    return {"schema_version": "1.0", "id": f"made-{number}", "metadata": metadata, **parts}


def articles(count: int, seed: int) -> Iterator[Json]:
    """That many records; the same seed gives the same ones."""
    words = vocabulary(seed, 20_000)
    return (article(number, Random(f"{seed}/{number}"), words) for number in range(1, count + 1))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, required=True, metavar="N")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--force", action="store_true", help="overwrite what is there already")
    given = parser.parse_args()
    if given.out.exists() and not given.force:
        parser.error(f"{given.out} is there already; --force overwrites it")
    if given.out.suffix == ".jsonl":
        with written(given.out, force=given.force) as file:
            file.writelines(orjson.dumps(made) + b"\n" for made in articles(given.articles, given.seed))
        return
    folder = given.out / "articles/composed"
    folder.mkdir(parents=True, exist_ok=True)
    for made in articles(given.articles, given.seed):
        replace(folder / f"{made['id']}.json", orjson.dumps(made, option=orjson.OPT_INDENT_2))


if __name__ == "__main__":
    main()
