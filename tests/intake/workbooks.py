"""Small XLSX workbooks, written part by part, so that a test needs no library for them and can make them wrong."""

import io
import zipfile
from collections.abc import Sequence

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
_STYLES = '<xf numFmtId="0"/><xf numFmtId="22"/>'
_XML = '<Default Extension="xml" ContentType="application/xml"/>'

Cell = str | int | float | bool | None


class Day(float):
    """A date as a spreadsheet counts days, with the style that shows it as one."""


def workbook(rows: Sequence[Sequence[Cell]], *others: Sequence[Sequence[Cell]], **parts: str) -> bytes:
    """The bytes of a workbook with these rows in its sheets; `parts` replace parts, by their path below xl."""
    sheets = [rows, *others]
    named = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="r{n}"/>' for n in range(1, len(sheets) + 1))
    related = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    styles = f'<Relationship Id="s" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    strings = f'<Relationship Id="t" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
    document = f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    content = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">{_TYPES}{_XML}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{document}</Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{named}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{_PACKAGE}/relationships">{related}{styles}{strings}</Relationships>'
        ),
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><cellXfs>{_STYLES}</cellXfs></styleSheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}"></sst>',
    }
    for number, sheet in enumerate(sheets, 1):
        data = "".join(_row(row, line) for line, row in enumerate(sheet, 1) if row)
        content[f"xl/worksheets/sheet{number}.xml"] = (
            f'<worksheet xmlns="{_MAIN}"><sheetData>{data}</sheetData></worksheet>'
        )
    content |= {f"xl/{name}.xml": text for name, text in parts.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in content.items():
            archive.writestr(name, text)
    return out.getvalue()


def sheet_xml(data: str) -> str:
    """A sheet with these rows as XML."""
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{data}</sheetData></worksheet>'


def strings_xml(texts: Sequence[str]) -> str:
    """The texts that cells refer to."""
    return f'<sst xmlns="{_MAIN}">' + "".join(f"<si><t>{text}</t></si>" for text in texts) + "</sst>"


def _row(row: Sequence[Cell], line: int) -> str:
    return (
        f'<row r="{line}">'
        + "".join(_cell(cell, f"{chr(65 + place)}{line}") for place, cell in enumerate(row))
        + "</row>"
    )


def _cell(cell: Cell, place: str) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return f'<c r="{place}" t="b"><v>{int(cell)}</v></c>'
        case Day():
            return f'<c r="{place}" s="1"><v>{float(cell)!r}</v></c>'
        case int() | float():
            return f'<c r="{place}"><v>{cell!r}</v></c>'
        case _:
            text = cell.replace("&", "&amp;").replace("<", "&lt;")
            return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
