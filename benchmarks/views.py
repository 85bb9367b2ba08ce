"""What each view of an article costs (docs/architecture.md): processor time, in microseconds a record, best of many.

python benchmarks/views.py [--articles N]
"""

import argparse
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import orjson

from tasrih import columnar, record
from tasrih.article import Article
from tasrih.dataset.features import FEATURES
from tasrih.dataset.tables import cut
from tasrih.resources import corpus_folder
from tasrih.validation.fast.columns import Columns
from tasrih.validation.fast.doubts import doubts
from tasrih.validation.index import Index, Surroundings
from tasrih.validation.registry import RECORD

sys.path.insert(0, str(Path(__file__).parents[1] / "scripts"))
from make_corpus import articles

TIMES = 15
FLAT = {config: features.arrow_schema for config, features in FEATURES.items() if config != "articles"}


def best(job: Callable[[], object]) -> float:
    """Seconds of processor time of the fastest of several runs."""
    taken = []
    for _ in range(TIMES):
        began = time.process_time()
        job()
        taken.append(time.process_time() - began)
    return min(taken)


def told(article: Article) -> list[object]:
    """What somebody may ask of an article's quotes."""
    return [
        (quote.text, quote.speaker and quote.speaker.name, quote.cue and quote.cue.text) for quote in article.quotes
    ]


def main(count: int) -> None:
    lines = [orjson.dumps(article) for article in articles(count, 1)]
    records = list(map(orjson.loads, lines))
    models = list(map(_read, lines))
    batch = columnar.read(lines)
    layout = columnar.Layout(batch)
    around, every = Surroundings(corpus_folder(), {}, date(2026, 1, 1)), frozenset(RECORD.rules)
    jobs: dict[str, Callable[[], object]] = {
        "plain data": lambda: all(map(orjson.loads, lines)),
        "an Index over it, all rules": lambda: [
            list(rule.check(index))
            for index in (Index(made, around) for made in records)
            for rule in RECORD.rules.values()
        ],
        "models": lambda: all(map(_read, lines)),
        "objects over models, all quotes": lambda: all(told(Article(model)) for model in models),
        "columns": lambda: columnar.Layout(columnar.read(lines)),
        "checks over columns": lambda: doubts(Columns(batch, around), every),
        "flat rows from columns": lambda: [cut(layout, config, schema) for config, schema in FLAT.items()],
    }
    print(f"{count} records of {sum(map(len, lines)) / count:.0f} bytes")
    for name, job in jobs.items():
        print(f"{best(job) / count * 1e6:9.0f} us  {name}")


def _read(line: bytes) -> record.Article:
    return record.Article.model_validate_json(line)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, default=400)
    main(parser.parse_args().articles)
