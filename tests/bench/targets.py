"""Benchmark: targets.py BUILD_DIRECTORY [N...]; checks N databases of one server at once, and quickly.

The yardsticks are pg_dump --schema-only of the same databases, as many at a time, and a bare connection to each.
"""

import os
import pathlib
import sys
import tempfile

from run import HERE, SERVER_BIN, Server, measure, run

TABLES = 20


def bench(build: pathlib.Path, server: Server, scratch: pathlib.Path, count: int, made: list[str]) -> None:
    tool, schema, jobs = str(build / "cli" / "schemadiff"), scratch / "schema.sql", str(2 * (os.cpu_count() or 1))
    if not made:
        schema.write_text(run([sys.executable, str(HERE / "generate.py"), str(TABLES), "plain"]))
        server.load("tenants", schema)
        # a record for --quick, which the copies have too
        run([tool, "baseline", "--from", server.conninfo("tenants"), "--to", str(schema)])
    while len(made) < count:
        name = f"tenant_{len(made):04d}"
        run([str(SERVER_BIN / "psql"), "-X", "-q", "-d", server.conninfo("postgres"), "-c",
             f"CREATE DATABASE {name} TEMPLATE tenants STRATEGY file_copy"])
        made.append(name)
    targets = scratch / "targets.txt"
    targets.write_text("".join(server.conninfo(name) + "\n" for name in made[:count]))

    def each(command: str) -> list[str]:
        return ["sh", "-c", f"tr '\\n' '\\0' <{targets} | xargs -0 -P {jobs} -I CONNINFO {command}"]

    check = [tool, "check", "--targets", str(targets), "--to", str(schema), "--jobs", jobs]
    full, memory = measure(check)
    quick, _ = measure([*check, "--quick"])
    dump, _ = measure(each(f"{SERVER_BIN}/pg_dump --schema-only -d CONNINFO"))
    bare, _ = measure(each(f"{SERVER_BIN}/psql -X -q -d CONNINFO -c 'SELECT 1'"))
    print(f"{count} databases of {TABLES} tables, {jobs} at a time: check {full:.1f} s ({1000 * full / count:.0f} ms each), "
          f"--quick {quick:.1f} s, pg_dump {dump:.1f} s (ratio {full / dump:.2f}), bare psql {bare:.1f} s; "
          f"peak {memory:.0f} MB", flush=True)


def main() -> None:
    build = pathlib.Path(sys.argv[1]).resolve()
    made: list[str] = []
    with Server() as server, tempfile.TemporaryDirectory() as scratch:
        for count in sorted(int(n) for n in sys.argv[2:]) or [100, 1000]:
            bench(build, server, pathlib.Path(scratch), count, made)


if __name__ == "__main__":
    main()
