-- Which engine took a batch, and until when it holds what is left of it. What is the same for the
-- whole batch is stored here once, so a claim, a heartbeat and the history write less.
CREATE TABLE {own}claim (
    id INTEGER NOT NULL PRIMARY KEY,
    token TEXT NOT NULL UNIQUE,
    engine TEXT NOT NULL,
    expires_at INTEGER NOT NULL
)
;
INSERT INTO {own}claim (token, engine, expires_at)
    SELECT token, MIN(engine), MAX(expires_at) FROM (
        SELECT token, engine, expires_at FROM {own}lease
        UNION ALL SELECT token, engine, ended_at FROM {own}attempt) GROUP BY token
;
-- Which engine runs what. One row per claimed job, until it settles.
ALTER TABLE {own}lease RENAME TO {own}old_lease
;
CREATE TABLE {own}lease (
    claim INTEGER NOT NULL,
    job_id TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    cancel INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (claim, job_id)
) WITHOUT ROWID
;
INSERT INTO {own}lease (claim, job_id, attempt, cancel)
    SELECT c.id, l.job_id, l.attempt, l.cancel
    FROM {own}old_lease l JOIN {own}claim c ON c.token = l.token
;
DROP TABLE {own}old_lease
;
-- The history: one row per attempt, written when it settles.
ALTER TABLE {own}attempt RENAME TO {own}old_attempt
;
CREATE TABLE {own}attempt (
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
INSERT INTO {own}attempt (job_id, claim, attempt, started_at, ended_at, outcome, error)
    SELECT a.job_id, c.id, a.attempt, a.started_at, a.ended_at, a.outcome, a.error
    FROM {own}old_attempt a JOIN {own}claim c ON c.token = a.token
;
DROP TABLE {own}old_attempt
;
CREATE INDEX {own}attempt_ended ON {own}attempt (ended_at, outcome)
