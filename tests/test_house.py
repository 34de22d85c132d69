"""The walls of the house: who may know whom, where SQL may stand, and how large a room may grow.

Each rule is a function from a source text to what is wrong in it, tried on a small offence first, then on the tree.
"""

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ENTRY = "dashboard.py"

OWNERS = {
    "streamlit": (ENTRY, "pages/", "sla/ui"),
    "plotly": ("sla/charts",),
    "duckdb": ("sla/intake", "sla/models", "sla/snapshot", "sla/store", "sla/upload"),  # models runs what a build is
}
KNOWN_TO_PAGES = ("sla.ui", "sla.charts", "sla.review", "sla.words")
MOST_LINES = {"sla/": 350, "pages/": 110}
ROOMS_FOR_ANYTHING = {"utils", "util", "helpers", "helper", "common", "misc"}

SQL = re.compile(
    r"\b(select|SELECT)\b[\s\S]*\b(from|FROM)\b"
    r"|\b(insert|INSERT)\s+(or\s+\w+\s+)?(into|INTO)\b"
    r"|\b(create|CREATE)\s+(or\s+replace\s+|OR\s+REPLACE\s+)?(temp\s+|temporary\s+|TEMP\s+)?"
    r"(table|view|macro|TABLE|VIEW|MACRO)\b"
    r"|\b(delete|DELETE)\s+(from|FROM)\b"
    r"|\b(update|UPDATE)\s+\w+\s+(set|SET)\b"
    r"|\b(drop|alter|DROP|ALTER)\s+(table|view|TABLE|VIEW)\b"
)
WALL_CLOCK = re.compile(
    r"\b((now|today|clock_timestamp|transaction_timestamp|get_current_time(stamp)?)\s*\(|current_(date|time|timestamp)\b"
    r"|local(time|timestamp)\b)",
    re.IGNORECASE,
)
UPPER_CASE = re.compile(r"\b(SELECT|FROM|WHERE|JOIN|WITH|GROUP\s+BY|ORDER\s+BY|CASE|WHEN|UNION)\b")
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX)\b")
BUILD_ONLY = re.compile(r"\b(raw|stg|clk)_\w+")
TEXT_OR_COMMENT = re.compile(r"'(?:[^']|'')*'|--[^\n]*|/\*[\s\S]*?\*/")
MUTATORS = {"add", "append", "clear", "discard", "extend", "insert", "pop", "popitem", "remove", "setdefault", "update"}
CONTAINERS = {"dict", "list", "set", "defaultdict", "deque", "Counter", "OrderedDict"}


# The tree as it is now; folders that are not there hold no files.


def python_files(*parts: str) -> list[Path]:
    return [path for part in parts for path in sorted((ROOT / part).rglob("*.py"))]


def product() -> list[Path]:
    return [*ROOT.glob(ENTRY), *python_files("pages", "sla")]


def queries(*folders: str) -> list[Path]:
    return [path for folder in folders or ("",) for path in sorted((ROOT / "queries" / folder).rglob("*.sql"))]


def offences(paths: Iterable[Path], rule: Callable[[str, str], Iterable[str]]) -> list[str]:
    """What a rule finds in these files, as `file: what is wrong`."""
    named = ((path.relative_to(ROOT).as_posix(), path.read_text("utf-8")) for path in paths)
    return [f"{name}: {wrong}" for name, text in named for wrong in rule(name, text)]


# The rules


def imported(name: str, text: str) -> Iterator[str]:
    """Every module a file imports, in full; for `from a import b` both a and a.b, since b may be a module."""
    package = name.removesuffix(".py").split("/")[:-1]
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) + 1 - node.level] if node.level else []
            module = ".".join([*above, *([node.module] if node.module else [])])
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def imports_of_others_libraries(name: str, text: str) -> set[str]:
    roots = {module.split(".")[0] for module in imported(name, text)}
    return {
        f"imports {library}, which only {', '.join(owners)} may"
        for library, owners in OWNERS.items()
        if library in roots and not any(is_in(name, owner) for owner in owners)
    }


def is_in(name: str, owner: str) -> bool:
    return name in (owner, f"{owner}.py") or name.startswith(f"{owner.rstrip('/')}/")


def imports_a_page_may_not_make(name: str, text: str) -> Iterator[str]:
    pages = {path.stem for path in python_files("pages")} | {"pages", "dashboard", "tests"}
    for module in sorted(set(imported(name, text))):
        root = module.split(".")[0]
        is_ours = root == "sla" and not any(f"{module}.".startswith(f"{known}.") for known in KNOWN_TO_PAGES)
        if (is_ours and module != "sla") or root in pages:
            yield f"imports {module}; a page knows {', '.join(KNOWN_TO_PAGES)}"


def does_not_begin_with_the_frame(name: str, text: str) -> Iterator[str]:
    body = ast.parse(text).body
    guards = {
        alias.asname or alias.name
        for node in body
        if isinstance(node, ast.ImportFrom) and f"{node.module}.".startswith("sla.ui.")
        for alias in node.names
        if alias.name == "require_frame"
    }
    work = [node for node in body if not isinstance(node, ast.Import | ast.ImportFrom) and not is_text(node)]
    match work[:1]:
        case [ast.Expr(value=ast.Call(func=ast.Name(id=called)))] if called in guards:
            return
    yield "after its imports a page first calls require_frame() of sla.ui"


def is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def sql_in_python(name: str, text: str) -> Iterator[str]:
    tree = ast.parse(text)
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            words = " ".join(str(part.value) if isinstance(part, ast.Constant) else "x" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            words = node.value
        else:
            continue
        if SQL.search(words):
            yield f"line {node.lineno} holds SQL: {words.strip()[:60]!r}"


def missing_docstrings(name: str, text: str) -> Iterator[str]:
    tree = ast.parse(text)
    if not ast.get_docstring(tree):
        yield "the module has no docstring"
    named = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)]
    for node in named:
        if not node.name.startswith("_") and not ast.get_docstring(node):
            yield f"line {node.lineno}: {node.name} has no docstring"


def state_of_a_module(name: str, text: str) -> Iterator[str]:
    """Names that may change: a container under a name that is no constant's, an empty one, or one that is changed.

    A page is a script that runs anew for every reader; what it names lives for that run alone.
    """
    if name == "dashboard.py" or name.startswith("pages/"):
        return
    tree = ast.parse(text)
    containers = {target: node for node in tree.body for target in bound(node) if holds_many(node)}
    for target, node in containers.items():
        is_constant = target.isupper() or target == "__all__"
        if not is_constant or is_empty(node):
            yield f"line {node.lineno}: {target} is state at module level"
    for inner in ast.walk(tree):
        if isinstance(inner, ast.Global):
            yield f"line {inner.lineno}: global {', '.join(inner.names)}"
        if changed(inner) in containers:
            yield f"line {getattr(inner, 'lineno', 0)}: {changed(inner)} is changed"


def bound(node: ast.stmt) -> list[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return [target.id for target in targets if isinstance(target, ast.Name)]


def holds_many(node: ast.stmt) -> bool:
    value = getattr(node, "value", None)
    if isinstance(value, ast.Call):
        called = value.func.attr if isinstance(value.func, ast.Attribute) else getattr(value.func, "id", "")
        return called in CONTAINERS
    return isinstance(value, ast.List | ast.Dict | ast.Set | ast.ListComp | ast.DictComp | ast.SetComp)


def is_empty(node: ast.stmt) -> bool:
    value = getattr(node, "value", None)
    match value:
        case ast.Dict(keys=items) | ast.List(elts=items) | ast.Set(elts=items):
            return not items
        case ast.Call(args=items, keywords=named):
            return not items and not named
    return False


def changed(node: ast.AST) -> str | None:
    """The name whose contents a node changes: `NAME[...] =`, `del NAME[...]`, `NAME.append(...)`."""
    match node:
        case ast.Subscript(value=ast.Name(id=name), ctx=ast.Store() | ast.Del()):
            return name
        case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=attribute)) if attribute in MUTATORS:
            return name
    return None


def too_long(name: str, text: str) -> Iterator[str]:
    lines = len(text.splitlines())
    most = next((most for folder, most in MOST_LINES.items() if name.startswith(folder)), lines)
    if lines > most:
        yield f"{lines} lines, more than {most}"


def unfinished(name: str, text: str) -> Iterator[str]:
    yield from (f"line {at}: {line.strip()}" for at, line in enumerate(text.splitlines(), 1) if UNFINISHED.search(line))


def no_comment_first(name: str, text: str) -> Iterator[str]:
    if not re.match(r"-- ?\S", text):
        yield "the first line is no comment that says the grain, the units and the parameters"


def reads_the_wall_clock(name: str, text: str) -> Iterator[str]:
    yield from (f"{found.group()} in a query" for found in WALL_CLOCK.finditer(code_of(text)))


def shouts(name: str, text: str) -> Iterator[str]:
    yield from (f"{found.group()} in upper case" for found in UPPER_CASE.finditer(code_of(text)))


def reads_what_a_build_leaves_behind(name: str, text: str) -> Iterator[str]:
    yield from (f"reads {found.group()}, which ends with the build" for found in BUILD_ONLY.finditer(code_of(text)))


def code_of(sql: str) -> str:
    """A query without its comments, and with its texts empty; whichever begins first holds the other."""
    return TEXT_OR_COMMENT.sub(lambda found: "''" if found.group().startswith("'") else "", sql)


# Each rule finds its offence


@pytest.mark.parametrize(
    ("rule", "name", "text"),
    [
        (imports_of_others_libraries, "sla/catalog.py", "import streamlit as st"),
        (imports_of_others_libraries, "sla/ui/frame.py", "from plotly.graph_objects import Figure"),
        (imports_of_others_libraries, "pages/week.py", "def late():\n    import duckdb"),
        (imports_of_others_libraries, "sla/storeroom.py", "import duckdb"),
        (imports_a_page_may_not_make, "pages/week.py", "from sla.store import run"),
        (imports_a_page_may_not_make, "pages/week.py", "from sla import store"),
        (imports_a_page_may_not_make, "pages/week.py", "import sla.uic"),
        (imports_a_page_may_not_make, "pages/week.py", "from pages import other"),
        (imports_a_page_may_not_make, "pages/week.py", "from .other import draw"),
        (does_not_begin_with_the_frame, "pages/week.py", "import streamlit as st\nst.title('x')"),
        (does_not_begin_with_the_frame, "pages/week.py", "from sla.ui import require_frame\nx = 1\nrequire_frame()"),
        (does_not_begin_with_the_frame, "pages/week.py", "def require_frame(): ...\nrequire_frame()"),
        (sql_in_python, "sla/store.py", "run('''select a\nfrom b''')"),
        (sql_in_python, "sla/store.py", "run(f'SELECT * FROM {table}')"),
        (sql_in_python, "sla/store.py", "run('create or replace temp table t as values (1)')"),
        (sql_in_python, "sla/store.py", "run(f'insert into {table} values (1)')"),
        (missing_docstrings, "sla/a.py", "x = 1"),
        (missing_docstrings, "sla/a.py", "'''Text.'''\ndef seen():\n    return 1"),
        (missing_docstrings, "sla/a.py", "'''Text.'''\nclass Seen:\n    x = 1"),
        (state_of_a_module, "sla/a.py", "_seen = {'a': 1}"),
        (state_of_a_module, "sla/a.py", "CACHE: dict[str, int] = {}"),
        (state_of_a_module, "sla/a.py", "CACHE = defaultdict(int)\ndef f():\n    CACHE['a'] += 1"),
        (state_of_a_module, "sla/a.py", "NAMES = ['a']\ndef f():\n    NAMES.append('b')"),
        (state_of_a_module, "sla/a.py", "def f():\n    global x\n    x = 1"),
        (too_long, "sla/a.py", "\n" * 351),
        (too_long, "pages/a.py", "\n" * 111),
        (unfinished, "sla/a.py", "x = 1  # TO" + "DO: two"),
        (no_comment_first, "queries/reports/a.sql", "\n-- Grain: a row\nselect 1"),
        (reads_the_wall_clock, "queries/reports/a.sql", "-- A\nselect Now () as t"),
        (reads_the_wall_clock, "queries/reports/a.sql", "-- It's a\nselect 'b', current_date"),
        (shouts, "queries/reports/a.sql", "-- A\nSELECT 1"),
        (reads_what_a_build_leaves_behind, "queries/reports/a.sql", "-- A\nselect * from clk_waits"),
    ],
)
def test_a_wall_finds_what_it_stands_against(rule: Callable[[str, str], Iterable[str]], name: str, text: str) -> None:
    assert list(rule(name, text))


@pytest.mark.parametrize(
    ("rule", "name", "text"),
    [
        (imports_of_others_libraries, "sla/store.py", "import duckdb"),
        (imports_of_others_libraries, "sla/intake/read.py", "import duckdb"),
        (imports_a_page_may_not_make, "pages/week.py", "import streamlit as st\nfrom sla import ui\nimport sla.charts"),
        (does_not_begin_with_the_frame, "pages/week.py", "'''A.'''\nfrom sla.ui import require_frame\nrequire_frame()"),
        (sql_in_python, "sla/a.py", "'''Rows that select from a table.'''\nx = 'Select a week from the list'"),
        (sql_in_python, "sla/a.py", "run(\"set TimeZone = 'UTC'\")"),
        (state_of_a_module, "sla/a.py", "NAMES = {'a': 1}\n__all__ = ['NAMES']\ndef f():\n    x = []\n    x.append(1)"),
        (
            reads_the_wall_clock,
            "queries/reports/a.sql",
            "-- never now()\nselect 'today()' as word, current_date_on from t",
        ),
        (shouts, "queries/reports/a.sql", "-- WHEN the clock's done\nselect 'FROM' as word"),
    ],
)
def test_a_wall_leaves_honest_work_alone(rule: Callable[[str, str], Iterable[str]], name: str, text: str) -> None:
    assert list(rule(name, text)) == []


# The tree keeps them


def test_only_their_owners_import_streamlit_plotly_and_duckdb() -> None:
    assert offences(product(), imports_of_others_libraries) == []


def test_pages_know_the_frame_the_charts_the_review_and_the_words_and_not_each_other() -> None:
    assert offences(python_files("pages"), imports_a_page_may_not_make) == []


def test_every_page_first_asks_for_the_frame() -> None:
    assert offences(python_files("pages"), does_not_begin_with_the_frame) == []


def test_no_sql_stands_outside_queries() -> None:
    assert offences(product(), sql_in_python) == []


def test_everything_public_in_the_package_says_what_it_is() -> None:
    assert offences(python_files("sla"), missing_docstrings) == []


def test_no_module_keeps_state() -> None:
    assert offences(product(), state_of_a_module) == []


def test_no_file_is_too_long() -> None:
    assert offences(product(), too_long) == []


def test_nothing_is_left_unfinished() -> None:
    tests = [path for path in python_files("tests") if path != Path(__file__).resolve()]
    assert offences([*product(), *tests, *queries()], unfinished) == []


def test_every_query_begins_with_a_comment() -> None:
    assert offences(queries(), no_comment_first) == []


def test_no_query_reads_the_wall_clock() -> None:
    assert offences(queries(), reads_the_wall_clock) == []


def test_queries_are_in_lower_case() -> None:
    assert offences(queries(), shouts) == []


def test_reports_read_what_stands_in_a_snapshot() -> None:
    assert offences(queries("reports"), reads_what_a_build_leaves_behind) == []


def test_no_room_is_for_anything() -> None:
    rooms = [path for folder in ("pages", "queries", "sla", "tests") for path in (ROOT / folder).rglob("*")]
    assert [path.as_posix() for path in rooms if path.stem in ROOMS_FOR_ANYTHING] == []


def test_the_package_is_there() -> None:
    assert python_files("sla"), "the walls above hold for an empty tree too, so the tree must not be empty"
