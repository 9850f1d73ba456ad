-- What reports are computed from: counts, grouped here, so that a report over millions of jobs reads
-- a few thousand rows. Times are ranges of createdAt, which the index on (status, createdAt) serves.

-- name: reportSession
SELECT 1

-- name: reportJobs
SELECT CAST(strftime('%s', j.created) AS INTEGER) / 3600, j."type", j."status", COUNT(*)
FROM {created_jobs} j GROUP BY 1, 2, 3

-- Digits differ from job to job where the text is the same.
-- name: reportErrors
SELECT {error_kind}, e.type, COUNT(*), MIN(e.created), MAX(e.created)
FROM (SELECT SUBSTR(j."error", 1, 300) AS error, j."type" AS type, {created_at} AS created
    FROM {jobs} j WHERE j."status" = 'failed' AND {created_at} >= :from AND {created_at} < :to) e
GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT :limit

-- name: reportScans
SELECT CAST(strftime('%s', {scan_created_at}) AS INTEGER) / 86400, s."scanType", s."status",
    COUNT(*)
FROM {scans} s WHERE {scan_created_at} >= :before AND {scan_created_at} < :to GROUP BY 1, 2, 3

-- name: reportScanErrors
SELECT {error_kind}, e.type, COUNT(*), MIN(e.created), MAX(e.created)
FROM (SELECT SUBSTR(s."errorMessage", 1, 300) AS error, s."scanType" AS type,
        {scan_created_at} AS created
    FROM {scans} s WHERE s."status" = 'failed'
        AND {scan_created_at} >= :from AND {scan_created_at} < :to) e
GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT :limit

-- How many of the columns that reportImports reads exist.
-- name: importColumns
SELECT COUNT(*) FROM pragma_table_info('ImportBatch')
WHERE name IN ('dataType', 'status', 'startedAt', 'completedAt')

-- name: reportImports
SELECT CAST(strftime('%s', b.started) AS INTEGER) / 86400, b.type, b.status, COUNT(*),
    MAX(CAST(ROUND((julianday(b.completed) - julianday(b.started)) * 86400000.0) AS INTEGER))
FROM (SELECT {batch_started_at} AS started, {batch_completed_at} AS completed,
        b."dataType" AS type, b."status" AS status FROM {batch} b) b
WHERE b.started >= :before AND b.started < :to GROUP BY 1, 2, 3
