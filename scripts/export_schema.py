"""Writes the published JSON Schemas from the record models; with --check, says whether they are stale."""

import json
import sys
from typing import Any

from generated import ROOT, arguments, settle
from pydantic.json_schema import GenerateJsonSchema

from tasrih import record
from tasrih.scoring.lines import Prediction
from tasrih.standoff.models import standoff

FOLDER = ROOT / "schema" / "v1"
MODELS = {
    "article": record.Article,
    "standoff": standoff(),
    "entities": record.Register,
    "predictions": Prediction,
}


class _Schema(GenerateJsonSchema):
    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002
        return False


def exported(name: str) -> str:
    """The JSON Schema (2020-12) of that name."""
    head = {"$schema": _Schema.schema_dialect, "$id": f"urn:tasrih:schema:v1:{name}"}
    body = MODELS[name].model_json_schema(schema_generator=_Schema)
    return json.dumps(head | body, ensure_ascii=False, indent=2) + "\n"


def main() -> int:
    given = arguments(__doc__).parse_args()
    return settle({FOLDER / f"{name}.schema.json": exported(name) for name in MODELS}, check=given.check)


if __name__ == "__main__":
    sys.exit(main())
