"""What a stand-off record is: the models of `tasrih.record` with measures in the place of words.

They generate `schema/v1/standoff.schema.json`. What is left out is every `text`: that of paragraphs, of spans, and of
lines of the source.
"""

import hashlib
import re
from collections.abc import Sequence
from copy import copy
from functools import cache
from itertools import pairwise
from types import NoneType
from typing import Annotated, Any, get_args, get_origin

import orjson
from pydantic import BaseModel, Field, create_model

from tasrih.record import Article, Json, Offset, Paragraph, Sha256
from tasrih.spans import model_in, models_in, plain

MASK = "▒"
"""What stands for a letter of a word that is left out, where records are read that have no words."""
_WORDS = "text"
_LONGEST = 2**24  # characters of a paragraph; a file with so many is too large to be read
_RUNS = re.compile(r"\S+|\s+")
_MEASURES: dict[str, tuple[Any, Any]] = {
    "length": (
        Annotated[Offset, Field(ge=1, le=_LONGEST)],
        Field(description="How many Unicode code points the text has.", examples=[29]),
    ),
    "sha256": (
        Sha256,
        Field(
            description="SHA-256 of the text in UTF-8, in lower-case hexadecimal.",
            examples=["cec71b49e8abf1e561e538697ad77f64d274638983be8209aa973cfc5b5fe244"],
        ),
    ),
    "words": (
        tuple[Annotated[int, Field(ge=-_LONGEST, le=_LONGEST)], ...],
        Field(
            default=(),
            description="How many code points each word has, in order, for finding spans again where the text has "
            "changed. One space stands between two words, or else as much white space as a negative number says.",
            examples=[[4, 6, 2, 6, 6]],
        ),
    ),
}


@cache
def standoff(model: type[BaseModel] = Article) -> type[BaseModel]:
    """A model of `tasrih.record` as it is in stand-off records."""
    fields: dict[str, Any] = {}
    for name, field in model.model_fields.items():
        if name != _WORDS:
            changed = copy(field)
            changed.examples = [withheld(example, model_in(field.annotation)) for example in field.examples or ()]
            fields[name] = _within(field.annotation), changed
        elif model is Paragraph:
            fields |= _MEASURES
    return create_model(model.__name__, __config__=model.model_config, __doc__=model.__doc__, **fields)


def _within(annotation: Any) -> Any:
    """A field's annotation with the models in it as they are in stand-off records."""
    model = model_in(annotation)
    if model is None:
        return annotation
    bare = plain(annotation)
    inner: Any = standoff(model)
    inner = tuple[inner, ...] if get_origin(bare) is tuple else inner
    return inner | None if NoneType in get_args(annotation) else inner


def withheld(value: Any, model: type[BaseModel] | None = Article) -> Any:
    """A record, or a part of one that is of this model, without its words."""
    if isinstance(value, list):
        return [withheld(item, model) for item in value]
    if model is None or not isinstance(value, dict):
        return value
    kept: Json = {}
    for name, inner in value.items():
        if name != _WORDS or _WORDS not in model.model_fields:
            kept[name] = withheld(inner, models_in(model)[name])
        elif model is Paragraph:
            kept |= measures(inner)
    return kept


def without_text(value: Any) -> Any:
    """Plain data without the words of any span in it."""
    if isinstance(value, dict):
        return {name: without_text(inner) for name, inner in value.items() if name != _WORDS}
    return [without_text(item) for item in value] if isinstance(value, list) else value


def measures(text: str) -> Json:
    """What a stand-off record says of a paragraph's text: its length, its SHA-256, and the lengths of its words."""
    runs = [-len(run) if run.isspace() else len(run) for run in _RUNS.findall(text)]
    words = [*runs[:1], *(run for run in runs[1:-1] if run != -1), *runs[1:][-1:]]
    return {"length": len(text), "sha256": digest(text), "words": words}


def length_of(words: Sequence[int]) -> int:
    """How long a text is whose words have these lengths."""
    return sum(map(abs, words)) + sum(one > 0 and other > 0 for one, other in pairwise(words))


def digest(text: str) -> str:
    """The SHA-256 of a text in UTF-8, in hexadecimal; a half of a character that no file can hold counts as such."""
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


def model_of(data: bytes) -> type[BaseModel]:
    """The model of the record that bytes are meant to hold."""
    try:
        return standoff() if is_standoff(orjson.loads(data)) else Article
    except orjson.JSONDecodeError:
        return Article


def is_standoff(record: Any) -> bool:
    """Whether plain data is meant to be a record without its words: its first paragraph has a length and no text."""
    try:
        first = record["paragraphs"][0]
        return _WORDS not in first and not first.keys().isdisjoint(_MEASURES)
    except (LookupError, TypeError, AttributeError):
        return False


def is_mask(text: str) -> bool:
    """Whether a text is nothing but a mask."""
    return MASK in text and set(text) <= {MASK, " "}


def is_masked(article: Article) -> bool:
    """Whether a record has masks for its words: in every paragraph."""
    return all(is_mask(paragraph.text or "") for paragraph in article.paragraphs)
