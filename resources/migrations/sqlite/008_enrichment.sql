-- What enrichments found and wrote, one row for each job; for fields that the application has no
-- column for, this is where they are kept. The texts of the application's row before and after, as
-- stored, are what Undo compares and restores.
CREATE TABLE {own}enrichment (
    job_id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    target TEXT NOT NULL,
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    fields TEXT NOT NULL,
    before TEXT NOT NULL,
    stored_before TEXT,
    stored_after TEXT,
    edited TEXT NOT NULL,
    model TEXT NOT NULL,
    journal_id TEXT,
    at INTEGER NOT NULL
) WITHOUT ROWID
;
CREATE INDEX {own}enrichment_target ON {own}enrichment (kind, target, at)
;
CREATE INDEX {own}enrichment_at ON {own}enrichment (at)
;
-- What requests to a model cost, by day in UTC.
CREATE TABLE {own}spend (
    day TEXT NOT NULL,
    job_type TEXT NOT NULL,
    model TEXT NOT NULL,
    requests INTEGER NOT NULL,
    tokens_in INTEGER NOT NULL,
    tokens_out INTEGER NOT NULL,
    PRIMARY KEY (day, job_type, model)
) WITHOUT ROWID
