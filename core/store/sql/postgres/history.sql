-- The history: what attempts came to, and what the queue looked like. Engines note parts, a roll-up
-- adds them to the rows of their minute, hour and day and to the total. Steps and times: see the
-- migration that makes the tables.

-- The first program to note a batch gets a row; whoever sends it again gets none.
-- name: historyNumber
INSERT INTO {own}history_engine AS e (engine, number, at)
VALUES (:engine::text, :number::bigint, :now::bigint)
ON CONFLICT (engine) DO UPDATE SET number = excluded.number, at = excluded.at
    WHERE e.number < excluded.number
RETURNING 1

-- name: historyPart
INSERT INTO {own}history_part (minute, type, completed, failed, retried, wait, run)
VALUES (:minute::bigint, :type::text, :completed::bigint, :failed::bigint, :retried::bigint, :wait::text, :run::text)

-- When somebody last rolled up, or the recording began.
-- name: historyLatest
SELECT MAX(at) FROM {own}history_seen WHERE step IN (0, 60)

-- One roll-up at a time; the others have nothing to do.
-- name: historyLock
SELECT pg_try_advisory_xact_lock(hashtext('{own}history'))::int

-- name: historyTake
DELETE FROM {own}history_part WHERE ctid = ANY (ARRAY(
    SELECT ctid FROM {own}history_part LIMIT 5000 FOR UPDATE SKIP LOCKED))
RETURNING minute, type, completed, failed, retried, wait, run

-- name: historyAt
SELECT at, type, completed, failed, retried, wait, run FROM {own}history
WHERE step = :step::int AND at = :at::bigint

-- name: historyPut
INSERT INTO {own}history (step, at, type, completed, failed, retried, wait, run)
VALUES (:step::int, :at::bigint, :type::text, :completed::bigint, :failed::bigint, :retried::bigint, :wait::text, :run::text)
ON CONFLICT (step, at, type) DO UPDATE SET completed = excluded.completed,
    failed = excluded.failed, retried = excluded.retried, wait = excluded.wait, run = excluded.run

-- Few at a time: a clock that was set wrong for a moment must not cost the whole history.
-- name: historyExpire
DELETE FROM {own}history WHERE step = :step::int AND at IN (
    SELECT DISTINCT at FROM {own}history WHERE step = :step::int AND at < :before::bigint
    ORDER BY at LIMIT 10)

-- name: historySeenExpire
DELETE FROM {own}history_seen WHERE step = :step::int AND at IN (
    SELECT at FROM {own}history_seen WHERE step = :step::int AND at < :before::bigint ORDER BY at LIMIT 10)

-- name: historyEnginesExpire
DELETE FROM {own}history_engine WHERE at < :before::bigint

-- name: historyRunning
SELECT COUNT(*) FROM {jobs} j WHERE j."status" = 'processing'

-- name: historySee
INSERT INTO {own}history_seen AS s (step, at, oldest_ms, running)
VALUES (:step::int, :at::bigint, :oldest::bigint, :running::bigint)
ON CONFLICT (step, at) DO UPDATE SET
    oldest_ms = GREATEST(COALESCE(s.oldest_ms, excluded.oldest_ms), excluded.oldest_ms),
    running = GREATEST(COALESCE(s.running, excluded.running), excluded.running)

-- The latest minute up to now whose created jobs have been counted.
-- name: historyCounted
SELECT MAX(at) FROM {own}history_seen
WHERE step = 60 AND created IS NOT NULL AND at <= :now::bigint

-- name: historyCreated
SELECT COUNT(*) FROM {created_jobs} j

-- name: historyPutCreated
INSERT INTO {own}history_seen (step, at, created) VALUES (60, :at::bigint, :created::bigint)
ON CONFLICT (step, at) DO UPDATE SET created = excluded.created

-- An hour from its minutes, a day from its hours.
-- name: historySumCreated
INSERT INTO {own}history_seen (step, at, created)
SELECT :step::int, :at::bigint, SUM(s.created) FROM {own}history_seen s
WHERE s.step = :below::int AND s.at >= :at::bigint AND s.at < :end::bigint AND s.created IS NOT NULL
HAVING COUNT(*) > 0
ON CONFLICT (step, at) DO UPDATE SET created = excluded.created

-- name: historyRows
SELECT at, type, completed, failed, retried, wait, run FROM {own}history
WHERE step = :step::int AND at >= :from::bigint AND at < :end::bigint

-- Those that are not rolled up yet.
-- name: historyParts
SELECT minute, type, completed, failed, retried, wait, run FROM {own}history_part

-- name: historySeen
SELECT at, oldest_ms, running, created FROM {own}history_seen
WHERE step = :step::int AND at >= :from::bigint AND at < :end::bigint

-- name: historyBegun
SELECT MIN(b.at) FROM (
    SELECT at FROM {own}history_seen WHERE step = 0
    UNION ALL SELECT MIN(at) FROM {own}history WHERE step = 60) b
