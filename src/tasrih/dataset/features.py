"""The columns of every config: derived from the record models for `articles`, listed for the flat ones."""

from typing import Any

import pyarrow as pa
from datasets import ClassLabel, Features, List, Value

from tasrih import columnar
from tasrih.dataset.rights import HASHES
from tasrih.dataset.tokens import LABELS
from tasrih.record import Span


def _flat(strings: str, integers: str, **others: Any) -> Features:
    columns = {name: Value("string") for name in strings.split()}
    return Features(columns | {name: Value("int32") for name in integers.split()} | others)


def _tags(layer: str) -> List:
    return List(ClassLabel(names=["O", *(f"{prefix}-{name}" for name in LABELS[layer] for prefix in "BI")]))


FEATURES = {
    "articles": Features.from_arrow_schema(columnar.schema()),
    "quotes": _flat(
        "article_id collection origin published publisher quote_id type text paragraph_id paragraph "
        "cue cue_kind cue_paragraph_id speaker speaker_id speaker_type speaker_link speaker_form speaker_text "
        "speaker_paragraph_id addressee parent continues",
        "start end cue_start cue_end speaker_start speaker_end",
        spans=List(dict(Features.from_arrow_schema(pa.schema(columnar.fields(Span))))),
    ),
    "terms": _flat(
        "article_id collection origin published publisher term_id kind text paragraph_id paragraph "
        "entity entity_id entity_type entity_link",
        "start end",
    ),
    "entities": _flat(
        "article_id collection origin published publisher entity_id type name value link wikidata iso3166 geonames "
        "text form paragraph_id paragraph",
        "start end",
    ),
    "tokens": _flat(
        "article_id collection origin published publisher paragraph_id role",
        "",
        tokens=List(Value("string")),
        starts=List(Value("int32")),
        ends=List(Value("int32")),
        **{f"{layer}_tags": _tags(layer) for layer in LABELS},
    ),
}

SAMPLE = "sample"
"""The config of a few articles to look at."""

ALL = FEATURES | {SAMPLE: FEATURES["articles"], HASHES: _flat("article_id at sha256", "")}
"""The features of every config that a dataset may have."""
