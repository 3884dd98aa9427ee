"""Benchmark: run.py BUILD_DIRECTORY [N...]; prints ratios against yardsticks of the same run.

A throwaway server holds the schema of N tables. Medians of several runs, all in this one process' turn.
"""

import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).parent
SERVER_BIN = pathlib.Path("/usr/lib/postgresql/15/bin")
BASE_MEMORY_MB = 30


def as_server(arguments: list[str]) -> list[str]:
    """The server's programs refuse to run as root; Debian's package brings the user postgres along."""
    return ["runuser", "-u", "postgres", "--", *arguments] if os.geteuid() == 0 else arguments


class Server:
    """A cluster on a Unix socket in a temporary directory."""

    def __enter__(self):
        self.directory = tempfile.mkdtemp(prefix="schemadiff-bench-")
        if os.geteuid() == 0:
            shutil.chown(self.directory, "postgres")
        data = f"{self.directory}/data"
        run(as_server([str(SERVER_BIN / "initdb"), "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8",
                       "--no-locale", "--no-sync"]), cwd=self.directory)
        options = (f"-k {self.directory} -c listen_addresses= -c fsync=off -c synchronous_commit=off "
                   "-c full_page_writes=off -c max_locks_per_transaction=20000 -c max_wal_size=4GB")
        run(as_server([str(SERVER_BIN / "pg_ctl"), "-D", data, "-w", "-l", f"{self.directory}/log", "-o", options,
                       "start"]), cwd=self.directory)
        return self

    def __exit__(self, *_):
        subprocess.run(as_server([str(SERVER_BIN / "pg_ctl"), "-D", f"{self.directory}/data", "-m", "immediate",
                                  "stop"]), cwd=self.directory, stdout=subprocess.DEVNULL, check=False)
        shutil.rmtree(self.directory, ignore_errors=True)

    def conninfo(self, database: str) -> str:
        return f"host={self.directory} user=postgres dbname={database}"

    def load(self, database: str, file: pathlib.Path) -> None:
        psql = [str(SERVER_BIN / "psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1"]
        run([*psql, "-d", self.conninfo("postgres"), "-c", f"CREATE DATABASE {database}"])
        run([*psql, "-d", self.conninfo(database), "-f", str(file)])
        run([*psql, "-d", self.conninfo(database), "-c", "VACUUM ANALYZE"])


def run(command: list[str], cwd: str | None = None, allowed: tuple[int, ...] = (0,)) -> str:
    done = subprocess.run(command, cwd=cwd, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=False, text=True)
    if done.returncode not in allowed:
        sys.exit(f"{command[0]} ended with {done.returncode}")
    return done.stdout


def measure(command: list[str], allowed: tuple[int, ...] = (0,)) -> tuple[float, float]:
    """Wall seconds and peak megabytes of one run."""
    start = time.perf_counter()
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in allowed:
        sys.exit(f"{command[0]} ended with {child.returncode}")
    return seconds, usage.ru_maxrss / 1024


def medians(*commands: tuple[list[str], tuple[int, ...]], runs: int) -> list[tuple[float, float]]:
    """The commands take turns, so that a slow moment of the machine meets all of them."""
    results = [[measure(*command) for command in commands] for _ in range(runs)]
    return [(statistics.median(r[i][0] for r in results), max(r[i][1] for r in results))
            for i in range(len(commands))]


def bench(build: pathlib.Path, server: Server, scratch: pathlib.Path, count: int) -> dict[str, float]:
    tool = str(build / "cli" / "schemadiff")
    files = {}
    for form in ("plain", "changed"):
        files[form] = scratch / f"{form}_{count}.sql"
        files[form].write_text(run([sys.executable, str(HERE / "generate.py"), str(count), form]))
    database = f"bench_{count}"
    server.load(database, files["plain"])
    live = server.conninfo(database)
    runs = 7 if count <= 2000 else 5
    no_op, dump = medians(
        ([tool, "plan", "--from", live, "--to", str(files["plain"])], (0,)),
        ([str(SERVER_BIN / "pg_dump"), "--schema-only", "-d", live], (0,)),
        runs=runs)
    texts, _ = medians(
        ([tool, "plan", "--from", str(files["plain"]), "--to", str(files["changed"])], (2,)),
        (["true"], (0,)),
        runs=runs)
    raw = statistics.median(
        float(run([str(build / "tests" / "schemadiff_raw_parse"), str(files["plain"]), str(files["changed"])]))
        for _ in range(runs))
    print(f"{count} tables: no-op plan against a live database {no_op[0]:.3f} s, pg_dump --schema-only {dump[0]:.3f} s, "
          f"ratio {no_op[0] / dump[0]:.2f}; peak {no_op[1]:.0f} MB, "
          f"{1024 * (no_op[1] - BASE_MEMORY_MB) / count:.1f} kB per table beyond {BASE_MEMORY_MB} MB")
    print(f"{count} tables: plan of two files {texts[0]:.3f} s, bare parse of both {raw:.3f} s, "
          f"ratio {texts[0] / raw:.2f}; peak {texts[1]:.0f} MB, "
          f"{1024 * (texts[1] - BASE_MEMORY_MB) / count:.1f} kB per table beyond {BASE_MEMORY_MB} MB", flush=True)
    return {"live": no_op[0], "files": texts[0]}


def main() -> None:
    build = pathlib.Path(sys.argv[1]).resolve()
    counts = [int(n) for n in sys.argv[2:]] or [1000, 10000]
    with Server() as server, tempfile.TemporaryDirectory() as scratch:
        times = [bench(build, server, pathlib.Path(scratch), n) for n in counts]
    for low, high, a, b in zip(counts, counts[1:], times, times[1:]):
        print(f"growth from {low} to {high} tables ({high / low:.0f} times): live {b['live'] / a['live']:.1f}, "
              f"files {b['files'] / a['files']:.1f}")


if __name__ == "__main__":
    main()
