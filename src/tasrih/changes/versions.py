"""An article as one version has it, and which of its paragraphs is which of another version's."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple, get_origin

import orjson
from pydantic import BaseModel

from tasrih import record
from tasrih.record import Json
from tasrih.spans import SPANS, located, models_in
from tasrih.spans import plain as plain_type
from tasrih.standoff.filling import opened, read_article
from tasrih.standoff.models import MASK, digest, is_standoff
from tasrih.standoff.places import Edges, by_letters, unmoved

_HALF = 0.5
_LONGEST = 2**22  # characters of a paragraph whose words are not known
_PAIRS = 250_000  # of paragraphs whose words are held against each other
_LETTERS = 100_000_000  # pairs of letters; spans of longer paragraphs that changed are taken to stand where they stood


class Version(NamedTuple):
    """An article, with masks where its words are not known; `keys` has the SHA-256 of each paragraph, if it is."""

    article: record.Article
    keys: tuple[str | None, ...]


class Shift(NamedTuple):
    """The paragraph that one of the old version is in the new one, and where its spans are there."""

    paragraph: str
    edges: Edges


def version(data: bytes, *, cut: bool = False) -> Version:
    """The version that the bytes of a record hold, without its free texts where it is `cut`.

    Raises ValueError, also pydantic's ValidationError, for what is no record.
    """
    plain: Any = orjson.loads(data)
    if cut:
        return _unknown(plain)
    article = read_article(data)
    if is_standoff(plain):
        return Version(article, tuple(paragraph["sha256"] for paragraph in plain["paragraphs"]))
    return Version(article, tuple(digest(paragraph.text) for paragraph in article.paragraphs))


def is_cut(data: bytes) -> bool:
    """Whether a record is of a dataset that left words out."""
    try:
        plain = orjson.loads(data)
        return any("text" in paragraph and paragraph["text"] is None for paragraph in plain["paragraphs"])
    except (ValueError, LookupError, TypeError):
        return False


def _unknown(plain: Json) -> Version:
    """A record without its free texts, whose paragraphs are as long as its spans say."""
    opened_up = opened(plain)
    ends: Counter[str] = Counter()
    for span in (one.span for name in SPANS for one in located(opened_up, name)):
        ends[span["paragraph"]] = max(ends[span["paragraph"]], span["end"])
    made = _without_words(opened_up, record.Article)
    for paragraph in made["paragraphs"]:
        paragraph["text"] = MASK * max(min(ends[paragraph["id"]], _LONGEST), 1)
    article = record.Article.model_validate_json(orjson.dumps(made))
    return Version(article, (None,) * len(article.paragraphs))


def _without_words(value: Any, model: type[BaseModel] | None) -> Any:
    from tasrih.dataset.rights import words

    if isinstance(value, list):
        return [_without_words(item, model) for item in value]
    if model is None or not isinstance(value, dict):
        return value
    known = models_in(model)
    made = {name: _without_words(inner, known.get(name)) for name, inner in value.items()}
    for name in words(model):
        made[name] = [] if get_origin(plain_type(model.model_fields[name].annotation)) is tuple else MASK
    return made


def paired(old: Version, new: Version) -> dict[int, int]:
    """For paragraphs of the old version, by number, the new one that each is.

    Those with the same words come first, then those that share half of them, and those of one place whose words are not
    known.
    """
    found = dict(_of_one_key(old.keys, new.keys))
    rest = [[number for number in range(len(old.keys)) if number not in found]]
    rest.append([number for number in range(len(new.keys)) if number not in found.values()])
    if len(rest[0]) * len(rest[1]) <= _PAIRS:
        shares = sorted(_shares(old, new, *rest), key=lambda share: (-share[0], abs(share[1] - share[2]), share[1]))
        for _, one, other in shares:
            if one not in found and other not in found.values():
                found[one] = other
    return found


def _of_one_key(old: Iterable[str | None], new: Iterable[str | None]) -> Iterator[tuple[int, int]]:
    places: dict[str, list[int]] = {}
    for number, key in reversed(list(enumerate(new))):
        if key:
            places.setdefault(key, []).append(number)
    yield from ((number, places[key].pop()) for number, key in enumerate(old) if key and places.get(key))


def _shares(old: Version, new: Version, olds: list[int], news: list[int]) -> Iterator[tuple[float, int, int]]:
    words = [
        {number: Counter(side.article.paragraphs[number].text.split()) for number in numbers}
        for side, numbers in ((old, olds), (new, news))
    ]
    for one, before in words[0].items():
        for other, after in words[1].items():
            share = 2 * (before & after).total() / max(before.total() + after.total(), 1)
            if None in (old.keys[one], new.keys[other]):
                share = _HALF if one == other else 0
            if share >= _HALF:
                yield share, one, other


def shifts(old: Version, new: Version, pairs: Mapping[int, int]) -> dict[str, Shift]:
    """For the id of each old paragraph that is still there where it is."""
    found = {}
    for one, other in pairs.items():
        before, after = old.article.paragraphs[one], new.article.paragraphs[other]
        is_same = before.text == after.text or len(before.text) * len(after.text) > _LETTERS
        is_known = not (MASK in before.text or MASK in after.text)
        edges = unmoved if is_same or not is_known else by_letters(before.text, after.text)
        found[before.id] = Shift(after.id, edges)
    return found
