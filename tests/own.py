"""A corpus repository of somebody else's, whose text, people and outlets are invented."""

import hashlib
import json

HEADLINE = "بلدية المرفأ الأزرق تعلن خطة للإنارة"
SPEECH = "سنضيء الرصيف كله قبل الشتاء"
BODY = f'وقالت رئيسة البلدية سهيلة المرجاني: "{SPEECH}".'
ALIAS = "سهيلة م. المرجاني"
CITATION = """\
cff-version: 1.2.0
message: Please cite it so.
type: dataset
title: "Marfa: quotations of a harbour press"
abstract: Quotations from the harbour press, read by two people.
authors:
  - given-names: Salma
    family-names: Haddad
  - name: The Harbour Society
version: 2.3.0
license: ODbL-1.0
url: https://marfa.example.org/corpus
date-released: 2024-02-03
keywords: [harbour]
"""
REGISTER = {
    "schema_version": "1.0",
    "entities": [
        {
            "id": "suhayla-marjani",
            "type": "PERS",
            "origin": "invented",
            "names": {"arabic": ["سهيلة المرجاني", ALIAS], "latin": ["Suhayla Marjani"]},
        }
    ],
}


def span(paragraph, text, words):
    start = text.index(words)
    return {"paragraph": paragraph, "start": start, "end": start + len(words), "text": words}


def record(name="2024-01-02-lights", number="", **metadata):
    """An article that an outlet published and a person annotated, with one direct quote."""
    body = BODY + (f" وأضيفت إليها الفقرة {number}." if number else "")
    name_span = span("p2", body, "سهيلة المرجاني")
    about = {"language": "ar", "collection": "harbour", "origin": "published", "published": name[:10]}
    about |= {"publisher": "جريدة المرفأ الأزرق", "url": "https://marfa.example.org/1"}
    about |= {"rights": {"holder": None, "license": "ODbL-1.0", "redistribution": "permitted"}}
    source = f"{HEADLINE}\n\n{body}\n".encode()
    about |= {"source": {"path": f"sources/{name}.txt", "sha256": hashlib.sha256(source).hexdigest()}}
    annotators = [{"id": "reader-a", "kind": "human"}]
    about |= {"annotation": {"status": "reviewed", "guidelines": "1.1", "annotators": annotators}}
    quote = {"id": "q1", "type": "direct", "spans": [span("p2", body, SPEECH)]}
    quote |= {"cue": span("p2", body, "قالت") | {"kind": "verb"}}
    quote |= {"speaker": {"entity": "e1", "form": "named", "span": span("p2", body, "رئيسة البلدية سهيلة المرجاني")}}
    entity = {"id": "e1", "type": "PERS", "name": "سهيلة المرجاني", "link": "suhayla-marjani"}
    entity |= {"mentions": [name_span | {"form": "named"}]}
    paragraphs = [{"id": "p1", "role": "headline", "text": HEADLINE}, {"id": "p2", "role": "body", "text": body}]
    made = {"schema_version": "1.0", "id": name, "metadata": about | metadata, "paragraphs": paragraphs}
    return made | {"quotes": [quote], "terms": [], "entities": [entity]}


def add(folder, made):
    """Writes a record to its place in a corpus folder, and its source."""
    paragraphs = [paragraph["text"] for paragraph in made["paragraphs"]]
    (folder / "sources").mkdir(parents=True, exist_ok=True)
    (folder / f"sources/{made['id']}.txt").write_text("\n\n".join(paragraphs) + "\n", encoding="utf-8")
    file = folder / f"articles/{made['metadata']['collection']}/{made['id']}.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(made, ensure_ascii=False), encoding="utf-8")


def repository(folder, citation=CITATION):
    """Makes the repository: settings, a register, a licence for the data, a citation file, one record."""
    add(folder / "corpus", record())
    (folder / "corpus/entities.json").write_text(json.dumps(REGISTER, ensure_ascii=False), encoding="utf-8")
    (folder / "pyproject.toml").write_text('[tool.tasrih]\npaths = ["corpus"]\n', encoding="utf-8")
    (folder / "LICENSE-DATA.md").write_text("The harbour's own terms.\n", encoding="utf-8")
    if citation:
        (folder / "CITATION.cff").write_text(citation, encoding="utf-8")
    return folder
