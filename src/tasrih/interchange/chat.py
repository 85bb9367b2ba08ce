"""Chat JSON Lines, to tune language models on: an article a line, as instructions, its text, and what is found in it.

The answer is JSON by words, as models are good at, and not by offsets; with the id of the article before it, it is a
line of predictions, which the scorer reads. Each split is a file of its own: what is in test is not for training.
"""

import json
from collections.abc import Iterator
from functools import cache
from importlib import resources
from string import Template
from typing import get_args

import orjson

from tasrih import record as models
from tasrih.interchange.formats import Files, Format, Stream
from tasrih.interchange.losses import ROUND_ARTICLES, Loss
from tasrih.record import Json

SCHEMA = "answer.schema.json"
_LAYERS = ("mentions", "quotes", "terms")  # in this order: speakers are those of mentions
_NOT_ASKED = "it is not asked for"
_LOSSES = (
    *ROUND_ARTICLES,
    *(Loss(f"paragraphs[].{name}", "the text alone is given") for name in ("role", "repeats")),
    *(
        Loss(f"quotes[].{name}", _NOT_ASKED)
        for name in ("addressee", "parent", "continues", "phenomena", "provenance", "cue.kind")
    ),
    *(Loss(f"quotes[].speaker.{name}", _NOT_ASKED) for name in ("form", "others")),
    *(Loss(f"terms[].{name}", _NOT_ASKED) for name in ("entity", "provenance")),
    *(Loss(f"entities[].{name}", _NOT_ASKED) for name in ("name", "value", "link", "identifiers")),
    *(Loss(f"entities[].mentions[].{name}", _NOT_ASKED) for name in ("form", "provenance")),
)


@cache
def task() -> str:
    """What the model is told to do."""
    classes = {"ENTITIES": models.EntityType, "QUOTES": models.QuoteType, "TERMS": models.TermKind}
    words = resources.files("tasrih.interchange").joinpath("chat.md").read_text(encoding="utf-8").rstrip()
    return Template(words).substitute({name: ", ".join(get_args(values)) for name, values in classes.items()})


def _written(article: Json) -> Files:
    from tasrih.dataset.splits import Member, own_split

    about = article["metadata"]
    split = own_split(Member(article["id"], about.get("story"), about.get("published"), about.get("split")))
    text = "\n".join(f"[{number}] {one['text']}" for number, one in enumerate(article["paragraphs"], 1))
    said = {"system": task(), "user": text, "assistant": json.dumps(answer(article), ensure_ascii=False)}
    messages = [{"role": role, "content": content} for role, content in said.items()]
    line = {"id": article["id"], "split": split, "messages": messages}
    return {_file(split): orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE)}


def _file(split: str) -> str:
    return f"{split}.jsonl"


def answer(article: Json) -> Json:
    """What a record says, as the model shall answer it: by words."""
    words = _Words(article)
    made: dict[str, list[Json]] = {layer: [] for layer in _LAYERS}
    for entity in article["entities"]:
        about = {"type": entity["type"], "entity": entity["id"]}
        made["mentions"] += [{"span": words.of(one), **about} for one in entity["mentions"]]
    for quote in article["quotes"]:
        cue, speaker = quote["cue"], quote["speaker"]
        phrase = {"span": words.of(speaker["span"])} if speaker and speaker["span"] else {}
        made["quotes"].append(
            {
                "spans": [words.of(span) for span in quote["spans"]],
                "type": quote["type"],
                "cue": cue and words.of(cue),
                "speaker": speaker and {"entity": speaker["entity"], **phrase},
            }
        )
    for term in article["terms"]:
        made["terms"].append({"span": words.of(term["span"]), "kind": term["kind"]})
    return made


class _Words:
    """The paragraphs of an article, in which spans are said by words."""

    def __init__(self, article: Json) -> None:
        self.numbers = {one["id"]: number for number, one in enumerate(article["paragraphs"], 1)}
        self.texts = {one["id"]: one["text"] for one in article["paragraphs"]}

    def of(self, span: Json) -> Json:
        """A span by its words, its paragraph, and which of the places it is where these words begin."""
        words = span["text"]
        places = list(_starts(self.texts[span["paragraph"]], words))
        which = {"occurrence": places.index(span["start"]) + 1} if len(places) > 1 else {}
        return {"text": words, "paragraph": self.numbers[span["paragraph"]], **which}


def _starts(text: str, words: str) -> Iterator[int]:
    start = text.find(words)
    while start >= 0:
        yield start
        start = text.find(words, start + 1)


def schema() -> Files:
    """The JSON Schema of an answer: what predictions may have of it."""
    from tasrih.scoring.lines import Prediction

    whole: Json = Prediction.model_json_schema()
    defined: Json = whole["$defs"]
    defined["Span"] = {"$ref": "#/$defs/Words"}
    del defined["Offsets"]
    asked = {layer: _without_null(whole["properties"][layer]) for layer in _LAYERS}
    made: Json = {"type": "object", "properties": asked, "required": list(_LAYERS), "$defs": defined}
    return {SCHEMA: orjson.dumps(made, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)}


def _without_null(field: Json) -> Json:
    """A field that has to be there."""
    (kept,) = (one for one in field["anyOf"] if one != {"type": "null"})
    return {"description": field["description"], **kept}


CHAT = Format(
    label="Chat JSON Lines",
    about="For instruction tuning: an article a line, with what is asked, its text, and the answer as JSON by words, "
    f"which the scorer reads when the id of the article is put before it. Each split has a file of its own. {SCHEMA} "
    "serves to constrain what a model answers.",
    suffixes=(".jsonl",),
    write=_written,
    losses=_LOSSES,
    printed="json",
    stream=Stream("train.jsonl", parts=tuple(map(_file, get_args(models.Split)))),
    common=schema,
)
