"""Records from and to other formats."""

from tasrih.interchange.conversion import exported, imported

__all__ = ["exported", "imported"]
