"""The query language of quotes: its fields, what was written as terms, and which quotes they hold of."""

from tasrih.queries.fields import FIELDS, Field
from tasrih.queries.matching import Question
from tasrih.queries.parsing import Term, parse

__all__ = ["FIELDS", "Field", "Question", "Term", "parse"]
