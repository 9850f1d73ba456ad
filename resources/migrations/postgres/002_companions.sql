-- Queuedeck's own tables, in a schema of their own (made together with schema_version): Prisma
-- compares only the application's schema. No foreign key, view or trigger touches its tables.

-- Which engine runs what, until when: one row per claimed batch, its jobs in parallel arrays. The
-- token is a uuid that the engine makes, so that it can look up a claim whose answer it never got.
-- row_versions are the xmin of the claimed rows: any write, whoever makes it, changes them.
CREATE TABLE {own}lease (
    token text NOT NULL PRIMARY KEY,
    engine text NOT NULL,
    job_ids text[] NOT NULL,
    attempts integer[] NOT NULL,
    row_versions text[] NOT NULL,
    cancel boolean[] NOT NULL,
    expires_at timestamptz NOT NULL
) WITH (fillfactor = 50)
;
-- The history: one row per attempt, written when it settles.
CREATE TABLE {own}attempt (
    job_id text NOT NULL,
    token text NOT NULL,
    attempt integer NOT NULL,
    engine text NOT NULL,
    started_at timestamptz,
    ended_at timestamptz NOT NULL,
    outcome text NOT NULL,
    error text,
    PRIMARY KEY (job_id, token)
)
;
CREATE INDEX attempt_ended ON {own}attempt (ended_at, outcome)
;
-- Back-off: not to be claimed before.
CREATE TABLE {own}retry (
    job_id text NOT NULL PRIMARY KEY,
    not_before timestamptz NOT NULL
)
;
-- Jobs that a user asked to run next.
CREATE TABLE {own}expedite (
    job_id text NOT NULL PRIMARY KEY,
    at timestamptz NOT NULL
)
;
-- 'processing' rows without a lease, and since when they have not changed.
CREATE TABLE {own}watch (
    job_id text NOT NULL PRIMARY KEY,
    row_version text NOT NULL,
    first_seen timestamptz NOT NULL
)
;
CREATE TABLE {own}engine (
    id text NOT NULL PRIMARY KEY,
    host text NOT NULL,
    pid bigint NOT NULL,
    version text NOT NULL,
    started_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    state text NOT NULL
)
;
-- Every change that a user made …
CREATE TABLE {own}journal (
    id text NOT NULL PRIMARY KEY,
    at timestamptz NOT NULL,
    actor text NOT NULL,
    host text NOT NULL,
    action text NOT NULL,
    scope text NOT NULL,
    changed bigint NOT NULL DEFAULT 0,
    undone_at timestamptz
)
;
-- … and each row as it was before and after, column by column, so that it can be undone. The
-- text of each column is kept, that of a payload too, so that a restored row is identical.
CREATE TABLE {own}journal_row (
    journal_id text NOT NULL,
    job_id text NOT NULL,
    before jsonb,
    after jsonb,
    PRIMARY KEY (journal_id, job_id)
)
;
-- Pictures uploaded here, kept in the database so that a scan, its picture and its job are made
-- in one transaction and every engine on this database can read them.
CREATE TABLE {own}image (
    id text NOT NULL PRIMARY KEY,
    scan_id text NOT NULL,
    job_id text NOT NULL,
    sha256 text NOT NULL,
    media_type text NOT NULL,
    file_name text NOT NULL,
    bytes bytea NOT NULL,
    created_at timestamptz NOT NULL
)
;
CREATE INDEX image_scan ON {own}image (scan_id)
;
CREATE INDEX image_sha256 ON {own}image (sha256)
