-- What the window and the command line read. {jobs} is the table, or a subquery in its place where
-- columns are missing or have types that cannot be read as they are.

-- name: statuses
WITH RECURSIVE s(v) AS (
    SELECT MIN(j."status") FROM {jobs} j
    UNION ALL
    SELECT (SELECT MIN(j."status") FROM {jobs} j WHERE j."status" > s.v) FROM s
    WHERE s.v IS NOT NULL)
SELECT v FROM s WHERE v IS NOT NULL
UNION ALL SELECT NULL WHERE EXISTS (SELECT 1 FROM {jobs} j WHERE j."status" IS NULL)

-- The snapshot tells which transactions are over: it differs immediately after any commit that
-- wrote, at no cost, whereas the statistics counters lag by up to ten seconds. A write to another
-- database of the server shows as well, which only costs a query.
-- name: changeMark
SELECT hashtextextended(pg_current_snapshot()::text, 0)

-- name: jobDetail
SELECT {job_columns}, j."error", j."payload"::text,
    (EXTRACT(EPOCH FROM r.not_before) * 1000)::bigint, e.job_id,
    (EXTRACT(EPOCH FROM w.first_seen) * 1000)::bigint, {is_stuck}::int
FROM {jobs} j
LEFT JOIN {own}watch w ON w.job_id = j."id"::text AND w.row_version = {row_version}
    AND j."status" = 'processing'
LEFT JOIN {own}retry r ON r.job_id = j."id"::text
LEFT JOIN {own}expedite e ON e.job_id = j."id"::text
WHERE j."id" = :id::{id_type}

-- name: jobStates
SELECT j."id"::text, j."status", j."attempts" FROM {jobs} j WHERE j."id" = ANY (:ids::{id_type}[])

-- A failed row does not record when it failed.
-- name: countsByStatusAndType
SELECT j."status", j."type", COUNT(*), SUM({spent}::int),
    SUM((j."status" = 'completed' AND {completed_at} >= :since)::int),
    SUM((j."status" = 'failed' AND ({created_at} >= :since OR j."id"::text IN (
        SELECT job_id FROM {own}attempt WHERE outcome = 'failed'
        AND ended_at >= to_timestamp(:sinceMs::bigint / 1000.0))))::int)
FROM {jobs} j GROUP BY j."status", j."type"

-- name: oldestPending
SELECT j."createdAt" FROM {jobs} j WHERE j."status" = 'pending' AND j."attempts" < :max::int
ORDER BY j."createdAt" LIMIT 1

-- name: waitingCount
SELECT COUNT(*) FROM {jobs} j WHERE j."status" = 'pending' AND j."attempts" < :max::int

-- name: waitingJobs
SELECT {job_columns} FROM {jobs} j WHERE j."status" = 'pending' AND j."attempts" < :max::int
ORDER BY j."createdAt", j."id" LIMIT :limit::int

-- name: isStuck
{is_stuck}

-- name: stuckCount
SELECT COUNT(*) FILTER (WHERE {is_stuck}),
    COUNT(*) FILTER (WHERE :grace::bigint > 0 AND j."id"::text NOT IN (
        SELECT job_id FROM {own}watch UNION ALL SELECT unnest(job_ids) FROM {own}lease))
FROM {jobs} j WHERE j."status" = 'processing'

-- name: recentFailures
SELECT {job_columns} FROM {jobs} j WHERE j."status" = 'failed'
ORDER BY j."createdAt" DESC NULLS LAST LIMIT 10

-- What is odd about the newest completed jobs: a leftover error, a run of a type that the
-- application has no code for, an import without a batch, more attempts than are possible.
-- name: completedOddities
SELECT COUNT(*), COUNT(*) FILTER (WHERE j."error" <> ''),
    COUNT(*) FILTER (WHERE {type} IN ('customer_enrichment', 'report_generation')
        AND NOT EXISTS (SELECT 1 FROM {own}attempt a WHERE a.job_id = j."id"::text)),
    COUNT(*) FILTER (WHERE {type} = 'bulk_import'
        AND COALESCE({payload_json} ->> 'batchId', {payload_json} ->> 'file', '') = ''),
    COUNT(*) FILTER (WHERE j."attempts" > :max::int)
FROM (SELECT * FROM {jobs} j WHERE j."status" = 'completed'
    ORDER BY j."createdAt" DESC LIMIT :limit::int) j

-- name: cleanUpLines
SELECT j."status", j."type", COUNT(*),
    SUM(octet_length(j."payload"::text) + COALESCE(octet_length(j."error"), 0))
FROM {jobs} j
WHERE j."status" = ANY (:statuses::{read_status_type}[]) AND j."status" IN ('completed', 'failed')
    AND {created_at} < :before AND (:type::text = '' OR j."type" = :type::text)
GROUP BY j."status", j."type" ORDER BY 1, 3 DESC

-- name: cleanUpIds
SELECT j."id"::text FROM {jobs} j
WHERE j."status" = ANY (:statuses::{read_status_type}[]) AND j."status" IN ('completed', 'failed')
    AND {created_at} < :before AND (:type::text = '' OR j."type" = :type::text)
ORDER BY j."createdAt"

-- name: cleanUpUnknown
SELECT COUNT(*) FROM {jobs} j
WHERE {created_at} < :before AND {unknown_status}

-- name: jobContents
SELECT {job_columns}, j."error", j."payload"::text FROM {jobs} j
WHERE j."id" = ANY (:ids::{id_type}[])

-- Every column, as a JSON object of texts.
-- name: wholeRows
SELECT j."id"::text, {row_image}::text FROM {job} j WHERE j."id" = ANY (:ids::{id_type}[])
