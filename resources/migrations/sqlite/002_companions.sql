-- Queuedeck's own tables. No foreign key, view or trigger touches the application's tables.
-- Times are milliseconds since 1970, UTC.

-- Which engine runs what, until when. One row per claimed job; a token identifies a claimed batch.
CREATE TABLE {own}lease (
    token TEXT NOT NULL,
    job_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    engine TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    cancel INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (token, job_id)
) WITHOUT ROWID
;
-- The history: one row per attempt, written when it settles.
CREATE TABLE {own}attempt (
    job_id TEXT NOT NULL,
    token TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    engine TEXT NOT NULL,
    started_at INTEGER,
    ended_at INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    error TEXT,
    PRIMARY KEY (job_id, token)
) WITHOUT ROWID
;
CREATE INDEX {own}attempt_ended ON {own}attempt (ended_at, outcome)
;
-- Back-off: not to be claimed before.
CREATE TABLE {own}retry (
    job_id TEXT NOT NULL PRIMARY KEY,
    not_before INTEGER NOT NULL
) WITHOUT ROWID
;
-- Jobs that a user asked to run next.
CREATE TABLE {own}expedite (
    job_id TEXT NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL
) WITHOUT ROWID
;
-- 'processing' rows without a lease, and since when they have not changed.
CREATE TABLE {own}watch (
    job_id TEXT NOT NULL PRIMARY KEY,
    row_version TEXT NOT NULL,
    first_seen INTEGER NOT NULL
) WITHOUT ROWID
;
CREATE TABLE {own}engine (
    id TEXT NOT NULL PRIMARY KEY,
    host TEXT NOT NULL,
    pid INTEGER NOT NULL,
    version TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    state TEXT NOT NULL
) WITHOUT ROWID
;
-- Every change that a user made …
CREATE TABLE {own}journal (
    id TEXT NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    host TEXT NOT NULL,
    action TEXT NOT NULL,
    scope TEXT NOT NULL,
    changed INTEGER NOT NULL DEFAULT 0,
    undone_at INTEGER
)
;
-- … and each row as it was before and after, column by column as JSON, so that it can be undone.
CREATE TABLE {own}journal_row (
    journal_id TEXT NOT NULL,
    job_id TEXT NOT NULL,
    before TEXT,
    after TEXT,
    PRIMARY KEY (journal_id, job_id)
)
;
-- Pictures uploaded here, kept in the database so that a scan, its picture and its job are made
-- in one transaction and every engine on this database can read them.
CREATE TABLE {own}image (
    id TEXT NOT NULL PRIMARY KEY,
    scan_id TEXT NOT NULL,
    job_id TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    media_type TEXT NOT NULL,
    file_name TEXT NOT NULL,
    bytes BLOB NOT NULL,
    created_at INTEGER NOT NULL
)
;
CREATE INDEX {own}image_scan ON {own}image (scan_id)
;
CREATE INDEX {own}image_sha256 ON {own}image (sha256)
