-- How SQLite claims and settles: one transaction of several statements, each for the whole batch,
-- which is passed as a table. `queuedeck_taking` (id, address, attempt) holds the jobs picked,
-- `queuedeck_settling` (id, address, attempt, started_at, retry_in) the results.

-- Expedited jobs, whatever their back-off. CROSS JOIN begins with these few: the planner would
-- begin with all that are pending.
-- name: pickHastened
SELECT j."id", j."type", CAST(j."payload" AS BLOB), j."attempts" + 1, j.{row}, 1,
    j."createdAt"
FROM {own}expedite x CROSS JOIN {job} j ON j."id" = x.job_id
WHERE {claimable} ORDER BY x.at LIMIT :limit

-- name: pick
SELECT j."id", j."type", CAST(j."payload" AS BLOB), j."attempts" + 1, j.{row},
    r.job_id IS NOT NULL, j."createdAt"
FROM {job} j LEFT JOIN {own}retry r ON r.job_id = j."id"
WHERE {claimable} AND (r.job_id IS NULL OR r.not_before <= :now)
ORDER BY {created_order} LIMIT :limit

-- The job that a claim would take first.
-- name: nextClaimable
SELECT j."id" FROM {job} j WHERE {claimable} AND j."id" NOT IN (
    SELECT job_id FROM {own}retry WHERE not_before > :now
        AND job_id NOT IN (SELECT job_id FROM {own}expedite))
ORDER BY j."id" NOT IN (SELECT job_id FROM {own}expedite), {created_order} LIMIT 1

-- name: claimsPending
SELECT 1 FROM {job} j WHERE {claimable} AND j."id" NOT IN (
    SELECT job_id FROM {own}retry WHERE not_before > :now
        AND job_id NOT IN (SELECT job_id FROM {own}expedite)) LIMIT 1

-- name: waitingPending
SELECT 1 FROM {job} j WHERE {claimable} LIMIT 1

-- name: waitingByType
SELECT j."type", COUNT(*) FROM {job} j WHERE {claimable} GROUP BY 1

-- name: waitingPayloads
SELECT j."type",
    CASE WHEN LENGTH(CAST(j."payload" AS BLOB)) <= :bytes THEN CAST(j."payload" AS BLOB) END,
    COALESCE(LENGTH(CAST(j."payload" AS BLOB)) > :bytes, 0)
FROM {job} j WHERE {claimable} ORDER BY {created_order} LIMIT :limit

-- name: take
{update_jobs} SET "status" = 'processing', "attempts" = "attempts" + 1
WHERE {row} IN (SELECT address FROM queuedeck_taking)

-- name: open
INSERT INTO {own}claim (token, engine, expires_at, held)
VALUES (:token, :engine, :now + :ttl, :held) RETURNING id

-- name: lease
INSERT INTO {own}batch (claim, jobs)
SELECT :claim, json_group_object(id, attempt) FROM queuedeck_taking

-- name: unwait
DELETE FROM {own}retry WHERE job_id IN (SELECT id FROM queuedeck_taking)
;
DELETE FROM {own}expedite WHERE job_id IN (SELECT id FROM queuedeck_taking)

-- A job's row looks the same to both runs: processing, in the same attempt. The other claim's
-- `held` stays as it is; the rescue removes its batch.
-- name: oust
INSERT INTO {own}lost (claim, job_id, why)
SELECT l.claim, l.job_id, 'gone' FROM {own}lease l
WHERE l.claim <> :claim AND l.job_id IN (SELECT id FROM queuedeck_taking)
ON CONFLICT (claim, job_id) DO UPDATE SET why = 'gone'

-- A row that another program has written is no longer ours.
-- name: heartbeat
UPDATE {own}claim SET expires_at = :now + :ttl
WHERE token IN (SELECT value FROM json_each(:tokens)) AND expires_at > :now
;
SELECT c.token, l.job_id, l.cancel
FROM {own}claim c CROSS JOIN {own}lease l ON l.claim = c.id
WHERE c.token IN (SELECT value FROM json_each(:tokens)) AND c.expires_at > :now
    AND (l.cancel = 1 OR EXISTS (SELECT 1 FROM {job} j WHERE j."id" = l.job_id
        AND j."status" = 'processing' AND j."attempts" = l.attempt))

-- An expired claim is left to the rescue, which would not find its jobs if its batch were removed
-- here.
-- name: held
SELECT id FROM {own}claim WHERE token = :token AND expires_at > :now

-- Changes when another connection has written, when this one has, and when VACUUM has renumbered
-- the rows.
-- name: mark
SELECT data_version, total_changes(), schema_version FROM pragma_data_version, pragma_schema_version

-- Usually none: a batch that is still where it was claimed returns no rows.
-- name: elsewhere
SELECT s.rowid FROM queuedeck_settling s WHERE NOT EXISTS (
    SELECT 1 FROM {job} j WHERE j.{row} = s.address AND j."id" = s.id AND {still_ours})

-- A VACUUM renumbers the rows: these are found by their ids.
-- name: search
SELECT s.rowid, j.{row} FROM queuedeck_settling s CROSS JOIN {job} j ON j."id" = s.id
    AND {still_ours}

-- For results with the same outcome, like the next two.
-- name: write
{update_jobs} SET "status" = :status, "attempts" = "attempts" - :refund,
    "error" = CASE :refund WHEN 1 THEN "error" ELSE COALESCE(:error, {no_error}) END,
    "completedAt" = CASE :status WHEN 'completed' THEN :completedAt ELSE {no_time} END
WHERE {row} IN (SELECT address FROM queuedeck_settling)

-- name: remember
INSERT OR FAIL INTO {own}attempt (job_id, claim, attempt, started_at, ended_at, outcome, error)
SELECT id, :claim, attempt, started_at, :now, :outcome, :error FROM queuedeck_settling

-- Only where there are any: `queuedeck_results` (id, result).
-- name: keepResults
UPDATE {own}attempt AS a SET result = s.result FROM queuedeck_results s
WHERE a.job_id = s.id AND a.claim = :claim

-- name: tally
INSERT INTO {own}tally (at, outcome, attempts)
SELECT :now - :now % 1000, :outcome, :count WHERE :count > 0
ON CONFLICT (at, outcome) DO UPDATE SET attempts = attempts + excluded.attempts

-- name: defer
INSERT INTO {own}retry (job_id, not_before)
SELECT id, :now + retry_in FROM queuedeck_settling WHERE retry_in > 0
ON CONFLICT (job_id) DO UPDATE SET not_before = excluded.not_before

-- name: lose
INSERT INTO {own}lost (claim, job_id, why)
SELECT claim, job_id, 'gone' FROM {own}lease
WHERE claim = :claim AND job_id IN (SELECT id FROM queuedeck_settling)
ON CONFLICT (claim, job_id) DO UPDATE SET why = 'gone' WHERE why <> 'gone'

-- name: release
UPDATE {own}claim SET held = held - :count WHERE id = :claim RETURNING held

-- name: close
DELETE FROM {own}batch WHERE claim = :claim
;
DELETE FROM {own}lost WHERE claim = :claim
