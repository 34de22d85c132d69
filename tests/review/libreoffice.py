"""Files as LibreOffice understands them: opened by it and told again in its own format.

Without LibreOffice these tests are skipped, unless SLA_OFFICE_TESTS=required: then they fail.
"""

import os
import shutil
import subprocess
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_MOST_S = 240  # its first start on a busy machine


def opened(file: Path, kind: str) -> dict[str, ElementTree.Element]:
    """The contents of a file of kind 'odp' or 'ods' made of this one: its own as '', those of its charts by name."""
    program = shutil.which("soffice")
    if program is None:
        if os.environ.get("SLA_OFFICE_TESTS") == "required":
            pytest.fail("LibreOffice is not installed: libreoffice-impress and libreoffice-calc")
        pytest.skip("LibreOffice is not installed; SLA_OFFICE_TESTS=required makes this a failure")
    profile = f"-env:UserInstallation={(file.parent / 'profile').as_uri()}"
    command = [program, "--headless", profile, "--convert-to", kind, "--outdir", str(file.parent), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=_MOST_S)
    with zipfile.ZipFile(file.with_suffix(f".{kind}")) as parts:
        names = [name for name in parts.namelist() if name.split("/")[-1] == "content.xml"]
        return {name.rpartition("/")[0]: ElementTree.fromstring(parts.read(name)) for name in names}


def rows(table: ElementTree.Element) -> list[list[str | float | None]]:
    """The cells of a table, numbers as such, None for an empty one; those at the end of a row are left out."""
    found = []
    for row in table.iter(f"{TABLE}table-row"):
        cells = [_value(cell) for cell in row if cell.tag == f"{TABLE}table-cell"]
        while cells and cells[-1] is None:
            cells.pop()
        found.append(cells)
    return found


def _value(cell: ElementTree.Element) -> str | float | None:
    number = cell.get(f"{OFFICE}value")
    if number is not None:
        return None if number == "NaN" else float(number)
    return "\n".join("".join(part.itertext()) for part in cell) or None
