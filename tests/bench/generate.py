"""Writes a schema of N tables in realistic proportion: generate.py N [changed] > schema.sql

Each table has a key, two checks, two or three indexes and a foreign key; each ten tables share a view, a
function and a trigger. `changed` gives the text after a small release: a column, an index and a function more.
"""

import sys


def table(i: int, changed: bool) -> str:
    lines = [
        "id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
        "tenant_id bigint NOT NULL",
        f"parent_id bigint{'' if i % 10 == 0 else f' REFERENCES t{i - i % 10:05d} (id) ON DELETE CASCADE'}",
        "code character varying(40) NOT NULL",
        "title text NOT NULL DEFAULT ''",
        "state text NOT NULL DEFAULT 'new'",
        "amount numeric(12,2) NOT NULL DEFAULT 0",
        "payload jsonb NOT NULL DEFAULT '{}'",
        "created_at timestamp with time zone NOT NULL DEFAULT now()",
        "updated_at timestamp with time zone",
        f"CONSTRAINT t{i:05d}_state_known CHECK (state IN ('new', 'open', 'done'))",
        f"CONSTRAINT t{i:05d}_amount_positive CHECK (amount >= 0 AND (state <> 'done' OR amount > 0))",
    ]
    if changed and i % 100 == 7:
        lines.append("released_at timestamp with time zone")
    name = f"t{i:05d}"
    text = f"CREATE TABLE {name} (\n    " + ",\n    ".join(lines) + "\n);\n"
    text += f"CREATE UNIQUE INDEX {name}_code_key ON {name} (tenant_id, lower(code));\n"
    text += f"CREATE INDEX {name}_created_idx ON {name} (created_at DESC) WHERE state <> 'done';\n"
    if i % 2 == 0 or (changed and i % 100 == 9):
        text += f"CREATE INDEX {name}_parent_idx ON {name} (parent_id);\n"
    return text


def group(i: int, changed: bool) -> str:
    name = f"t{i:05d}"
    limit = 200 if changed and i % 500 == 0 else 100
    return (
        f"CREATE VIEW v{i:05d} AS\n    SELECT a.id, a.title, a.amount, count(b.id) AS children\n"
        f"    FROM {name} a LEFT JOIN t{i + 1:05d} b ON b.parent_id = a.id\n"
        f"    WHERE a.state IN ('new', 'open') GROUP BY a.id, a.title, a.amount;\n"
        f"CREATE FUNCTION touch_{i:05d}() RETURNS trigger LANGUAGE plpgsql AS $$\nBEGIN\n"
        f"    NEW.updated_at := now();\n    IF NEW.amount > {limit} THEN\n        NEW.state := 'open';\n    END IF;\n"
        f"    RETURN NEW;\nEND;\n$$;\n"
        f"CREATE TRIGGER {name}_touch BEFORE UPDATE ON {name} FOR EACH ROW EXECUTE FUNCTION touch_{i:05d}();\n"
    )


def main() -> None:
    count = int(sys.argv[1])
    changed = len(sys.argv) > 2 and sys.argv[2] == "changed"
    out = []
    for i in range(count):
        out.append(table(i, changed))
        if i % 10 == 9:
            out.append(group(i - 9, changed))
    sys.stdout.write("\n".join(out))


if __name__ == "__main__":
    main()
