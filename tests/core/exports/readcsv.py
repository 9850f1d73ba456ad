# SPDX-License-Identifier: GPL-3.0-or-later
# Prints the rows of a CSV file as JSON, read by the csv module of Python and compressed or not.
import csv
import gzip
import json
import sys

with open(sys.argv[1], "rb") as file:
    data = file.read()
if data.startswith(b"\x1f\x8b"):
    data = gzip.decompress(data)
csv.field_size_limit(1 << 30)
text = data.decode("utf-8-sig")
assert "\n" not in text.replace("\r\n", "") or '"' in text
json.dump(list(csv.reader(text.splitlines(keepends=True), strict=True)), sys.stdout)
