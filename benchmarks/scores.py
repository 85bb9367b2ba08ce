"""How long scores take: 1,000 composed articles (those of the corpus, again and again) by five systems, on one core.

    python benchmarks/scores.py [--articles N] [--systems N]

The gold standard is records and a system is predictions, each JSON Lines in a file: those of the corpus by offsets with
every seventh quote and every fifth mention of an entity gone, others in each system. What is timed, in processor time:
reading all of it, the figures with their intervals and means, side by side; what one system gains over another with its
p; and the figures of one by phenomenon.
"""

import argparse
import json
import tempfile
import time
from collections.abc import Iterable
from itertools import cycle, islice
from pathlib import Path

import tasrih
from tasrih.record import Article, Span
from tasrih.scoring.comparison import differences
from tasrih.scoring.reports import score_tables
from tasrih.scoring.scores import Wanted, score_all


def spoilt(article: Article, offset: int) -> Article:
    """An article without some of its quotes and mentions."""
    entities = [
        one.model_copy(update={"mentions": tuple(_most(one.mentions, 5, number + offset))})
        for number, one in enumerate(article.entities)
    ]
    return article.model_copy(update={"quotes": tuple(_most(article.quotes, 7, offset)), "entities": tuple(entities)})


def _most(items: tuple, every: int, offset: int) -> list:
    return [item for number, item in enumerate(items) if (number + offset) % every]


def prediction(article: Article) -> dict:
    """A record as predictions by offsets."""
    quotes = [
        {
            "spans": [_span(one) for one in quote.spans],
            "type": quote.type,
            "cue": quote.cue and _span(quote.cue),
            "speaker": quote.speaker and {"entity": quote.speaker.entity},
        }
        for quote in article.quotes
    ]
    terms = [{"span": _span(term.span), "kind": term.kind} for term in article.terms]
    mentions = [
        {"span": _span(one), "type": entity.type, "entity": entity.id}
        for entity in article.entities
        for one in entity.mentions
    ]
    return {"id": article.id, "quotes": quotes, "terms": terms, "mentions": mentions}


def _span(span: Span) -> dict:
    return {"paragraph": span.paragraph, "start": span.start, "end": span.end}


def written(path: Path, lines: Iterable[dict]) -> Path:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--systems", type=int, default=5)
    given = parser.parse_args()
    composed = [one.record for one in tasrih.load() if one.record.metadata.origin == "composed"]
    records = [
        one.model_copy(update={"id": f"{one.id}-{number}"})
        for number, one in enumerate(islice(cycle(composed), given.articles))
    ]
    with tempfile.TemporaryDirectory() as folder:
        gold = written(Path(folder, "gold.jsonl"), (one.model_dump(mode="json") for one in records))
        systems = {
            str(number): written(Path(folder, f"{number}.jsonl"), (prediction(spoilt(one, number)) for one in records))
            for number in range(given.systems)
        }
        began = time.process_time()
        found = score_all(gold, systems, Wanted())
        (table,) = score_tables(found)
        print(f"{len(records)} articles, {len(table.columns) - 2} systems: {time.process_time() - began:.1f} s")
        began = time.process_time()
        differences(found["0"], found["1"])
        print(f"what one gains over another: {time.process_time() - began:.1f} s")
        began = time.process_time()
        score_tables({"": tasrih.score(gold, systems["0"], by="phenomena")})
        print(f"one system by phenomenon: {time.process_time() - began:.1f} s")


if __name__ == "__main__":
    main()
