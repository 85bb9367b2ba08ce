"""What a language model is to answer, as a JSON Schema, and what it answers, as a line of predictions."""

from collections.abc import Iterator
from itertools import islice
from typing import Any, get_args

from tasrih.record import Article, EntityType, Json, QuoteType, TermKind
from tasrih.text.letters import occurrences

NOWHERE = {"paragraph": 1, "start": 0, "end": 0}
"""A span that no text has: it stands for words that are not in the article, so that they count as invalid."""


def _object(**properties: Json) -> Json:
    names = list(properties)
    return {"type": "object", "properties": properties, "required": names, "additionalProperties": False}


def _list(items: Json) -> Json:
    return {"type": "array", "items": items}


def _one_of(values: Any) -> Json:
    return {"type": "string", "enum": list(get_args(values))}


_INTEGER = {"type": "integer"}
_WORDS = _object(text={"type": "string"}, paragraph=_INTEGER, occurrence=_INTEGER)
_WORDS_OR_NONE = {"anyOf": [_WORDS, {"type": "null"}]}
_QUOTE = _object(spans=_list(_WORDS), type=_one_of(QuoteType), cue=_WORDS_OR_NONE, speaker=_WORDS_OR_NONE)
SCHEMA = _object(
    quotes=_list(_QUOTE),
    terms=_list(_object(span=_WORDS, kind=_one_of(TermKind))),
    mentions=_list(_object(span=_WORDS, type=_one_of(EntityType), entity={"type": "string"})),
)
"""The answer, in the part of JSON Schema that constrained answers know: all keys are there, and no others."""


def shown(article: Article) -> str:
    """An article as a model gets it: a paragraph a line, after its number and a tab."""
    return "\n".join(f"{paragraph.id[1:]}\t{paragraph.text}" for paragraph in article.paragraphs)


def line(article: Article, answer: Json) -> Json:
    """What an answer that keeps the schema says, as offsets: no line holds words of an article, nor of the answer."""
    texts = {int(paragraph.id[1:]): paragraph.text for paragraph in article.paragraphs}
    names = dict.fromkeys(mention["entity"] for mention in answer["mentions"])
    entities = {name: f"e{number}" for number, name in enumerate(names, 1)}
    return {
        "id": article.id,
        "quotes": [_quote(texts, quote) for quote in answer["quotes"]],
        "terms": [{"span": _span(texts, term["span"]), "kind": term["kind"]} for term in answer["terms"]],
        "mentions": [
            {"span": _span(texts, one["span"]), "type": one["type"], "entity": entities[one["entity"]]}
            for one in answer["mentions"]
        ],
    }


def without_answer(article: Article) -> Json:
    """The line of an article of which no answer could be read: one invalid quote."""
    return {"id": article.id, "quotes": [{"spans": [NOWHERE]}], "terms": [], "mentions": []}


def _quote(texts: dict[int, str], quote: Json) -> Json:
    cue, speaker = quote["cue"], quote["speaker"]
    return {
        "spans": [_span(texts, words) for words in quote["spans"]] or [NOWHERE],
        "type": quote["type"],
        "cue": cue and _span(texts, cue),
        "speaker": speaker and {"span": _span(texts, speaker)},
    }


def _span(texts: dict[int, str], words: Json) -> Json:
    """Where words are: letter for letter, or where they nowhere are, in another spelling."""
    text, wanted = texts.get(words["paragraph"], ""), words["text"].strip()
    found = list(_exactly(text, wanted)) or occurrences(text, wanted)
    place = next(islice(found, max(0, words["occurrence"] - 1), None), None)
    return NOWHERE if place is None else {"paragraph": words["paragraph"], "start": place[0], "end": place[1]}


def _exactly(text: str, wanted: str) -> Iterator[tuple[int, int]]:
    start = text.find(wanted) if wanted else -1
    while start >= 0:
        yield start, start + len(wanted)
        start = text.find(wanted, start + 1)
