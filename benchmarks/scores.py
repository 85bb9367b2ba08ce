"""How long scores take: 1,000 composed articles (those of the corpus, again and again) by five systems, on one core.

    python benchmarks/scores.py [--articles N] [--systems N]

A system is the corpus with every seventh quote and every fifth mention of an entity gone, others in each. What is
timed: the figures with their intervals and means, side by side; what one system gains over another with its p; and the
figures of one by phenomenon.
"""

import argparse
import time
from itertools import cycle, islice

import tasrih
from tasrih.record import Article
from tasrih.scoring.comparison import differences
from tasrih.scoring.reports import score_tables
from tasrih.scoring.scores import score_all


def spoilt(article: Article, offset: int) -> Article:
    """An article without some of its quotes and mentions."""
    entities = [
        one.model_copy(update={"mentions": tuple(_most(one.mentions, 5, number + offset))})
        for number, one in enumerate(article.entities)
    ]
    return article.model_copy(update={"quotes": tuple(_most(article.quotes, 7, offset)), "entities": tuple(entities)})


def _most(items: tuple, every: int, offset: int) -> list:
    return [item for number, item in enumerate(items) if (number + offset) % every]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--systems", type=int, default=5)
    given = parser.parse_args()
    composed = [one.record for one in tasrih.load() if one.record.metadata.origin == "composed"]
    gold = [
        one.model_copy(update={"id": f"{one.id}-{number}"})
        for number, one in enumerate(islice(cycle(composed), given.articles))
    ]
    systems = [[spoilt(one, offset) for one in gold] for offset in range(given.systems)]

    began = time.process_time()
    groups, _ = score_all(gold, systems)
    tables = score_tables(dict(zip(map(str, range(given.systems)), groups, strict=True)))
    print(f"{len(gold)} articles, {given.systems} systems, with intervals: {time.process_time() - began:.1f} s")
    began = time.process_time()
    differences(groups[0], groups[1])
    print(f"what one gains over another: {time.process_time() - began:.1f} s")
    began = time.process_time()
    score_tables({"": tasrih.score(gold, systems[0], by="phenomena").groups})
    print(f"one system by phenomenon: {time.process_time() - began:.1f} s")
    assert len(tables) == 1


if __name__ == "__main__":
    main()
