-- Changes made by people. Each takes :ids and returns the moves; :journal is the entry's id.
-- Locks are taken in the same order everywhere, to avoid deadlocks: leases by token, then jobs by
-- id, then the rest.

-- name: retry
WITH pick AS MATERIALIZED (
    {picked} AND (
        (j."status" = 'failed' AND (:keepTries::int = 0 OR NOT {spent}))
        OR (j."status" = 'pending' AND :keepTries::int = 0 AND {spent}))
    ORDER BY j."id" FOR UPDATE),
done AS (
    UPDATE {job} j SET "status" = 'pending', "error" = {no_error},
        "attempts" = CASE WHEN :keepTries::int = 1 THEN j."attempts" ELSE 0 END,
        "completedAt" = {no_time}
    FROM pick p WHERE j."id" = p."id"
    RETURNING {moved}, p.before, {written_image} AS after),
at_once AS (DELETE FROM {own}retry WHERE job_id = ANY (ARRAY(SELECT job_id FROM done))),
{conclude}

-- name: cancel
WITH held AS MATERIALIZED (
    SELECT token FROM {own}lease WHERE job_ids && :ids::text[] ORDER BY token FOR UPDATE),
pick AS MATERIALIZED (
    {picked} AND j."status" IN ('pending', 'processing') AND (SELECT COUNT(*) FROM held) >= 0
    ORDER BY j."id" FOR UPDATE),
done AS (
    UPDATE {job} j SET "status" = 'failed', "error" = :error::text, "completedAt" = {no_time}
    FROM pick p WHERE j."id" = p."id"
    RETURNING {moved}, p.before, {written_image} AS after),
told AS (
    UPDATE {own}lease l SET cancel = ARRAY(
        SELECT u.cancel OR u.job_id = ANY (ARRAY(SELECT job_id FROM done))
        FROM unnest(l.job_ids, l.cancel) WITH ORDINALITY AS u(job_id, cancel, place)
        ORDER BY u.place)
    WHERE l.token IN (SELECT token FROM held)),
back_off AS (DELETE FROM {own}retry WHERE job_id = ANY (ARRAY(SELECT job_id FROM done))),
next AS (DELETE FROM {own}expedite WHERE job_id = ANY (ARRAY(SELECT job_id FROM done))),
{conclude}

-- name: remove
WITH pick AS MATERIALIZED (
    {picked} AND j."status" IN ('completed', 'failed') ORDER BY j."id" FOR UPDATE),
done AS (
    DELETE FROM {job} j USING pick p WHERE j."id" = p."id"
    RETURNING j."id"::text AS job_id, j."type"::text AS type, p.old_status, p.old_error,
        NULL::text AS status, NULL::text AS error, NULL::text AS payload, p.before,
        NULL::jsonb AS after),
{conclude}

-- A job of unknown status gets the status that its text means, else pending.
-- name: repair
WITH pick AS MATERIALIZED (
    {picked} AND {unknown_status} ORDER BY j."id" FOR UPDATE),
done AS (
    UPDATE {job} j SET "status" = ({meant_status})::{status_type},
        "attempts" = CASE {meant_status} WHEN 'pending' THEN 0 ELSE COALESCE(j."attempts", 0) END
    FROM pick p WHERE j."id" = p."id"
    RETURNING {moved}, p.before, {written_image} AS after),
{conclude}

-- One job, with its journal entry and the notification to the engines.
-- name: enqueue
WITH {added}, {note_added}

-- name: importJob
INSERT INTO {job} ("id", "type", "payload", "status", "attempts", "error", "createdAt",
    "completedAt")
VALUES (:id, :type, :payload, :status, :attempts, :error, :createdAt, :completedAt)
