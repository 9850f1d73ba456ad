-- How far a large change is, while it is carried out or waits to be resumed, and what it left alone.
ALTER TABLE {own}journal ADD COLUMN state TEXT
;
ALTER TABLE {own}journal ADD COLUMN runner TEXT
;
ALTER TABLE {own}journal ADD COLUMN seen_at INTEGER
;
ALTER TABLE {own}journal ADD COLUMN total INTEGER NOT NULL DEFAULT 0
;
ALTER TABLE {own}journal ADD COLUMN done INTEGER NOT NULL DEFAULT 0
;
ALTER TABLE {own}journal ADD COLUMN reached TEXT NOT NULL DEFAULT ''
;
ALTER TABLE {own}journal ADD COLUMN skipped TEXT
;
ALTER TABLE {own}journal ADD COLUMN undoes TEXT
;
CREATE INDEX {own}journal_undoes ON {own}journal (undoes) WHERE undoes IS NOT NULL
;
-- Jobs that a change added, which taking it back deletes.
ALTER TABLE {own}journal_row ADD COLUMN made INTEGER NOT NULL DEFAULT 0
;
-- The jobs that a large change is about: their ids, compressed.
CREATE TABLE {own}journal_part (
    journal_id TEXT NOT NULL,
    part INTEGER NOT NULL,
    jobs INTEGER NOT NULL,
    ids BLOB NOT NULL,
    PRIMARY KEY (journal_id, part)
) WITHOUT ROWID
