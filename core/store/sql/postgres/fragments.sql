-- What several statements for PostgreSQL share. What differs from one application's tables to the
-- next ({job}, {id_type}, {row_image} …) is added at connect: see shapewords.

-- A picture that an engine can read: others lie at addresses, which this version does not fetch. Their
-- jobs are left to the processor that can.
-- name: readable_here
({type} <> 'image_extraction'
    OR COALESCE({payload_json} ->> 'imageUrl' LIKE 'queuedeck-image:%', true))

-- A job "j" that an engine may take.
-- name: claimable
j."status" = 'pending' AND j."attempts" < :max::int AND {type} = ANY (:types::text[])
    AND j."id" <> ALL (:deferred::{id_type}[]) AND {readable_here}

-- No processor takes a pending job "j" of this kind: its attempts are spent, or nobody knows.
-- name: spent
((j."attempts" < :max::int) IS NOT TRUE)

-- A status that is none of the four. The word meant may be one of them all the same.
-- name: unknown_status
(j."status" IS NULL
    OR j."status"::text NOT IN ('pending', 'processing', 'completed', 'failed'))

-- name: meant_status
CASE WHEN lower(btrim(j."status"::text, E' \t\r\n'))
        IN ('pending', 'processing', 'completed', 'failed')
    THEN lower(btrim(j."status"::text, E' \t\r\n')) ELSE 'pending' END

-- As jobFromRow reads them. The error is cut to 2,000 characters: a list shows a line.
-- name: job_columns
j."id"::text AS job_id, j."type", j."status", j."attempts", SUBSTR(j."error", 1, 2000),
    j."createdAt", j."completedAt"

-- The jobs that somebody's lease covers.
-- name: live
(SELECT unnest(job_ids) FROM {own}lease WHERE expires_at > clock_timestamp())

-- Processing without a live lease, and unchanged since somebody looked, or since its engine took it.
-- name: is_stuck
(j."status" = 'processing' AND j."id"::text NOT IN {live} AND (:grace::bigint = 0
    OR (j."id"::text, {row_version}) IN (
        SELECT job_id, row_version FROM {own}watch
        WHERE first_seen <= clock_timestamp() - :grace::bigint * interval '1 millisecond'
        UNION ALL SELECT unnest(job_ids), unnest(row_versions) FROM {own}lease)))

-- What a change hands on: which job went from where to where, and the payload of the types that
-- have an effect, which then follows.
-- name: moved
j."id"::text AS job_id, j."type"::text AS type, p.old_status, p.old_error,
    j."status"::text AS status, j."error"::text AS error,
    CASE WHEN {type} = ANY (:following::text[]) THEN j."payload"::text END AS payload

-- name: moves
job_id, type, old_status, old_error, status, error, payload

-- Locked and as they were.
-- name: picked
SELECT j."id", {row_image} AS before, j."status"::text AS old_status, j."error"::text AS old_error
    FROM {job} j WHERE j."id" = ANY (:ids::{id_type}[])

-- Writes the rows before and after to the journal and counts them.
-- name: conclude
kept AS (
    INSERT INTO {own}journal_row (journal_id, job_id, before, after)
    SELECT :journal::text, job_id, before, after FROM done),
counted AS (
    UPDATE {own}journal SET changed = changed + (SELECT COUNT(*) FROM done)
    WHERE id = :journal::text)
SELECT {moves} FROM done

-- Results as arrays side by side; a NULL array says what most results say.
-- name: results
input AS MATERIALIZED (
    SELECT t.id, t.version, COALESCE(t.status, 'completed') AS status,
        COALESCE(t.refund, 0) AS refund, t.error, COALESCE(t.outcome, 'completed') AS outcome,
        to_timestamp(t.started_at) AS started_at, t.retry_in
    FROM unnest(:ids::{id_type}[], :versions::xid[], :statuses::text[], :refunds::int[],
        :errors::text[], :outcomes::text[], :startedAts::float8[], :retryIns::float8[])
        AS t(id, version, status, refund, error, outcome, started_at, retry_in))

-- name: settled_row
"status" = m.status::{status_type}, "attempts" = j."attempts" - m.refund,
        "error" = CASE m.refund WHEN 1 THEN j."error"
            ELSE COALESCE(left(m.error, {error_length}), {no_error}) END,
        "completedAt" = CASE m.status WHEN 'completed' THEN {now_completed} ELSE {no_time} END

-- name: noted_attempts
history AS (
    INSERT INTO {own}attempt (job_id, token, attempt, engine, started_at, ended_at, outcome, error)
    SELECT job_id, :token::text, attempt, engine, started_at, clock_timestamp(), outcome, error
    FROM done),
back_off AS (
    INSERT INTO {own}retry (job_id, not_before)
    SELECT job_id, clock_timestamp() + retry_in * interval '1 millisecond' FROM done
    WHERE retry_in > 0
    ON CONFLICT (job_id) DO UPDATE SET not_before = excluded.not_before)

-- A processing row without an engine goes back, or has failed.
-- name: lost_row
"status" = (CASE WHEN j."attempts" >= :max::int THEN 'failed' ELSE 'pending' END)::{status_type}

-- name: journal_columns
id, (EXTRACT(EPOCH FROM at) * 1000)::bigint, actor, host, action, scope, changed,
    (EXTRACT(EPOCH FROM undone_at) * 1000)::bigint,
    EXISTS (SELECT 1 FROM {own}journal_row r WHERE r.journal_id = j.id)::int

-- What a person added, into the journal; and the engines are told.
-- name: note_added
noted AS (
    INSERT INTO {own}journal (id, at, actor, host, action, scope, changed)
    VALUES (:journal, clock_timestamp(), :actor, :host, :action, :scope, CAST(:count AS bigint)))
SELECT pg_notify('queuedeck_jobs', '')

-- name: added
added AS (
    INSERT INTO {job} ("id", "type", "payload", "status", "attempts", "createdAt")
    VALUES (:id, :type, :payload, 'pending', 0, :createdAt))

-- Of "ImageScan" s, as ScanStore reads them.
-- name: scan_columns
s."id"::text, s."scanType", s."imageUrl", s."status", s."extractedData", s."errorMessage",
    s."tenantId", s."userId", s."createdAt", s."completedAt"
