"""What can be chosen by name, where a command, a function and a table have to agree: apart from what does the work."""

from typing import Literal, get_args

Format = Literal[
    "tei",
    "brat",
    "web-annotation",
    "cas",
    "cas-json",
    "conllu",
    "corefud",
    "spacy",
    "label-studio",
    "predictions",
    "chat",
    "iob2",
    "csv",
    "text",
]
"""Formats that records are made of, and written in."""
FORMATS: tuple[Format, ...] = get_args(Format)

Rendering = Literal["text", "json", "github", "sarif"]
"""For whom the report of a validation is."""
RENDERINGS: tuple[Rendering, ...] = get_args(Rendering)

Grouping = Literal["collection", "outlet", "split", "phenomena"]
"""By what figures of articles are broken down."""
GROUPINGS: tuple[Grouping, ...] = get_args(Grouping)

Layer = Literal["quotes", "cues", "speakers", "terms", "mentions"]
"""What figures are of."""
LAYERS: tuple[Layer, ...] = get_args(Layer)

ScoreGrouping = Literal["collection", "outlet", "split", "type", "phenomena"]
"""The same against a gold standard, which says what an item is."""
SCORE_GROUPINGS: tuple[ScoreGrouping, ...] = get_args(ScoreGrouping)

Report = Literal["text", "tsv", "json"]
"""For whom figures are."""
REPORTS: tuple[Report, ...] = get_args(Report)

ChangesFormat = Literal["text", "markdown", "tsv", "json"]
"""For whom it is told what changed between two versions of a corpus."""
CHANGES_FORMATS: tuple[ChangesFormat, ...] = get_args(ChangesFormat)

Given = Literal["quotes", "mentions"]
"""What attribution alone takes as given."""
GIVEN: tuple[Given, ...] = get_args(Given)

Schema = Literal["article", "standoff", "entities", "predictions"]
"""What there is a schema of."""
SCHEMAS: tuple[Schema, ...] = get_args(Schema)

Rows = Literal["tsv", "json", "csv"]
"""What rows are written as."""
ROWS: tuple[Rows, ...] = get_args(Rows)
