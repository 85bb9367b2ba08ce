"""The rules, one module a family; importing this enters them all."""

from tasrih.validation.rules import anchors, corpus, entities, metadata, quotes, schema, syntax, text

__all__ = ["anchors", "corpus", "entities", "metadata", "quotes", "schema", "syntax", "text"]
