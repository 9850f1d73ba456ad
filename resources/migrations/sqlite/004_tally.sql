-- How many attempts ended in each second, and how. Until now an index over the history served for
-- this, which cost every job as much as its row; a batch writes one or two of these.
CREATE TABLE {own}tally (
    at INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    PRIMARY KEY (at, outcome)
) WITHOUT ROWID
;
INSERT INTO {own}tally (at, outcome, attempts)
    SELECT ended_at - ended_at % 1000, outcome, COUNT(*) FROM {own}attempt GROUP BY 1, 2
;
DROP INDEX {own}attempt_ended
