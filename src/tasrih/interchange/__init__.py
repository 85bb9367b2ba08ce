"""Records from and to other formats."""

from tasrih.interchange.conversion import Converted, exported, imported

__all__ = ["Converted", "exported", "imported"]
