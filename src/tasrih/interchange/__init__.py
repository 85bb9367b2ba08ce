"""Records from and to other formats."""

from tasrih.interchange.files import FORMATS, Converted, exported, imported

__all__ = ["FORMATS", "Converted", "exported", "imported"]
