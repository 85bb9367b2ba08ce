"""The rules, one module a family; importing this enters them all, by their codes."""

from tasrih.validation.registry import RULES
from tasrih.validation.rules import anchors, corpus, entities, metadata, quotes, schema, standoff, syntax, text

__all__ = ["anchors", "corpus", "entities", "metadata", "quotes", "schema", "standoff", "syntax", "text"]

for code in sorted(RULES):
    RULES[code] = RULES.pop(code)
