"""What the annotation guidelines (corpus/GUIDELINES.md) fix and the drafter, the rules and TEI share."""

import re

VERSIONS = ("1.0", "1.1", "1.2", "1.3")
SPEAKERS = ("PERS", "ORG", "GPE", "NORP", "LAW")
"""The types of entities that can speak."""

UNDECIDED = "A reader must decide"
"""How the reason of a waiver begins that a draft leaves open."""


def anchor(heading: str) -> str:
    """The anchor of a heading of theirs: `4-quotes` of `4. Quotes`."""
    return re.sub(r"\W+", "-", heading.lower()).strip("-")
