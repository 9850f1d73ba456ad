-- What enrichments found and wrote, one row for each job; for fields that the application has no
-- column for, this is where they are kept. The texts of the application's row before and after, as
-- stored, are what Undo compares and restores.
CREATE TABLE {own}enrichment (
    job_id text NOT NULL PRIMARY KEY,
    kind text NOT NULL,
    target text NOT NULL,
    name text NOT NULL,
    state text NOT NULL,
    fields jsonb NOT NULL,
    before jsonb NOT NULL,
    stored_before jsonb,
    stored_after jsonb,
    edited jsonb NOT NULL,
    model text NOT NULL,
    journal_id text,
    at timestamptz NOT NULL
)
;
CREATE INDEX enrichment_target ON {own}enrichment (kind, target, at)
;
CREATE INDEX enrichment_at ON {own}enrichment (at)
;
-- What requests to a model cost, by day in UTC.
CREATE TABLE {own}spend (
    day date NOT NULL,
    job_type text NOT NULL,
    model text NOT NULL,
    requests bigint NOT NULL,
    tokens_in bigint NOT NULL,
    tokens_out bigint NOT NULL,
    PRIMARY KEY (day, job_type, model)
)
