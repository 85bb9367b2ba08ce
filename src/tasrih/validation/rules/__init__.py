"""The rules, one module a family; importing this enters them all."""

from tasrih.validation.registry import RULES
from tasrih.validation.rules import anchors, corpus, entities, metadata, quotes, schema, syntax, text

__all__ = ["anchors", "corpus", "entities", "metadata", "quotes", "schema", "syntax", "text"]

_BY_CODE = sorted(RULES.items())  # as they are listed, whatever their modules are called
RULES.clear()
RULES.update(_BY_CODE)
