-- Fragments shared by PostgreSQL statements. Those that depend on the application's tables ({job},
-- {id_type}, {row_image} …) are added at connect: see shapewords.

-- A picture that this engine may read: its address fits one of the patterns :pictures, which are in
-- lower case. Jobs with others are left to a processor that can fetch them.
-- name: readable_here
({type} <> 'image_extraction'
    OR COALESCE(lower({payload_json} ->> 'imageUrl') LIKE ANY (:pictures::text[]), true))

-- A job "j" that an engine may take.
-- name: claimable
j."status" = 'pending' AND j."attempts" < :max::int AND {type} = ANY (:types::text[])
    AND j."id" <> ALL (:deferred::{id_type}[]) AND {readable_here}

-- A pending job "j" that no processor takes: its attempts are used up or unknown.
-- name: spent
((j."attempts" < :max::int) IS NOT TRUE)

-- A status that is none of the four. It may still mean one of them.
-- name: unknown_status
(j."status" IS NULL
    OR j."status"::text NOT IN ('pending', 'processing', 'completed', 'failed'))

-- name: meant_status
CASE WHEN lower(btrim(j."status"::text, E' \t\r\n'))
        IN ('pending', 'processing', 'completed', 'failed')
    THEN lower(btrim(j."status"::text, E' \t\r\n')) ELSE 'pending' END

-- As jobFromRow reads them. The error is cut to 2,000 characters: a list shows one line.
-- name: job_columns
j."id"::text AS job_id, j."type", j."status", j."attempts", SUBSTR(j."error", 1, 2000),
    j."createdAt", j."completedAt"

-- The rest of a row: its error and payload, unless they are so long that a thousand of them would
-- take much memory, and whether they are. Their size is known without reading them.
-- name: content_columns
CASE WHEN COALESCE(pg_column_size(j."error"), 0) <= 20000 THEN j."error" END AS whole_error,
    CASE WHEN COALESCE(pg_column_size(j."payload"), 0) <= 20000 THEN j."payload"::text END
        AS whole_payload,
    (COALESCE(pg_column_size(j."error"), 0) > 20000
        OR COALESCE(pg_column_size(j."payload"), 0) > 20000)::int

-- The jobs that a live lease covers.
-- name: live
(SELECT unnest(job_ids) FROM {own}lease WHERE expires_at > clock_timestamp())

-- Processing without a live lease, and unchanged for :grace since first seen, or since its engine
-- claimed it.
-- name: is_stuck
(j."status" = 'processing' AND j."id"::text NOT IN {live} AND (:grace::bigint = 0
    OR (j."id"::text, {row_version}) IN (
        SELECT job_id, row_version FROM {own}watch
        WHERE first_seen <= clock_timestamp() - :grace::bigint * interval '1 millisecond'
        UNION ALL SELECT unnest(job_ids), unnest(row_versions) FROM {own}lease)))

-- What a change returns: the old and new status and error of each job, and the payload of types
-- that have an effect, which then follows.
-- name: moved
j."id"::text AS job_id, j."type"::text AS type, p.old_status, p.old_error,
    j."status"::text AS status, j."error"::text AS error,
    CASE WHEN {type} = ANY (:following::text[]) THEN j."payload"::text END AS payload

-- name: moves
job_id, type, old_status, old_error, status, error, payload

-- The rows to change, as they were; the statement locks them.
-- name: picked
SELECT j."id", {row_image} AS before, j."status"::text AS old_status, j."error"::text AS old_error
    FROM {job} j WHERE j."id" = ANY (:ids::{id_type}[])

-- The rows of :entry for :ids, each found by the primary key. OFFSET 0 keeps the planner, which knows
-- nothing of an entry that has just been written, from reading all of its rows.
-- name: entry_rows
(SELECT e.* FROM unnest(:ids::text[]) AS i(id) CROSS JOIN LATERAL (
    SELECT * FROM {own}journal_row o WHERE o.journal_id = :entry::text AND o.job_id = i.id
    OFFSET 0) e)

-- Writes the rows to the journal, before and after, and counts them.
-- name: conclude
kept AS (
    INSERT INTO {own}journal_row (journal_id, job_id, before, after)
    SELECT :journal::text, job_id, before, after FROM done),
counted AS (
    UPDATE {own}journal SET changed = changed + (SELECT COUNT(*) FROM done)
    WHERE id = :journal::text)
SELECT {moves} FROM done

-- Results as parallel arrays; a NULL array means the usual value.
-- name: results
input AS MATERIALIZED (
    SELECT t.id, t.version, COALESCE(t.status, 'completed') AS status,
        COALESCE(t.refund, 0) AS refund, t.error, COALESCE(t.outcome, 'completed') AS outcome,
        to_timestamp(t.started_at) AS started_at, t.retry_in, t.result
    FROM unnest(:ids::{id_type}[], :versions::xid[], :statuses::text[], :refunds::int[],
        :errors::text[], :outcomes::text[], :startedAts::float8[], :retryIns::float8[],
        :results::text[])
        AS t(id, version, status, refund, error, outcome, started_at, retry_in, result))

-- name: settled_row
"status" = m.status::{status_type}, "attempts" = j."attempts" - m.refund,
        "error" = CASE m.refund WHEN 1 THEN j."error"
            ELSE COALESCE(left(m.error, {error_length}), {no_error}) END,
        "completedAt" = CASE m.status WHEN 'completed' THEN {now_completed} ELSE {no_time} END

-- name: noted_attempts
history AS (
    INSERT INTO {own}attempt (job_id, token, attempt, engine, started_at, ended_at, outcome, error,
        result)
    SELECT job_id, :token::text, attempt, engine, started_at, clock_timestamp(), outcome, error,
        result
    FROM done),
back_off AS (
    INSERT INTO {own}retry (job_id, not_before)
    SELECT job_id, clock_timestamp() + retry_in * interval '1 millisecond' FROM done
    WHERE retry_in > 0
    ON CONFLICT (job_id) DO UPDATE SET not_before = excluded.not_before)

-- A processing row whose engine is gone becomes pending again, or failed after the last attempt.
-- name: lost_row
"status" = (CASE WHEN j."attempts" >= :max::int THEN 'failed' ELSE 'pending' END)::{status_type}

-- As entryFromRow reads them. A large change that runs is left once nobody has carried it on for
-- :leftMs.
-- name: journal_columns
id, (EXTRACT(EPOCH FROM at) * 1000)::bigint, actor, host, action, scope, changed,
    (EXTRACT(EPOCH FROM undone_at) * 1000)::bigint,
    (EXISTS (SELECT 1 FROM {own}journal_row r WHERE r.journal_id = j.id)
        OR EXISTS (SELECT 1 FROM {own}journal_effect e WHERE e.journal_id = j.id))::int,
    total, done, state, (state = 'stopped'
        OR seen_at < clock_timestamp() - :leftMs::bigint * interval '1 millisecond')::int,
    skipped::text, undoes, (SELECT e.action FROM {own}journal e WHERE e.id = j.undoes)

-- Entries of the journal that are older than :before and that no program works on.
-- name: forgettable
at < to_timestamp(:before::float8 / 1000) AND (state IS DISTINCT FROM 'running'
    OR seen_at < clock_timestamp() - :leftMs::bigint * interval '1 millisecond')

-- Records in the journal what a person added, and notifies the engines.
-- name: note_added
noted AS (
    INSERT INTO {own}journal (id, at, actor, host, action, scope, changed)
    VALUES (:journal, clock_timestamp(), :actor, :host, :action, :scope, CAST(:count AS bigint)))
SELECT pg_notify('queuedeck_jobs', '')

-- name: added
added AS (
    INSERT INTO {job} ("id", "type", "payload", "status", "attempts", "createdAt")
    VALUES (:id, :type, :payload, 'pending', 0, :createdAt))

-- Columns of "ImageScan" s, as ScanStore reads them.
-- name: scan_columns
s."id"::text, s."scanType", s."imageUrl", s."status", s."extractedData", s."errorMessage",
    s."tenantId", s."userId", s."createdAt", s."completedAt"

-- The jobs created from :before up to :to. The list of statuses lets the index on (status, createdAt)
-- find them.
-- name: created_jobs
(SELECT j."id", j."type", j."status", {created_at} AS created FROM {jobs} j
WHERE j."status" = ANY (ARRAY(
        WITH RECURSIVE s(v) AS (
            SELECT MIN(j."status") FROM {jobs} j
            UNION ALL
            SELECT (SELECT MIN(j."status") FROM {jobs} j WHERE j."status" > s.v) FROM s
            WHERE s.v IS NOT NULL)
        SELECT v FROM s WHERE v IS NOT NULL))
    AND {created_at} >= :before AND {created_at} < :to
UNION ALL
SELECT j."id", j."type", j."status", {created_at} FROM {jobs} j
WHERE j."status" IS NULL AND {created_at} >= :before AND {created_at} < :to)

-- Durations rounded down to three digits: few groups, however many jobs.
-- name: three_digits_waited
CASE WHEN waited < 1000 THEN waited WHEN waited < 10000 THEN waited / 10 * 10
        WHEN waited < 100000 THEN waited / 100 * 100 WHEN waited < 1000000 THEN waited / 1000 * 1000
        WHEN waited < 10000000 THEN waited / 10000 * 10000 WHEN waited < 100000000 THEN waited / 100000 * 100000
        WHEN waited < 1000000000 THEN waited / 1000000 * 1000000 ELSE waited / 10000000 * 10000000 END

-- name: three_digits_ran
CASE WHEN ran < 1000 THEN ran WHEN ran < 10000 THEN ran / 10 * 10
        WHEN ran < 100000 THEN ran / 100 * 100 WHEN ran < 1000000 THEN ran / 1000 * 1000
        WHEN ran < 10000000 THEN ran / 10000 * 10000 WHEN ran < 100000000 THEN ran / 100000 * 100000
        WHEN ran < 1000000000 THEN ran / 1000000 * 1000000 ELSE ran / 10000000 * 10000000 END

-- name: enrichment_columns
job_id, kind, target, name, state, fields::text, before::text, edited::text, model, journal_id,
    (EXTRACT(EPOCH FROM at) * 1000)::bigint
