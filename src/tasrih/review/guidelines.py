"""The guidelines for the page of the desk: as a tree of plain text, so that a page makes nothing but known elements."""

import re
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tasrih.errors import unreadable
from tasrih.guidelines import anchor
from tasrih.record import Json
from tasrih.resources import corpus_folder, document
from tasrih.terminal import clean
from tasrih.validation import RULES

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

_NAME = "GUIDELINES.md"
_CITED = re.compile(r"\(guidelines\s+([\d., and]+)\)")
_ELEMENTS = {
    "paragraph": "p",
    "bullet_list": "ul",
    "ordered_list": "ol",
    "list_item": "li",
    "strong": "strong",
    "em": "em",
    "code_inline": "code",
    "code_block": "pre",
    "fence": "pre",
    "table": "table",
    "thead": "thead",
    "tbody": "tbody",
    "tr": "tr",
    "th": "th",
    "td": "td",
}


def guidelines(corpus: Path | None) -> Json:
    """The guidelines of a corpus, or the bundled ones: `{sections: [{anchor, heading, level, blocks}]}`.

    A block is a node: a text, or a list of the name of an element and the nodes in it. Raises TasrihError when they
    cannot be read.
    """
    file = (corpus and document(corpus, _NAME)) or corpus_folder() / _NAME
    try:
        text = file.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise unreadable(file, error) from error
    blocks = _tree("\n".join(map(clean, text.splitlines()))).children
    heads = [number for number, block in enumerate(blocks) if block.type == "heading"]
    return {"sections": [_section(blocks[start:end]) for start, end in pairwise([*heads, len(blocks)])]}


@cache
def cited(code: str) -> tuple[str, ...]:
    """The rules of the guidelines that a rule of validation names, by their numbers: 7.3."""
    found = _CITED.findall(RULES[code].explanation) if code in RULES else []
    return tuple(re.findall(r"\d+\.\d+", " ".join(found)))


def _tree(text: str) -> "SyntaxTreeNode":
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode

    return SyntaxTreeNode(MarkdownIt("commonmark", {"html": False}).enable("table").parse(text))


def _section(blocks: list["SyntaxTreeNode"]) -> Json:
    heading = blocks[0].children[0].content
    told = [node for block in blocks[1:] for node in _nodes(block)]
    return {"anchor": anchor(heading), "heading": heading, "level": int(blocks[0].tag[1:]), "blocks": told}


def _nodes(node: "SyntaxTreeNode") -> list[Any]:
    if node.type in ("softbreak", "hardbreak"):
        return [" "]
    inner = [told for child in node.children for told in _nodes(child)] if node.children else [node.content]
    element = _ELEMENTS.get(node.type)
    return [[element, *inner]] if element else inner
