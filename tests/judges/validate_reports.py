"""Judge: the reports in a directory are well formed: HTML, JUnit, SARIF, GitHub's commands, Markdown."""

import html.parser
import json
import pathlib
import re
import sys
import xml.etree.ElementTree as ElementTree

LEVELS = {"note", "warning", "error"}
COMMAND = re.compile(r"::(error|warning|notice) (file=[^,:]+,line=\d+,col=\d+,)?title=[^:,]+::.+")


class Page(html.parser.HTMLParser):
    """Every element is closed, ids are unique, nothing comes from elsewhere."""

    VOID = {"meta", "link", "input", "br"}

    def __init__(self):
        super().__init__()
        self.open, self.ids, self.problems = [], set(), []

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag not in self.VOID:
            self.open.append(tag)
        if "id" in attrs:
            if attrs["id"] in self.ids:
                self.problems.append(f"id {attrs['id']} twice")
            self.ids.add(attrs["id"])
        for name in ("src", "href"):
            if not attrs.get(name, "#").startswith(("#", "data:")):
                self.problems.append(f"{name}={attrs[name]}")
        if tag in {"img", "iframe", "object"} or any(name.startswith("on") for name in attrs):
            self.problems.append(f"an element {tag} {attrs}")
        if tag == "svg" and not ({"role", "aria-label"} <= attrs.keys()):
            self.problems.append("a drawing without a name")

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in self.VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.problems.append(f"</{tag}> closes nothing")


def check_html(text):
    page = Page()
    page.feed(text)
    page.close()
    yield from page.problems
    if page.open:
        yield f"not closed: {page.open}"
    for drawing in re.findall(r"<svg.*?</svg>", text, re.S):
        ElementTree.fromstring(drawing)


def check_junit(text):
    root = ElementTree.fromstring(text)
    if root.tag != "testsuites":
        yield f"the root is {root.tag}"
    for suite in root.iter("testsuite"):
        cases = suite.findall("testcase")
        for name, count in (
            ("tests", len(cases)),
            ("failures", sum(case.find("failure") is not None for case in cases)),
            ("skipped", sum(case.find("skipped") is not None for case in cases)),
        ):
            if int(suite.get(name)) != count:
                yield f"{name} says {suite.get(name)}, there are {count}"
        for case in cases:
            if not case.get("name") or not case.get("classname"):
                yield "a test case without a name"


def check_sarif(text):
    log = json.loads(text)
    if log["version"] != "2.1.0" or "sarif-2.1.0" not in log["$schema"]:
        yield "another version"
    for run in log["runs"]:
        rules = run["tool"]["driver"]["rules"]
        if len({rule["id"] for rule in rules}) != len(rules):
            yield "a rule twice"
        for rule in rules:
            if not rule["shortDescription"]["text"]:
                yield f"{rule['id']} says nothing"
            if "help" in rule and not rule["help"]["text"]:
                yield f"{rule['id']} does not help"
        for result in run["results"]:
            if rules[result["ruleIndex"]]["id"] != result["ruleId"]:
                yield "an index of another rule"
            if result["level"] not in LEVELS or not result["message"]["text"]:
                yield f"a result without level or message: {result}"
            if not result["partialFingerprints"]:
                yield "a result without fingerprint"
            for location in result["locations"]:
                place = location.get("physicalLocation")
                if place is None:
                    yield "no place"
                elif place["region"]["startLine"] < 1 or place["region"]["startColumn"] < 1:
                    yield f"a place before the file: {place}"
                elif re.search(r"[^A-Za-z0-9%._~/!$&'()*+,;=@-]", place["artifactLocation"]["uri"]):
                    yield f"no URI: {place}"
            for suppression in result.get("suppressions", []):
                if suppression["kind"] not in {"external", "inSource"}:
                    yield f"a suppression of kind {suppression['kind']}"


def check_github(text):
    lines = text.rstrip("\n").split("\n")
    for line in lines[:-1]:
        if not COMMAND.fullmatch(line):
            yield f"no command: {line}"
    if lines[-1].startswith("::"):
        yield "the verdict is a command"


def check_markdown(text):
    if len(text) > 65_536:
        yield "longer than a comment"
    fence = None
    depth = 0
    for line in text.split("\n"):
        mark = re.match(r"`{3,}", line)
        if fence:
            fence = None if line == fence else fence
        elif mark:
            fence = mark.group()
        else:
            if re.search(r"@\w|<(?!/?details>|/?summary>|/?code>|!-- schemadiff )", re.sub(r"(`+) ?.+? ?\1|<code>.*?</code>", "", line)):
                yield f"a mention or a tag: {line}"
            depth += line.startswith("<details>") - line.startswith("</details>")
    if fence or depth:
        yield "a block stays open"


def main() -> int:
    checks = {"html": check_html, "junit": check_junit, "sarif": check_sarif, "github": check_github,
              "markdown": check_markdown}
    failures = seen = 0
    for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
        check = checks.get(path.suffix[1:])
        if check is None:
            continue
        seen += 1
        try:
            problems = list(check(path.read_text(encoding="utf-8")))
        except Exception as error:  # whatever a reader would stumble over
            problems = [repr(error)]
        for problem in problems:
            failures += 1
            print(f"{path.name}: {problem}")
    print(f"{seen} reports, {failures} problems")
    return 1 if failures or not seen else 0


if __name__ == "__main__":
    sys.exit(main())
