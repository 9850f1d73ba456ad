-- What attempts came to by minute, hour and day (step is its length in seconds, at its beginning in
-- ms since 1970, UTC) and in total (step 0). wait and run are LogHistograms as text.
CREATE TABLE {own}history (
    step INTEGER NOT NULL,
    at INTEGER NOT NULL,
    type TEXT NOT NULL,
    completed INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    retried INTEGER NOT NULL,
    wait TEXT NOT NULL,
    run TEXT NOT NULL,
    PRIMARY KEY (step, at, type)
)
;
-- What engines have noted and no roll-up has added to `history` yet.
CREATE TABLE {own}history_part (
    minute INTEGER NOT NULL,
    type TEXT NOT NULL,
    completed INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    retried INTEGER NOT NULL,
    wait TEXT NOT NULL,
    run TEXT NOT NULL
)
;
-- The latest batch of parts of each engine, so that none is noted twice.
CREATE TABLE {own}history_engine (
    engine TEXT NOT NULL PRIMARY KEY,
    number INTEGER NOT NULL,
    at INTEGER NOT NULL
) WITHOUT ROWID
;
-- What the queue looked like, by whoever watched: the highest age of the oldest pending job, the
-- most processing jobs, the jobs created. The row of step 0 says when all of this began.
CREATE TABLE {own}history_seen (
    step INTEGER NOT NULL,
    at INTEGER NOT NULL,
    oldest_ms INTEGER,
    running INTEGER,
    created INTEGER,
    PRIMARY KEY (step, at)
) WITHOUT ROWID
;
INSERT INTO {own}history_seen (step, at)
    VALUES (0, CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER))
