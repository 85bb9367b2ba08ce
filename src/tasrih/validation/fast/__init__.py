"""The fast way through the rules: tells of many records at once which rules have nothing to find in them."""

from tasrih.validation.fast import anchors, entities, metadata, quotes, text
from tasrih.validation.fast.doubts import Doubts, doubts

__all__ = ["Doubts", "anchors", "doubts", "entities", "metadata", "quotes", "text"]
