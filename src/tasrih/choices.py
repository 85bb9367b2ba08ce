"""What can be chosen by name, where a command, a function and a table have to agree: apart from what does the work."""

from typing import Literal, get_args

Format = Literal["tei"]
"""Formats that records are made of, and written in."""
FORMATS: tuple[Format, ...] = get_args(Format)

Rendering = Literal["text", "json", "github", "sarif"]
"""For whom the report of a validation is."""
RENDERINGS: tuple[Rendering, ...] = get_args(Rendering)

Grouping = Literal["collection", "phenomena"]
"""By what figures are broken down."""
GROUPINGS: tuple[Grouping, ...] = get_args(Grouping)

Layer = Literal["quotes", "cues", "speakers", "terms", "mentions"]
"""What figures are of."""
LAYERS: tuple[Layer, ...] = get_args(Layer)

Schema = Literal["article", "standoff", "entities", "predictions"]
"""What there is a schema of."""
SCHEMAS: tuple[Schema, ...] = get_args(Schema)
