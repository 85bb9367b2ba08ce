"""What the commands of baselines have in common: the articles, what is trained on, and the lines that are written."""

import argparse
import json
import sys
from collections.abc import Callable, Iterable
from typing import Any

from baselines.rows import Row, rows
from tasrih.corpus import loaded
from tasrih.dataset.splits import SPLITS, Member, own_split
from tasrih.record import Article
from tasrih.standoff.models import is_masked

TRAINING = {"composed": ("composed",), "real": ("published",), "both": ("composed", "published")}
"""The origins of the articles of each training set."""
Tagger = Callable[[list[Row]], list[Row]]


def parser(told: str | None) -> argparse.ArgumentParser:
    """The arguments that every baseline has: the corpora, and the split of which predictions are printed."""
    made = argparse.ArgumentParser(description=(told or "").partition("\n")[0])
    made.add_argument("corpus", nargs="+", help="records with their words, such as `tasrih hydrate` writes")
    made.add_argument("--split", choices=SPLITS, default="test", help="predict this split (default: test)")
    return made


def training_parser(told: str | None) -> argparse.ArgumentParser:
    """The same, and what is trained on."""
    made = parser(told)
    made.add_argument("--train", choices=TRAINING, default="both", help="train on articles of this origin")
    return made


def of_split(paths: Iterable[str], split: str, origins: Iterable[str] = TRAINING["both"]) -> list[Article]:
    """The articles of a split and of some origins, in their order. Exits where the words of one are not there."""
    found = [article.record for article in loaded(list(paths)) if _split(article.record) == split]
    wanted = [article for article in found if article.metadata.origin in origins]
    for article in wanted:
        if is_masked(article) or not all(paragraph.text for paragraph in article.paragraphs):
            sys.exit(f"{article.id}: its words are withheld. `tasrih hydrate` puts them together.")
    if not wanted:
        sys.exit(f"There is no article of {' or '.join(origins)} origin in {split}.")
    return wanted


def _split(article: Article) -> str:
    about = article.metadata
    return own_split(Member(article.id, about.story, about.published, about.split))


def printed(lines: Iterable[dict[str, Any]]) -> None:
    """Prints predictions as JSON Lines."""
    for line in lines:
        print(json.dumps(line, ensure_ascii=False, separators=(",", ":")))


def tagged(found: Iterable[Row], tags: Callable[[Row], dict[str, list[str]]]) -> list[Row]:
    """Rows with the tags that a system gives them."""
    return [row._replace(tags=tags(row)) for row in found]


def training_rows(given: argparse.Namespace, split: str = "train") -> list[Row]:
    """The rows of the articles that are trained on."""
    return [row for row in rows(of_split(given.corpus, split, TRAINING[given.train])) if row.tokens]
