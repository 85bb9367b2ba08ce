"""Results that were submitted: what they say of a system, whether they are complete, and what they score.

A result is `results/NAME.json`, and its predictions of the test split are `results/predictions/NAME.jsonl.gz`.
"""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import orjson
from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from tasrih.errors import InvalidError
from tasrih.reading import documents
from tasrih.resources import is_url
from tasrih.scoring.predictions import Predictions
from tasrih.scoring.reports import Scores
from tasrih.scoring.scores import Wanted, score_all
from tasrih.scoring.sides import ALL
from tasrih.version import SCORER

ROOT = Path(__file__).parents[1]
CORPUS, RESULTS = ROOT / "corpus", ROOT / "results"
SPLIT = "test"
Figure = list[float | None]
"""F1, or of quotes that match the part that is right, and the ends of its 95 % interval."""
_DIGITS = 4
_LARGEST = 8 * 2**20  # bytes of a file of predictions, packed: those of the baselines have some 25,000
_LAYER_KEYS = ("id", "quotes", "terms", "mentions", "tags", "quote_tags", "cue_tags", "speaker_tags", "ner_tags")
_ITEM_KEYS = ("spans", "span", "type", "kind", "cue", "speaker", "entity", "paragraph", "start", "end")
_KEYS = frozenset((*_LAYER_KEYS, *_ITEM_KEYS))
"""What predictions of words that are withheld may say: no `text`, no `name`."""
_LABEL = re.compile(r"[A-Za-z0-9._:@-]{1,64}")
_Said = Annotated[str, StringConstraints(min_length=1, max_length=400, pattern=r"^[^\x00-\x1f\x7f-\x9f|<>\[\]`\\]+$")]
"""What stands in a page: a line without what Markdown or HTML reads."""
_Version = Annotated[str, StringConstraints(pattern=r"^\d+(\.\d+)*[\w.+-]*$", max_length=40)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Trained(_Part):
    """How a system was made: the annotated articles that it has seen, None for none of them, and how it learnt."""

    on: _Said | None
    how: _Said


class Invalid(_Part):
    """How many answers there are, and how many of them cannot be read."""

    answers: int
    invalid: int


class Result(_Part):
    """What a result says of a system. What is measured, from `corpus` on, is filled in by a script."""

    system: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9.-]{0,39}$")]
    who: _Said
    date: date
    code: Annotated[str, StringConstraints(pattern=r"^(https://[^\s<>\"{}|\\^`\[\]()]+|[\w-]+(/[\w.-]+)*)$")] | None
    trained: Trained
    predictions: str
    corpus: _Version | None = None
    scorer: _Version | None = None
    invalid: Invalid | None = None
    figures: dict[str, dict[str, int | Figure]] | None = None


def results(folder: Path = RESULTS) -> list[tuple[Path, Result]]:
    """The results in a folder, by name. Raises TasrihError for one that is not complete, or not what it must be."""
    return [(path, _read(path)) for path in sorted(folder.glob("*.json"))]


def _read(path: Path) -> Result:
    try:
        found = Result.model_validate_json(path.read_bytes())
    except ValidationError as error:
        first = error.errors()[0]
        place = "/".join(map(str, first["loc"]))
        raise InvalidError(f"{place}: {first['msg']}. README.md there says what a result has.", path=path) from error
    if found.system != path.stem:
        raise InvalidError(f"is about {found.system}, and its name says {path.stem}.", path=path)
    if found.predictions != f"predictions/{path.stem}.jsonl.gz":
        raise InvalidError(f"its predictions belong into predictions/{path.stem}.jsonl.gz.", path=path)
    _refuse_words(path.parent / found.predictions)
    if found.code and not is_url(found.code) and not (ROOT / found.code / "README.md").is_file():
        told = "Give a folder of this repository that has a README.md, or a URL"
        raise InvalidError(f"its code is not in {found.code}. {told}.", path=path)
    return found


def _refuse_words(path: Path) -> None:
    """Raises TasrihError for predictions that say more than where, and of which class: words of a text, say."""
    if not path.is_file() or path.stat().st_size > _LARGEST:
        raise InvalidError(f"is not there, or has more than {_LARGEST >> 20} MB.", path=path)
    for document in documents([path]):
        try:
            line = orjson.loads(document.told())
        except orjson.JSONDecodeError as error:
            raise InvalidError(f"is no JSON ({error}).", path=path, line=document.line) from error
        for text in texts(line):
            if text not in _KEYS and not _LABEL.fullmatch(text):
                told = "has more than offsets and labels. Words of the articles cannot be published here"
                told += ": give spans by offsets, and speakers by span or entity."
                raise InvalidError(told, path=path, line=document.line)


def texts(value: object) -> Iterator[str]:
    """All texts in a value; keys that are not known count with a blank, which no label has."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from (key if key in _KEYS else f" {key}" for key in value)
        for one in value.values():
            yield from texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from texts(one)


def scored(systems: Mapping[str, Predictions]) -> dict[str, Scores]:
    """What systems score on the test split, by collection."""
    return score_all(CORPUS, systems, Wanted(by="collection"), SPLIT)


def figures(scores: Scores, lacking: Collection[str] = ()) -> dict[str, dict[str, Any]]:
    """For each group how many articles it has, and what was tried.

    A group that was not entered, all of whose articles are lacking, is left out, and `all` with it.
    """
    return {
        name: {"articles": group.articles}
        | {
            key: _rounded([group.counts[key].f1, *group.estimates[key].f1[:2]])
            for key in group.counts
            if key in scores.counted
        }
        for name, group in scores.groups.items()
        if group.each.keys().isdisjoint(lacking)
    }


def _rounded(numbers: Sequence[float | None]) -> Figure:
    return [None if number is None else round(number, _DIGITS) for number in numbers]


def measured(found: Iterable[tuple[Path, Result]], version: str) -> dict[Path, str]:
    """The results with their figures, as their files have them. Raises TasrihError for one that lacks articles."""
    every = {path: (one, path.parent / one.predictions) for path, one in found}
    scores = scored({one.system: predictions for one, predictions in every.values()})
    made = {}
    for path, (one, predictions) in every.items():
        lacking = scores[one.system].missing.get(str(predictions), [])
        _refuse_half(predictions, scores[one.system], lacking)
        made[path] = _laid_out(one, scores[one.system], lacking, version)
    return made


def _refuse_half(path: Path, scores: Scores, lacking: Collection[str]) -> None:
    """Raises TasrihError for predictions of some articles of a collection: what is hard cannot be left out."""
    for name, group in scores.groups.items():
        missing = group.each.keys() & lacking
        if name != ALL and missing and missing != group.each.keys():
            some = ", ".join(sorted(missing)[:5])
            raise InvalidError(f"lacks {len(missing)} of {group.articles} test articles of {name}: {some}.", path=path)


def _laid_out(result: Result, scores: Scores, lacking: Collection[str], version: str) -> str:
    """A result as JSON, with a figure on each line."""
    invalid = Invalid(answers=scores.invalid.answers, invalid=scores.invalid.invalid)
    told = result.model_copy(update={"corpus": version, "scorer": SCORER, "invalid": invalid, "figures": None})
    head = orjson.dumps(told.model_dump(mode="json"), option=orjson.OPT_INDENT_2).decode()
    groups = [
        f'    "{name}": {{\n'
        + ",\n".join(f'      "{key}": {json.dumps(figure)}' for key, figure in group.items())
        + "\n    }"
        for name, group in figures(scores, lacking).items()
    ]
    return head.removesuffix("null\n}") + "{\n" + ",\n".join(groups) + "\n  }\n}\n"
