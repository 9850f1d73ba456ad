-- What the checks of core/diagnosis ask. Each statement is bounded: by an index on (status,
-- createdAt), or by a LIMIT on what it reads.

-- name: claimIndexes
SELECT c.relname, (i.indisvalid AND i.indisready)::int, (i.indpred IS NULL)::int
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
JOIN pg_attribute f ON f.attrelid = i.indrelid AND f.attnum = i.indkey[0] AND f.attname = 'status'
JOIN pg_attribute g ON g.attrelid = i.indrelid AND g.attnum = i.indkey[1]
    AND g.attname = 'createdAt'
WHERE i.indrelid = to_regclass('{job}')
ORDER BY 2 DESC, 3 DESC, 1

-- How a claim would find the oldest job; it is not run.
-- name: claimPlan
EXPLAIN (FORMAT JSON) SELECT 1 FROM {jobs} j
WHERE j."status" = 'pending' AND j."attempts" < :max::int ORDER BY j."createdAt" LIMIT 100

-- name: rowsUpTo
SELECT COUNT(*) FROM (SELECT 1 FROM {jobs} j LIMIT :limit::bigint) r

-- The newest completed and the newest failed jobs.
-- name: finishedLately
(SELECT j."status"::text, {type}, SUBSTR(j."error", 1, 300), j."createdAt", j."completedAt"
FROM {jobs} j WHERE j."status" = 'completed' AND j."createdAt" IS NOT NULL
ORDER BY j."createdAt" DESC LIMIT :limit::bigint)
UNION ALL
(SELECT j."status"::text, {type}, SUBSTR(j."error", 1, 300), j."createdAt", j."completedAt"
FROM {jobs} j WHERE j."status" = 'failed' AND j."createdAt" IS NOT NULL
ORDER BY j."createdAt" DESC LIMIT :limit::bigint)

-- Of the oldest pending jobs that can still run: how many of each type, and since when.
-- name: waitingTypes
SELECT w.type, COUNT(*), MIN(w.created) FROM (
    SELECT {type} AS type, j."createdAt" AS created FROM {jobs} j
    WHERE j."status" = 'pending' AND j."attempts" < :max::int
    ORDER BY j."createdAt" LIMIT :limit::bigint) w
GROUP BY 1 ORDER BY 2 DESC

-- name: waitingPayloadSample
SELECT w.id, w.type, CASE WHEN octet_length(w.payload) <= :bytes::int THEN w.payload END FROM (
    SELECT j."id"::text AS id, {type} AS type, j."payload"::text AS payload FROM {jobs} j
    WHERE j."status" = 'pending' AND j."attempts" < :max::int
    ORDER BY j."createdAt" LIMIT :limit::bigint) w

-- name: createdAfter
SELECT COUNT(*), MAX(r.created) FROM (
    SELECT {created_at} AS created FROM {jobs} j
    WHERE j."status" IN ('pending', 'processing', 'completed', 'failed') AND {created_at} > :after
    LIMIT :limit::bigint) r

-- To be shown to the owner of the database; never run.
-- name: makeClaimIndex
CREATE INDEX CONCURRENTLY "{job_name}_status_createdAt_idx" ON {job} ("status", "createdAt")

-- Of the newest failed jobs: all, and those that ran more often than is possible.
-- name: failedTooOften
SELECT COUNT(*), COUNT(*) FILTER (WHERE j."attempts" > :max::int)
FROM (SELECT j."attempts" FROM {jobs} j WHERE j."status" = 'failed'
    ORDER BY j."createdAt" DESC LIMIT :limit::bigint) j
