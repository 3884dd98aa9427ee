"""Benchmark: scenarios.py BUILD_DIRECTORY [NAME...]; the scenarios end to end on rows, beside their limits.

Where a scenario has applications, the old one runs from before expand to the end of migrate and the new one from the
end of expand to the end of contract; on the way back they change places again.
"""

import pathlib
import subprocess
import sys
import tempfile
import threading
import time

from run import HERE, SERVER_BIN, Server, run

SCENARIOS = HERE.parent.parent / "fixtures" / "scenarios"
RATE = 50  # transactions a second of each application

# Rows of the largest tables, and seconds that a team gives: for apply, for a lock that others wait for, for the way back.
LIMITS = {
    "nda": (50_000, 300, 10, 120),
    "law-firm": (50_000, 600, 10, 60),
    "clearway": (100_000, 60, 10, 60),
    "model-platform": (100_000, 600, 10, 60),
    "antone": (50_000, 600, 10, 60),
}

# How long somebody has waited for a lock that schemadiff has, or waits for before them.
WAITS = """SELECT extract(epoch FROM max(clock_timestamp() - waitstart)) FROM pg_locks WHERE NOT granted AND EXISTS (
  SELECT FROM unnest(pg_blocking_pids(pid)) AS b(pid) JOIN pg_stat_activity USING (pid)
  WHERE application_name = 'schemadiff')"""


class Waits:
    """Looks for waiting sessions all the time, a hundred times a second."""

    def __init__(self, conninfo: str):
        self.psql = subprocess.Popen([str(SERVER_BIN / "psql"), "-X", "-q", "-A", "-t", "-d", conninfo],
                                     stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.longest = 0.0
        self.reader = threading.Thread(target=self.read)
        self.reader.start()
        self.psql.stdin.write(WAITS + " \\watch 0.01\n")
        self.psql.stdin.flush()

    def read(self) -> None:
        for line in self.psql.stdout:
            try:
                self.longest = max(self.longest, float(line))
            except ValueError:
                pass  # nobody waits, or the time of day

    def end(self) -> float:
        self.psql.kill()
        self.psql.wait()
        self.reader.join()
        return self.longest


class Application:
    """A load of pgbench that goes on until it is stopped."""

    def __init__(self, conninfo: str, script: pathlib.Path):
        self.log = tempfile.TemporaryDirectory()
        self.errors = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen(
            [str(SERVER_BIN / "pgbench"), "--no-vacuum", "--client=4", f"--rate={RATE}", "--time=3600", "--log",
             f"--log-prefix={self.log.name}/log", f"--file={script}", conninfo],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=self.errors)

    def end(self) -> dict[str, float]:
        """A failed statement ends pgbench's client, and at last pgbench itself."""
        self.process.terminate()
        self.process.wait()
        self.errors.seek(0)
        failures = [line for line in self.errors if "ERROR" in line or "aborted" in line]
        for line in failures[:3]:
            print(f"  {line.strip()}")
        latencies = [int(line.split()[2]) for file in pathlib.Path(self.log.name).iterdir()
                     for line in file.read_text().splitlines() if len(line.split()) > 5]
        self.log.cleanup()
        return {"transactions": len(latencies), "longest": max(latencies, default=0) / 1e6, "failed": len(failures)}


class Case:
    def __init__(self, tool: str, server: Server, name: str):
        self.tool, self.server, self.name = tool, server, name
        self.rows, *self.limits = LIMITS[name]
        self.directory = SCENARIOS / name
        self.database = name.replace("-", "_")
        self.seen: list[dict[str, float]] = []

    def load(self) -> None:
        self.server.load(self.database, self.directory / "from.sql")
        psql = [str(SERVER_BIN / "psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", self.conninfo()]
        run([*psql, "-v", f"rows={self.rows}", "-f", str(self.directory / "data.sql")])
        run([*psql, "-c", "VACUUM ANALYZE"])

    def conninfo(self) -> str:
        return self.server.conninfo(self.database)

    def application(self, which: str) -> Application | None:
        script = self.directory / f"app_{which}.sql"
        return Application(self.conninfo(), script) if script.exists() else None

    def end(self, application: Application | None) -> None:
        if application:
            self.seen.append(application.end())

    def tool_time(self, command: str, *more: str) -> float:
        start = time.perf_counter()
        arguments = [self.tool, command, "--from", self.conninfo(), "--yes", *more]
        done = subprocess.run(arguments, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            sys.exit(f"{self.name}: {command} ended with {done.returncode}: {done.stderr[-2000:]}")
        return time.perf_counter() - start

    def there(self) -> float:
        to = ("--to", str(self.directory / "to.sql"), "--allow", "all", "--facts",
              str(HERE.parent / "judges" / "large_tables.toml"))
        old = self.application("old")
        seconds = self.tool_time("apply", *to, "--phase", "expand")
        new = self.application("new")
        seconds += self.tool_time("apply", *to, "--phase", "migrate")
        self.end(old)
        seconds += self.tool_time("apply", *to)
        time.sleep(0.5)
        self.end(new)
        return seconds

    def back(self) -> float:
        new = self.application("new")
        seconds = self.tool_time("rollback", "--phase", "contract")
        old = self.application("old")
        seconds += self.tool_time("rollback", "--phase", "migrate")
        self.end(new)
        seconds += self.tool_time("rollback")
        time.sleep(0.5)
        self.end(old)
        return seconds

    def bench(self) -> None:
        self.load()
        quiet = self.application("old")
        time.sleep(4)
        noise = quiet.end() if quiet else None
        waits = Waits(self.conninfo())
        there = self.there()
        way = f"{self.name}, {self.rows:,} rows: apply {there:.1f} s (limit {self.limits[0]})"
        back = self.back()
        longest = waits.end()
        print(f"{way}, rollback {back:.1f} s (limit {self.limits[2]}), "
              f"longest wait for a lock {1000 * longest:.0f} ms (limit {1000 * self.limits[1]})")
        if noise:
            print(f"  applications: {sum(s['failed'] for s in self.seen):.0f} failed of "
                  f"{sum(s['transactions'] for s in self.seen):,.0f} transactions, the longest "
                  f"{1000 * max(s['longest'] for s in self.seen):.0f} ms (without a plan "
                  f"{1000 * noise['longest']:.0f} ms)", flush=True)


def main() -> None:
    tool = str(pathlib.Path(sys.argv[1]).resolve() / "cli" / "schemadiff")
    with Server() as server:
        for name in sys.argv[2:] or LIMITS:
            Case(tool, server, name).bench()


if __name__ == "__main__":
    main()
