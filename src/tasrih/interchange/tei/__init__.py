"""Articles as text with the annotations marked in it, in the manner of TEI: what a person writes by hand."""

from tasrih.interchange.tei.parser import from_tei
from tasrih.interchange.tei.writer import to_tei

__all__ = ["from_tei", "to_tei"]
