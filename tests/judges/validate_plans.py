"""Judge: every golden plan.json obeys the published JSON Schema, docs/plan.schema.json."""

import json
import pathlib
import sys

import jsonschema


def main() -> int:
    root = pathlib.Path(sys.argv[1])
    schema = json.loads((root / "docs" / "plan.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    plans = sorted(root.glob("fixtures/*/*/plan.json"))
    failures = 0
    for path in plans:
        for error in validator.iter_errors(json.loads(path.read_text())):
            failures += 1
            print(f"{path.relative_to(root)}: {error.json_path}: {error.message}")
    if not plans:
        print("no golden plans were found")
        return 1
    print(f"{len(plans)} plans, {failures} violations")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
