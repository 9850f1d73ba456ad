# SPDX-License-Identifier: GPL-3.0-or-later
# Prints what a workbook holds as JSON, read from its parts without any library of spreadsheets:
# {"sheets": [{"name", "frozen", "cells": [{"at", "kind", "text"}]}]}. kind: text, number, formula.
import json
import re
import sys
import xml.etree.ElementTree as xml
import zipfile

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def plain(text):
    return re.sub("_x([0-9A-F]{4})_", lambda code: chr(int(code[1], 16)), text or "")


def cells(sheet, shared):
    for cell in sheet.iter(MAIN + "c"):
        value = cell.find(MAIN + "v")
        inline = cell.find(MAIN + "is")
        if inline is not None:
            text = "".join(plain(t.text) for t in inline.iter(MAIN + "t"))
            yield {"at": cell.get("r"), "kind": "text", "text": text}
            continue
        kind = "text" if cell.get("t") in ("s", "inlineStr", "str") else "number"
        if cell.find(MAIN + "f") is not None:
            kind = "formula"
        if value is None:
            continue
        text = shared[int(value.text)] if cell.get("t") == "s" else value.text
        yield {"at": cell.get("r"), "kind": kind, "text": text}


with zipfile.ZipFile(sys.argv[1]) as book:
    assert book.testzip() is None
    names = [sheet.get("name") for sheet in
             xml.fromstring(book.read("xl/workbook.xml")).iter(MAIN + "sheet")]
    shared = ["".join(plain(t.text) for t in item.iter(MAIN + "t"))
              for item in xml.fromstring(book.read("xl/sharedStrings.xml"))] \
        if "xl/sharedStrings.xml" in book.namelist() else []
    sheets = []
    for number, name in enumerate(names, 1):
        sheet = xml.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))
        pane = sheet.find(f".//{MAIN}pane")
        sheets.append({"name": name, "cells": list(cells(sheet, shared)),
                       "frozen": pane is not None and pane.get("state") == "frozen"
                       and pane.get("ySplit") == "1"})
    json.dump({"sheets": sheets}, sys.stdout)
