"""What the annotation guidelines (corpus/GUIDELINES.md) fix and the drafter, the rules and TEI share."""

VERSIONS = ("1.0", "1.1", "1.2", "1.3")
SPEAKERS = ("PERS", "ORG", "GPE", "NORP", "LAW")
"""The types of entities that can speak."""

UNDECIDED = "A reader must decide"
"""How the reason of a waiver begins that a draft leaves open."""
