-- Each row that a change touched, and each of its columns as it was: as a value rather than as text,
-- so that bytes, numbers and NUL characters are restored exactly.
ALTER TABLE {own}journal_row RENAME TO {own}old_row
;
CREATE TABLE {own}journal_row (
    row INTEGER PRIMARY KEY,
    journal_id TEXT NOT NULL,
    job_id TEXT NOT NULL,
    gone INTEGER NOT NULL DEFAULT 0,
    UNIQUE (journal_id, job_id)
)
;
CREATE TABLE {own}journal_cell (
    row INTEGER NOT NULL,
    name TEXT NOT NULL,
    before,
    after,
    written INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (row, name)
) WITHOUT ROWID
;
INSERT INTO {own}journal_row (journal_id, job_id, gone)
    SELECT journal_id, job_id, after IS NULL FROM {own}old_row
;
INSERT INTO {own}journal_cell (row, name, before, after, written)
    SELECT r.row, b.key, b.value, json_extract(o.after, '$.' || b.key),
        o.after IS NOT NULL AND b.key IN ('status', 'attempts', 'error', 'completedAt')
    FROM {own}old_row o
    CROSS JOIN {own}journal_row r ON r.journal_id = o.journal_id AND r.job_id = o.job_id
    CROSS JOIN json_each(o.before) b
;
DROP TABLE {own}old_row
;
-- What an effect wrote besides the jobs of a change, as it was before and after.
CREATE TABLE {own}journal_effect (
    journal_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    target TEXT NOT NULL,
    before TEXT,
    after TEXT,
    PRIMARY KEY (journal_id, kind, target)
) WITHOUT ROWID
