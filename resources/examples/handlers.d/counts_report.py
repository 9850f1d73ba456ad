#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the counts of a payload as a CSV file: reports/TYPE-JOB.csv in Queuedeck's home.

    {"reportType": "weekly", "counts": {"cards": 12, "licenses": 3}}

A job may be started more than once, so the file has the job's id in its name and appears in one
step: a second run replaces it with an identical one.
"""
import csv
import json
import os
import sys


def main():
    payload = json.load(sys.stdin)  # already checked against the schema in counts_report.json
    job = os.environ["QUEUEDECK_JOB_ID"]
    os.makedirs("reports", exist_ok=True)
    path = os.path.join("reports", f"{payload['reportType']}-{job}.csv")
    with open(path + ".part", "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["name", "count"])
        writer.writerows(sorted(payload["counts"].items()))
    os.replace(path + ".part", path)


if __name__ == "__main__":
    try:
        main()
    except OSError as error:
        print(error, file=sys.stderr)  # becomes the job's error
        sys.exit(1)  # retried; three attempts in all
