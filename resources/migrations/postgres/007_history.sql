-- What attempts came to by minute, hour and day (step is its length in seconds, at its beginning in
-- ms since 1970, UTC) and in total (step 0). wait and run are LogHistograms as text.
CREATE TABLE {own}history (
    step integer NOT NULL,
    at bigint NOT NULL,
    type text NOT NULL,
    completed bigint NOT NULL,
    failed bigint NOT NULL,
    retried bigint NOT NULL,
    wait text NOT NULL,
    run text NOT NULL,
    PRIMARY KEY (step, at, type)
) WITH (fillfactor = 70)
;
-- What engines have noted and no roll-up has added to `history` yet.
CREATE TABLE {own}history_part (
    minute bigint NOT NULL,
    type text NOT NULL,
    completed bigint NOT NULL,
    failed bigint NOT NULL,
    retried bigint NOT NULL,
    wait text NOT NULL,
    run text NOT NULL
)
;
-- The latest batch of parts of each engine, so that none is noted twice.
CREATE TABLE {own}history_engine (
    engine text NOT NULL PRIMARY KEY,
    number bigint NOT NULL,
    at bigint NOT NULL
)
;
-- What the queue looked like, by whoever watched: the highest age of the oldest pending job, the
-- most processing jobs, the jobs created. The row of step 0 says when all of this began.
CREATE TABLE {own}history_seen (
    step integer NOT NULL,
    at bigint NOT NULL,
    oldest_ms bigint,
    running bigint,
    created bigint,
    PRIMARY KEY (step, at)
)
;
INSERT INTO {own}history_seen (step, at)
    VALUES (0, floor(date_part('epoch', clock_timestamp()) * 1000)::bigint)
