"""What can be asked for: the one table that parser, help, documents, completion and the explorer read."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, NamedTuple, get_args

from tasrih import record

Kind = Literal["words", "choice", "name", "value", "period", "number"]

_CHOICES: dict[str, tuple[str, ...]] = {
    "type": get_args(record.QuoteType),
    "speaker.form": get_args(record.ParticipantForm),
    "speaker.type": get_args(record.EntityType),
    "addressee.form": get_args(record.ParticipantForm),
    "addressee.type": get_args(record.EntityType),
    "cue.kind": get_args(record.CueKind),
    "role": get_args(record.ParagraphRole),
    "split": get_args(record.Split),
    "status": get_args(record.Annotation.model_fields["status"].annotation),
}


class Field(NamedTuple):
    """A field: its name, what it holds, how a value is written, of what it is a fact, and what can be chosen."""

    name: str
    holds: str
    kind: Kind
    of: Literal["quote", "article"]
    example: str
    also: tuple[str, ...]
    choices: tuple[str, ...]


def _fields() -> dict[str, Field]:
    rows = tomllib.loads(Path(__file__).with_name("fields.toml").read_text(encoding="utf-8"))
    return {
        name: Field(name, **row | {"also": tuple(row["also"]), "choices": _CHOICES.get(name, ())})
        for name, row in rows.items()
    }


FIELDS: Mapping[str, Field] = _fields()
"""The fields by name, in the order of the documents."""
