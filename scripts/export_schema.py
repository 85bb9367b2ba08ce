"""Writes the published JSON Schemas from the record models; with --check, says whether they are stale."""

import json
import sys
from pathlib import Path
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from tasrih import record

FOLDER = Path(__file__).parents[1] / "schema" / "v1"
MODELS = {"article": record.Article, "entities": record.Register}


class _Schema(GenerateJsonSchema):
    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002
        return False


def exported(name: str) -> str:
    """The JSON Schema (2020-12) of that name."""
    head = {"$schema": _Schema.schema_dialect, "$id": f"urn:tasrih:schema:v1:{name}"}
    body = MODELS[name].model_json_schema(schema_generator=_Schema)
    return json.dumps(head | body, ensure_ascii=False, indent=2) + "\n"


def main() -> int:
    stale = []
    for name in MODELS:
        path = FOLDER / f"{name}.schema.json"
        if path.is_file() and path.read_text(encoding="utf-8") == exported(name):
            continue
        stale.append(path.name)
        if "--check" not in sys.argv:
            path.write_text(exported(name), encoding="utf-8")
    if "--check" in sys.argv and stale:
        print(f"stale: {', '.join(stale)}; run python scripts/export_schema.py", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
