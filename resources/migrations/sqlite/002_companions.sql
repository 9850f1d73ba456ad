-- Queuedeck's own tables. No foreign key, view or trigger touches the application's tables.
-- Times are milliseconds since 1970, UTC.

-- Which engine took a batch, and until when it holds what is left of it. What is the same for the
-- whole batch stands here once: a claim, a heartbeat and the history write less.
CREATE TABLE queuedeck_claim (
    id INTEGER NOT NULL PRIMARY KEY,
    token TEXT NOT NULL UNIQUE,
    engine TEXT NOT NULL,
    expires_at INTEGER NOT NULL
)
;
-- Who runs what. One row a claimed job, until it settles.
CREATE TABLE queuedeck_lease (
    claim INTEGER NOT NULL,
    job_id TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    cancel INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (claim, job_id)
) WITHOUT ROWID
;
-- The history: one row an attempt, written when it settles.
CREATE TABLE queuedeck_attempt (
    job_id TEXT NOT NULL,
    claim INTEGER NOT NULL,
    attempt INTEGER NOT NULL,
    started_at INTEGER,
    ended_at INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    error TEXT,
    PRIMARY KEY (job_id, claim)
) WITHOUT ROWID
;
CREATE INDEX queuedeck_attempt_ended ON queuedeck_attempt (ended_at, outcome)
;
-- Back-off: not to be claimed before.
CREATE TABLE queuedeck_retry (
    job_id TEXT NOT NULL PRIMARY KEY,
    not_before INTEGER NOT NULL
) WITHOUT ROWID
;
-- Jobs a person asked to run next.
CREATE TABLE queuedeck_expedite (
    job_id TEXT NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL
) WITHOUT ROWID
;
-- 'processing' rows without a lease, and since when they look the same.
CREATE TABLE queuedeck_watch (
    job_id TEXT NOT NULL PRIMARY KEY,
    row_version TEXT NOT NULL,
    first_seen INTEGER NOT NULL
) WITHOUT ROWID
;
CREATE TABLE queuedeck_engine (
    id TEXT NOT NULL PRIMARY KEY,
    host TEXT NOT NULL,
    pid INTEGER NOT NULL,
    version TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    state TEXT NOT NULL
) WITHOUT ROWID
;
-- Every change a person made …
CREATE TABLE queuedeck_journal (
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
CREATE TABLE queuedeck_journal_row (
    journal_id TEXT NOT NULL,
    job_id TEXT NOT NULL,
    before TEXT,
    after TEXT,
    PRIMARY KEY (journal_id, job_id)
)
;
-- Pictures uploaded here, kept in the database so that a scan, its picture and its job are made
-- in one transaction and every engine on this database can read them.
CREATE TABLE queuedeck_image (
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
CREATE INDEX queuedeck_image_scan ON queuedeck_image (scan_id)
;
CREATE INDEX queuedeck_image_sha256 ON queuedeck_image (sha256)
