-- What the window and the command line read. {jobs} is the table, or a subquery in its place where
-- columns are missing. {created_at} is a time in our form, whatever form the file uses.

-- name: statuses
WITH RECURSIVE s(v) AS (
    SELECT MIN(j."status") FROM {jobs} j
    UNION ALL
    SELECT (SELECT MIN(j."status") FROM {jobs} j WHERE j."status" > s.v) FROM s
    WHERE s.v IS NOT NULL)
SELECT v FROM s WHERE typeof(v) = 'text'
UNION ALL SELECT NULL WHERE EXISTS (SELECT 1 FROM {jobs} j WHERE j."status" IS NULL)
    OR EXISTS (SELECT 1 FROM {jobs} j WHERE j."status" < '')
    OR EXISTS (SELECT 1 FROM {jobs} j WHERE j."status" >= x'')

-- name: changeMark
PRAGMA data_version

-- name: jobDetail
SELECT {job_columns}, j."error", j."payload", r.not_before, e.job_id, w.first_seen, {is_stuck}
FROM {jobs} j
LEFT JOIN {own}watch w ON w.job_id = j."id" AND w.row_version = {row_version}
    AND j."status" = 'processing'
LEFT JOIN {own}retry r ON r.job_id = j."id"
LEFT JOIN {own}expedite e ON e.job_id = j."id"
WHERE j."id" = :id

-- name: jobStates
SELECT j."id", {read_status}, j."attempts" FROM {jobs} j
WHERE j."id" IN (SELECT value FROM json_each(:ids))

-- name: countsByStatusAndType
SELECT {read_status}, j."type", COUNT(*), SUM({spent}),
    SUM(:since IS NOT NULL AND j."status" = 'completed' AND {completed_at} >= :since),
    SUM(:since IS NOT NULL AND j."status" = 'failed' AND ({created_at} >= :since OR j."id" IN (
        SELECT job_id FROM {own}attempt WHERE outcome = 'failed' AND ended_at >= :sinceMs)))
FROM {jobs} j GROUP BY j."status", j."type"

-- name: oldestPending
SELECT {created_at} FROM {jobs} j WHERE j."status" = 'pending' AND j."attempts" < :max
    AND {created_at} IS NOT NULL
ORDER BY {created_order} LIMIT 1

-- name: waitingCount
SELECT COUNT(*) FROM {jobs} j WHERE j."status" = 'pending' AND j."attempts" < :max

-- name: waitingJobs
SELECT {job_columns} FROM {jobs} j WHERE j."status" = 'pending' AND j."attempts" < :max
ORDER BY {created_order}, j."id" LIMIT :limit

-- name: isStuck
{is_stuck}

-- name: stuckCount
SELECT COUNT(*) FILTER (WHERE {is_stuck}),
    COUNT(*) FILTER (WHERE :grace > 0 AND j."id" NOT IN (
        SELECT job_id FROM {own}watch UNION ALL SELECT job_id FROM {own}lease))
FROM {jobs} j WHERE j."status" = 'processing'

-- name: recentFailures
SELECT {job_columns} FROM {jobs} j WHERE j."status" = 'failed'
ORDER BY {created_order} DESC LIMIT 10

-- What is odd about the newest completed jobs: a leftover error, a run of a type that the
-- application has no code for, an import without a batch, more attempts than are possible.
-- name: completedOddities
SELECT COUNT(*), SUM(j."error" <> ''),
    SUM(j."type" IN ('customer_enrichment', 'report_generation')
        AND NOT EXISTS (SELECT 1 FROM {own}attempt a WHERE a.job_id = j."id")),
    SUM(j."type" = 'bulk_import' AND COALESCE(CASE WHEN json_valid(j."payload")
        THEN COALESCE(json_extract(j."payload", '$.batchId'),
            json_extract(j."payload", '$.file')) END, '') = ''),
    SUM(j."attempts" > :max AND typeof(j."attempts") <> 'text')
FROM (SELECT * FROM {jobs} j WHERE j."status" = 'completed'
    ORDER BY {created_order} DESC LIMIT :limit) j

-- name: cleanUpLines
SELECT j."status", j."type", COUNT(*), SUM(LENGTH(CAST(j."payload" AS BLOB))
    + COALESCE(LENGTH(CAST(j."error" AS BLOB)), 0))
FROM {jobs} j
WHERE j."status" IN (SELECT value FROM json_each(:statuses))
    AND j."status" IN ('completed', 'failed') AND {created_at} < :before
    AND (:type = '' OR j."type" = :type)
GROUP BY j."status", j."type" ORDER BY 1, 3 DESC

-- name: cleanUpIds
SELECT j."id" FROM {jobs} j
WHERE j."status" IN (SELECT value FROM json_each(:statuses))
    AND j."status" IN ('completed', 'failed') AND {created_at} < :before
    AND (:type = '' OR j."type" = :type)
ORDER BY {created_order}

-- name: cleanUpUnknown
SELECT COUNT(*) FROM {jobs} j
WHERE {created_at} < :before AND {unknown_status}

-- name: jobContents
SELECT {job_columns}, j."error", j."payload" FROM queuedeck_ids i
CROSS JOIN {jobs} j ON j."id" = i.id

-- Every column, one row per value.
-- name: wholeRows
SELECT j."id", c.column1, CASE c.column1 {cell_of_column} FROM queuedeck_ids i
CROSS JOIN {job} j ON j."id" = i.id CROSS JOIN (VALUES {column_names}) c
