#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Removes the queue's guards one at a time and shows that a test fails each time.

`./dev chaos mutants [NAME…]`. Works on a copy of the sources below build/mutants and leaves the
source tree alone. Exits with 1 if a mutant survives, or if its text is no longer found; `--check`
looks for the texts only.
"""
import os
import pathlib
import queue
import shutil
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
COPY = ROOT / "build" / "mutants" / "src"
BUILD = ROOT / "build" / "mutants" / "out"
TESTS = ["tst_jobstore", "tst_tableshape", "tst_anytable", "tst_storekinds", "tst_engine"]

SQL = "core/store/sql/"
PG, PG_COMPANION, PG_FRAGMENTS, GUEST = (
    SQL + "postgres/atOnce.sql", SQL + "postgres/companion.sql", SQL + "postgres/fragments.sql",
    SQL + "guest/atOnce.sql")
LITE, STEPS, LITE_FRAGMENTS = (
    SQL + "sqlite/companion.sql", SQL + "sqlite/stepwise.sql", SQL + "sqlite/fragments.sql")
SETTLING, SETTLE, ENGINE, QUARANTINE, LEASES, SHAPE, WORDS, WALK, SCANS = (
    "core/store/settle_stepwise.cpp", "core/store/leasestore_settle.cpp", "core/engine/engine.cpp", "core/engine/quarantine.cpp",
    "core/store/leasestore.cpp", "core/store/tableshape.cpp", "core/store/shapewords.cpp",
    "core/store/batchwalk.cpp", SQL + "postgres/scans.sql")

# name of the guard that is removed, [(file, text, replacement)]; every occurrence of the text.
MUTANTS = [
    ("row guard of settle", [
        (PG, ' AND j.xmin::text = m.version\n', '\n'), (PG, ' AND j.xmin = m.version', '')]),
    ("row guard of a guest", [(GUEST, ' AND j.xmin = m.version', '')]),
    ("lease check of settle", [
        (PG, 'WHERE token = :token::text AND expires_at > clock_timestamp() FOR UPDATE',
         'WHERE token = :token::text FOR UPDATE')]),
    ("SKIP LOCKED", [(PG, 'FROM first)) FOR UPDATE SKIP LOCKED', 'FROM first)) FOR UPDATE')]),
    ("attempts counted by the claim", [
        (PG, '"attempts" = j."attempts" + 1', '"attempts" = j."attempts"')]),
    ("attempt given back", [(PG_FRAGMENTS, '= j."attempts" - m.refund', '= j."attempts"')]),
    ("row guard of the heartbeat", [
        (PG, " AND j.\"status\" = 'processing'\n        AND j.xmin::text = u.version)",
         " AND j.\"status\" = 'processing')")]),
    ("row guard of the rescue", [
        (PG_COMPANION, " AND j.\"status\" = 'processing' AND j.xmin::text = p.version",
         " AND j.\"status\" = 'processing'"),
        (PG_COMPANION, " AND j.\"status\" = 'processing'\n            AND j.xmin::text = u.version)",
         " AND j.\"status\" = 'processing')")]),
    ("expiry seen by the rescue", [
        (PG_COMPANION, '    WHERE expires_at <= clock_timestamp()\n    ORDER BY token LIMIT 100',
         '    ORDER BY token LIMIT 100')]),
    ("leases locked by the rescue", [
        (PG_COMPANION, 'ORDER BY token LIMIT 100 FOR UPDATE SKIP LOCKED', 'ORDER BY token LIMIT 100')]),
    ("back-off", [
        (PG, 'SELECT job_id FROM {own}retry WHERE not_before > clock_timestamp())\n        AND j."id"',
         'SELECT job_id FROM {own}retry WHERE false)\n        AND j."id"')]),
    ("most attempts", [(PG_FRAGMENTS, ' AND j."attempts" < :max::int AND {type}', ' AND {type}')]),
    ("evidence of orphans", [
        (PG_COMPANION, '\n        AND j.xmin::text = p.row_version', ''),
        (PG_COMPANION, "first_seen <= clock_timestamp() - :grace::bigint * interval '1 millisecond'\n    AND",
         'true\n    AND'),
        (PG_COMPANION, "        AND first_seen <= clock_timestamp() - :grace::bigint * interval '1 millisecond'\n", '')]),
    ("stuck only while unchanged", [
        (PG_FRAGMENTS, '{row_version}) IN (\n        SELECT job_id, row_version FROM',
         '1) IN (\n        SELECT job_id, 1 FROM'),
        (PG_FRAGMENTS, 'SELECT unnest(job_ids), unnest(row_versions) FROM', 'SELECT unnest(job_ids), 1 FROM')]),
    ("notice of new work", [
        (PG_FRAGMENTS, "SELECT pg_notify('queuedeck_jobs', '')", "SELECT 1"),
        (PG, "SELECT pg_notify('queuedeck_jobs', '')", "SELECT 1")]),
    ("the wait beside another processor", [
        (ENGINE, 'if (count > 0 && m_quarantine.isOn())', 'if (false)')]),
    ("the second look after the wait", [
        (QUARANTINE, '(ours.contains(job.id) ? released.ours', '(true ? released.ours')]),
    ("back-off of a guest", [(SETTLE, '        defer(results.settlements);', '        (void)results;')]),
    ("undo of rows that stand as they were left", [
        (PG_COMPANION, ' AND {row_image} @> r.after', '')]),
    ("undo writes no column that the action did not", [
        (PG_COMPANION, '"attempts" = (p.before', '"type" = \'x\', "attempts" = (p.before')]),
    ("a refused row alone is skipped", [(WALK, 'if (!refusesARow(changed.error()))', 'if (true)')]),
    ("an id is one of its column's type", [
        (SHAPE, '    if (type == "int4"_L1)', '    if (type == "none"_L1)')]),
    ("escapes that no text can hold", [(WORDS, "strpos(j.\"payload\"::text, '\\u') = 0 OR", 'true OR')]),
    ("each queue has companions of its own", [
        ("core/store/companions.cpp", 'return (*rows)[0].boolean(0) ? Owner::This : Owner::Other;',
         'return Owner::This;')]),
    ("a completed scan stays", [(SCANS, "s.\"status\" IS DISTINCT FROM 'completed' AND", 'true AND')]),
    ("pictures at addresses are left alone", [(PG_FRAGMENTS, ' AND {readable_here}', '')]),
    ("repair of unknown statuses only", [
        (SQL + "postgres/changing.sql", '{picked} AND {unknown_status} ORDER', '{picked} ORDER')]),
    ("unknown attempts are spent", [
        (PG_FRAGMENTS, '((j."attempts" < :max::int) IS NOT TRUE)', '(j."attempts" >= :max::int)')]),
    ("SQLite: repair of unknown statuses only", [
        (SQL + "sqlite/changing.sql", 'WHERE {unknown_status}', 'WHERE 1 = 1')]),
    ("SQLite: attempt guard of settle", [
        (LITE_FRAGMENTS, ' AND j."attempts" = s.attempt', '')]),
    ("SQLite: an attempt stands in the history once", [
        (LITE_FRAGMENTS, 'WHERE a.job_id = s.id AND a.claim = :claim)', 'WHERE 0)'),
        (STEPS, 'INSERT OR FAIL INTO {own}attempt', 'INSERT OR REPLACE INTO {own}attempt')]),
    ("SQLite: cancelled lease of settle", [
        (LITE_FRAGMENTS, 'WHERE x.claim = :claim AND x.job_id = s.id)', 'WHERE 0)')]),
    ("SQLite: what a batch still holds", [
        (SETTLING, "m_accepted.size() + lost;", "m_accepted.size();")]),
    ("SQLite: rows that were moved", [
        (SETTLING, "if (refused.empty())", "if (true)")]),
    ("SQLite: rows that something else wrote are looked at", [
        ("core/store/untouchedclaims.cpp", "if (*now != m_last)", "if (false)")]),
    ("SQLite: a claim ousts who held the job", [
        (SETTLE, "m_shape.mode != domain::QueueMode::Own);", "false);")]),
    ("SQLite: lease check of settle", [
        (STEPS, "WHERE token = :token AND expires_at > :now", "WHERE token = :token")]),
    ("SQLite: back-off", [
        (STEPS, " AND (r.job_id IS NULL OR r.not_before <= :now)", "")]),
    ("SQLite: row guard of the heartbeat", [
        (STEPS, "\n        AND j.\"status\" = 'processing' AND j.\"attempts\" = l.attempt))", "))")]),
    ("SQLite: stuck only while unchanged", [
        (LITE_FRAGMENTS, '{row_version}) IN (\n        SELECT job_id, row_version FROM',
         '1) IN (\n        SELECT job_id, 1 FROM'),
        (LITE_FRAGMENTS, 'SELECT job_id, CAST(attempt AS TEXT) FROM', 'SELECT job_id, 1 FROM')]),
    ("SQLite: expiry seen by the rescue", [
        (LITE, '\n    WHERE c.expires_at <= :now LIMIT 20', ' LIMIT 20')]),
    ("SQLite: undo of rows that stand as they were left", [
        (LITE, 'AND c.written = 1 AND c.after IS NOT {any_cell}', 'AND 0')]),
    ("SQLite: times of several forms", [
        (WORDS, 'const bool isIndexed = shape.timesAreOurs;', 'const bool isIndexed = true;')]),
]


def run(*command, **options):
    return subprocess.run(command, text=True, capture_output=True, **options)


def fresh_copy():
    COPY.mkdir(parents=True, exist_ok=True)
    files = run("git", "ls-files", "--cached", "--others", "--exclude-standard", cwd=ROOT).stdout.split("\n")
    for name in filter(None, files):
        source, target = ROOT / name, COPY / name
        if not source.exists():
            continue
        if not target.exists() or source.read_bytes() != target.read_bytes():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)  # with the current time, so that it is rebuilt


def build():
    if not (BUILD / "build.ninja").exists():
        done = run("cmake", "-S", str(COPY), "-B", str(BUILD), "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release")
        if done.returncode:
            sys.exit(done.stdout + done.stderr)
    return run("cmake", "--build", str(BUILD), "--target", *TESTS)


def failing_test():
    """The first test function that fails, or None. The programs run side by side; that one ends them."""
    scratch = tempfile.mkdtemp(prefix="t", dir=BUILD)  # what a program leaves that is ended in the middle
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "LC_ALL": "C.UTF-8", "TMPDIR": scratch}
    lines = queue.Queue()
    programs = {test: subprocess.Popen([str(BUILD / "tests" / test)], text=True, env=environment,
                                       stdout=subprocess.PIPE, stderr=subprocess.STDOUT) for test in TESTS}

    def read(test):
        for line in programs[test].stdout:
            lines.put((test, line))
        lines.put((test, None))

    readers = [threading.Thread(target=read, args=(test,)) for test in TESTS]
    for reader in readers:
        reader.start()
    deadline = time.monotonic() + 900
    going, failed = set(TESTS), None
    while going and not failed:
        try:
            test, line = lines.get(timeout=max(0, deadline - time.monotonic()))
        except queue.Empty:
            failed = f"{sorted(going)[0]} (did not end)"
            break
        if line is None:
            going.remove(test)
            if programs[test].wait():
                failed = test
        elif line.startswith("FAIL!"):
            failed = line.split(":", 1)[1].split(")")[0].strip() + ")"
    for program in programs.values():
        program.kill()  # its servers end with it
        program.wait()
    for reader in readers:
        reader.join()
    shutil.rmtree(scratch, ignore_errors=True)
    return failed


def check():
    """Whether every text that a mutant replaces still stands in its file."""
    lost = [f"{name}: text not found in {file}" for name, places in MUTANTS
            for file, text, _ in places if text not in (ROOT / file).read_text()]
    print("\n".join(lost) if lost else f"{len(MUTANTS)} mutants found")
    return 1 if lost else 0


def main():
    wanted = sys.argv[1:]
    if wanted == ["--check"]:
        return check()
    fresh_copy()
    built = build()
    if built.returncode:
        sys.exit(built.stdout[-4000:])
    if not wanted and (broken := failing_test()):
        sys.exit(f"The tests fail as it is: {broken}")
    alive = 0
    for name, places in MUTANTS:
        if wanted and name not in wanted:
            continue
        originals = {file: (COPY / file).read_text() for file, _, _ in places}
        lost = [file for file, text, _ in places if text not in originals[file]]
        if lost:
            print(f"{name:40} text not found in {', '.join(lost)}", flush=True)
            alive += 1
            continue
        for file, text, instead in places:
            path = COPY / file
            path.write_text(path.read_text().replace(text, instead))
        built = build()
        caught = failing_test() if built.returncode == 0 else None
        for file, text in originals.items():
            (COPY / file).write_text(text)
        if built.returncode:
            print(f"{name:40} does not build:\n{built.stdout[-2000:]}", flush=True)
            alive += 1
        elif caught:
            print(f"{name:40} caught by {caught}", flush=True)
        else:
            print(f"{name:40} LIVES", flush=True)
            alive += 1
    return 1 if alive else 0


if __name__ == "__main__":
    sys.exit(main())
