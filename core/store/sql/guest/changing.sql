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
    FROM pick p WHERE j."id" = p."id" RETURNING {moved})
{conclude}

-- name: cancel
WITH pick AS MATERIALIZED (
    {picked} AND j."status" IN ('pending', 'processing') ORDER BY j."id" FOR UPDATE),
done AS (
    UPDATE {job} j SET "status" = 'failed', "error" = :error::text, "completedAt" = {no_time}
    FROM pick p WHERE j."id" = p."id" RETURNING {moved})
{conclude}

-- name: remove
WITH pick AS MATERIALIZED (
    {picked} AND j."status" IN ('completed', 'failed') ORDER BY j."id" FOR UPDATE),
done AS (
    DELETE FROM {job} j USING pick p WHERE j."id" = p."id"
    RETURNING j."id"::text AS job_id, j."type"::text AS type, p.old_status, p.old_error,
        NULL::text AS status, NULL::text AS error, NULL::text AS payload)
{conclude}

-- name: repair
WITH pick AS MATERIALIZED (
    {picked} AND {unknown_status} ORDER BY j."id" FOR UPDATE),
done AS (
    UPDATE {job} j SET "status" = ({meant_status})::{status_type},
        "attempts" = CASE {meant_status} WHEN 'pending' THEN 0 ELSE COALESCE(j."attempts", 0) END
    FROM pick p WHERE j."id" = p."id" RETURNING {moved})
{conclude}

-- name: enqueue
WITH {added} SELECT pg_notify('queuedeck_jobs', '')
