"""What annotators see of a record in tools that have labels: brat and Label Studio call everything alike."""

from collections.abc import Mapping
from typing import get_args

from tasrih import record
from tasrih.interchange.losses import ROUND_ARTICLES, Loss
from tasrih.interchange.regions import Region

LABELS: Mapping[str, str] = {"Quote": "quote", "Cue": "cue", "Phrase": "phrase", "Term": "term"}
"""The labels of the kinds of regions; mentions have those of `TYPES`."""
TYPES: tuple[str, ...] = get_args(record.EntityType)
ATTRIBUTES: Mapping[str, tuple[str, str, tuple[str, ...]]] = {
    "QuoteType": ("quote", "type", get_args(record.QuoteType)),
    "CueKind": ("cue", "kind", get_args(record.CueKind)),
    "PhraseForm": ("phrase", "form", get_args(record.ParticipantForm)),
    "TermKind": ("term", "kind", get_args(record.TermKind)),
    "MentionForm": ("mention", "form", get_args(record.MentionForm)),
}
"""The names of attributes: of which kind of region they are, what they are called there, and their values."""
LINKS: Mapping[str, str] = {
    "ReportedBy": "cue",
    "SpokenBy": "speaker",
    "SpokenTo": "addressee",
    "AlsoSpokenBy": "other-speaker",
    "AlsoSpokenTo": "other-addressee",
    "Inside": "parent",
    "Continues": "continues",
    "RefersTo": "refers",
    "Names": "names",
    "SameAs": "same",
}
"""The labels of the kinds of relations."""
LABEL_LOSSES = (
    *ROUND_ARTICLES,
    Loss("paragraphs[].role", "a mark on a whole paragraph would lie over all others"),
    Loss("paragraphs[].repeats", "it has no relations between paragraphs"),
    Loss("quotes[].phenomena", "it is for scores, and not for annotators"),
    Loss("quotes[].provenance", "it is the drafter's"),
    Loss("terms[].provenance", "it is the drafter's"),
    Loss("entities[].mentions[].provenance", "it is the drafter's"),
)


def label_of(region: Region) -> str:
    """The label of a region; that of a mention is the type of its entity."""
    return next((label for label, kind in LABELS.items() if kind == region.kind), "") or region.attributes["type"]
