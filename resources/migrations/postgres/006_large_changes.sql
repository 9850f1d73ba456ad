-- How far a large change is, while it is carried out or waits to be resumed, and what it left alone.
ALTER TABLE {own}journal
    ADD COLUMN state text,
    ADD COLUMN runner text,
    ADD COLUMN seen_at timestamptz,
    ADD COLUMN total bigint NOT NULL DEFAULT 0,
    ADD COLUMN done bigint NOT NULL DEFAULT 0,
    ADD COLUMN reached text NOT NULL DEFAULT '',
    ADD COLUMN skipped jsonb,
    ADD COLUMN undoes text
;
CREATE INDEX journal_undoes ON {own}journal (undoes) WHERE undoes IS NOT NULL
;
-- The jobs that it is about: their ids, compressed.
CREATE TABLE {own}journal_part (
    journal_id text NOT NULL,
    part int NOT NULL,
    jobs bigint NOT NULL,
    ids bytea NOT NULL,
    PRIMARY KEY (journal_id, part)
)
