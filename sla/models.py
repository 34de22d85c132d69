"""Runs a folder of SQL models, each after the ones it names."""

import re
from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import duckdb

from sla.errors import Refused
from sla.progress import Progress, silent

_NO_CODE = re.compile(r"--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'", re.DOTALL)
_WORD = re.compile(r"[a-z_][a-z0-9_]*", re.IGNORECASE)
_PARAMETER = re.compile(r"\$([a-z_][a-z0-9_]*)", re.IGNORECASE)


def run_models(
    con: duckdb.DuckDBPyConnection,
    folder: Path,
    parameters: Mapping[str, object],
    progress: Progress = silent,
) -> list[str]:
    """The names of the models that ran, in the order in which they ran.

    Every `*.sql` file of `folder` is one statement that makes the table, view or macro it is named for. A model runs
    after every other model of the folder that its text names outside comments and texts. A statement gets those
    `parameters` alone that it names as `$name`. `progress` hears each name before it runs.
    Raises `Refused` where models wait for each other, where a parameter is missing, or where the folder has no model.
    """
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.sql"))}
    if not texts:
        raise Refused(f"{folder} has no model: expected at least one .sql file there.")
    order = model_order(texts)
    for place, name in enumerate(order):
        progress(name, place / len(order))
        run_statement(con, name, texts[name], parameters)
    return order


def run_statement(con: duckdb.DuckDBPyConnection, name: str, text: str, parameters: Mapping[str, object]) -> None:
    """Runs one statement with those of `parameters` that it names; raises `Refused` where one is missing."""
    wanted = sorted(set(_PARAMETER.findall(_NO_CODE.sub(" ", text))))
    missing = [parameter for parameter in wanted if parameter not in parameters]
    if missing:
        raise Refused(f"{name}.sql asks for ${missing[0]}, which nobody gave it.")
    if wanted:
        con.execute(text, {parameter: parameters[parameter] for parameter in wanted})
    else:
        con.execute(text)


def model_order(texts: Mapping[str, str]) -> list[str]:
    """The model names in an order in which each stands after those that its text names; the same order every time.

    Raises `Refused` where models wait for each other.
    """
    needs = {name: sorted(names_in(text) & (texts.keys() - {name})) for name, text in sorted(texts.items())}
    try:
        return list(TopologicalSorter(needs).static_order())
    except CycleError as error:
        circle = " -> ".join(f"{name}.sql" for name in error.args[1])
        raise Refused(f"These models wait for each other: {circle}; take one name out of one of them.") from error


def names_in(text: str) -> set[str]:
    """The words of a statement outside comments and texts."""
    return set(_WORD.findall(_NO_CODE.sub(" ", text)))
