-- The history: what attempts came to, and what the queue looked like. Engines note parts, a roll-up
-- adds them to the rows of their minute, hour and day and to the total. Steps and times: see the
-- migration that makes the tables.

-- The first program to note a batch gets a row; whoever sends it again gets none.
-- name: historyNumber
INSERT INTO {own}history_engine AS e (engine, number, at)
VALUES (:engine, :number, :now)
ON CONFLICT (engine) DO UPDATE SET number = excluded.number, at = excluded.at
    WHERE e.number < excluded.number
RETURNING 1

-- name: historyPart
INSERT INTO {own}history_part (minute, type, completed, failed, retried, wait, run)
VALUES (:minute, :type, :completed, :failed, :retried, :wait, :run)

-- When somebody last rolled up, or the recording began.
-- name: historyLatest
SELECT MAX(at) FROM {own}history_seen WHERE step IN (0, 60)

-- One roll-up at a time; the others have nothing to do.
-- name: historyLock
SELECT 1

-- name: historyTake
DELETE FROM {own}history_part WHERE rowid IN (
    SELECT rowid FROM {own}history_part LIMIT 5000)
RETURNING minute, type, completed, failed, retried, wait, run

-- name: historyAt
SELECT at, type, completed, failed, retried, wait, run FROM {own}history
WHERE step = :step AND at = :at

-- name: historyPut
INSERT INTO {own}history (step, at, type, completed, failed, retried, wait, run)
VALUES (:step, :at, :type, :completed, :failed, :retried, :wait, :run)
ON CONFLICT (step, at, type) DO UPDATE SET completed = excluded.completed,
    failed = excluded.failed, retried = excluded.retried, wait = excluded.wait, run = excluded.run

-- Few at a time: a clock that was set wrong for a moment must not cost the whole history.
-- name: historyExpire
DELETE FROM {own}history WHERE step = :step AND at IN (
    SELECT DISTINCT at FROM {own}history WHERE step = :step AND at < :before
    ORDER BY at LIMIT 10)

-- name: historySeenExpire
DELETE FROM {own}history_seen WHERE step = :step AND at IN (
    SELECT at FROM {own}history_seen WHERE step = :step AND at < :before ORDER BY at LIMIT 10)

-- name: historyEnginesExpire
DELETE FROM {own}history_engine WHERE at < :before

-- name: historyRunning
SELECT COUNT(*) FROM {jobs} j WHERE j."status" = 'processing'

-- name: historySee
INSERT INTO {own}history_seen AS s (step, at, oldest_ms, running)
VALUES (:step, :at, :oldest, :running)
ON CONFLICT (step, at) DO UPDATE SET
    oldest_ms = MAX(COALESCE(s.oldest_ms, excluded.oldest_ms), excluded.oldest_ms),
    running = MAX(COALESCE(s.running, excluded.running), excluded.running)

-- The latest minute up to now whose created jobs have been counted.
-- name: historyCounted
SELECT MAX(at) FROM {own}history_seen
WHERE step = 60 AND created IS NOT NULL AND at <= :now

-- name: historyCreated
SELECT COUNT(*) FROM {created_jobs} j

-- name: historyPutCreated
INSERT INTO {own}history_seen (step, at, created) VALUES (60, :at, :created)
ON CONFLICT (step, at) DO UPDATE SET created = excluded.created

-- An hour from its minutes, a day from its hours.
-- name: historySumCreated
INSERT INTO {own}history_seen (step, at, created)
SELECT :step, :at, SUM(s.created) FROM {own}history_seen s
WHERE s.step = :below AND s.at >= :at AND s.at < :end AND s.created IS NOT NULL
HAVING COUNT(*) > 0
ON CONFLICT (step, at) DO UPDATE SET created = excluded.created

-- name: historyRows
SELECT at, type, completed, failed, retried, wait, run FROM {own}history
WHERE step = :step AND at >= :from AND at < :end

-- Those that are not rolled up yet.
-- name: historyParts
SELECT minute, type, completed, failed, retried, wait, run FROM {own}history_part

-- name: historySeen
SELECT at, oldest_ms, running, created FROM {own}history_seen
WHERE step = :step AND at >= :from AND at < :end

-- name: historyBegun
SELECT MIN(b.at) FROM (
    SELECT at FROM {own}history_seen WHERE step = 0
    UNION ALL SELECT MIN(at) FROM {own}history WHERE step = 60) b
