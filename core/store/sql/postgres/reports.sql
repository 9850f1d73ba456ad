-- What reports are computed from: counts, grouped here, so that a report over millions of jobs reads
-- a few thousand rows. Times are ranges of createdAt, which the index on (status, createdAt) serves.

-- A report joins and groups millions of rows: what does not fit into memory is written to disk and
-- read again, and compiling expressions costs more than it saves.
-- name: reportSession
SELECT set_config('work_mem', '128MB', true), set_config('jit', 'off', true)

-- name: reportJobs
SELECT floor(date_part('epoch', j.created) / 3600)::bigint, j."type"::text, j."status"::text,
    COUNT(*)
FROM {created_jobs} j GROUP BY 1, 2, 3

-- Digits differ from job to job where the text is the same.
-- name: reportErrors
SELECT translate(SUBSTR(j."error", 1, 300), '0123456789', '##########'), j."type"::text, COUNT(*),
    MIN({created_at}), MAX({created_at})
FROM {jobs} j
WHERE j."status" = 'failed' AND {created_at} >= :from AND {created_at} < :to
GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT :limit::int

-- name: reportScans
SELECT floor(date_part('epoch', s."createdAt") / 86400)::bigint, s."scanType"::text,
    s."status"::text, COUNT(*)
FROM {scans} s WHERE s."createdAt" >= :before AND s."createdAt" < :to GROUP BY 1, 2, 3

-- name: reportScanErrors
SELECT translate(SUBSTR(s."errorMessage", 1, 300), '0123456789', '##########'),
    s."scanType"::text, COUNT(*), MIN(s."createdAt"), MAX(s."createdAt")
FROM {scans} s WHERE s."status" = 'failed' AND s."createdAt" >= :from AND s."createdAt" < :to
GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT :limit::int

-- How many of the columns that reportImports reads exist.
-- name: importColumns
SELECT COUNT(*) FROM pg_attribute WHERE attrelid = to_regclass('{batch}') AND attnum > 0
    AND NOT attisdropped AND attname IN ('dataType', 'status', 'startedAt', 'completedAt')

-- name: reportImports
SELECT floor(date_part('epoch', b."startedAt") / 86400)::bigint, b."dataType"::text,
    b."status"::text, COUNT(*),
    MAX((date_part('epoch', b."completedAt" - b."startedAt") * 1000)::bigint)
FROM {batch} b WHERE b."startedAt" >= :before AND b."startedAt" < :to GROUP BY 1, 2, 3
