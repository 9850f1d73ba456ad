-- What the checks of core/diagnosis ask. Each statement is bounded: by an index on (status,
-- createdAt), or by a LIMIT on what it reads.

-- name: claimIndexes
SELECT i.name, 1, i.partial = 0 FROM pragma_index_list('{job_name}') i
WHERE (SELECT name FROM pragma_index_info(i.name) WHERE seqno = 0) = 'status'
    AND (SELECT name FROM pragma_index_info(i.name) WHERE seqno = 1) = 'createdAt'
ORDER BY 3 DESC, 1

-- How a claim would find the oldest job; it is not run.
-- name: claimPlan
EXPLAIN QUERY PLAN SELECT 1 FROM {jobs} j
WHERE j."status" = 'pending' AND j."attempts" < :max ORDER BY {created_order} LIMIT 100

-- name: rowsUpTo
SELECT COUNT(*) FROM (SELECT 1 FROM {jobs} j LIMIT :limit) r

-- The newest completed and the newest failed jobs.
-- name: finishedLately
SELECT * FROM (SELECT 'completed', j."type", SUBSTR(j."error", 1, 300), {created_at},
    {completed_at} FROM {jobs} j WHERE j."status" = 'completed' AND {created_at} IS NOT NULL
    ORDER BY {created_order} DESC LIMIT :limit)
UNION ALL
SELECT * FROM (SELECT 'failed', j."type", SUBSTR(j."error", 1, 300), {created_at},
    {completed_at} FROM {jobs} j WHERE j."status" = 'failed' AND {created_at} IS NOT NULL
    ORDER BY {created_order} DESC LIMIT :limit)

-- Of the oldest pending jobs that can still run: how many of each type, and since when.
-- name: waitingTypes
SELECT w.type, COUNT(*), MIN(w.created) FROM (
    SELECT j."type" AS type, {created_at} AS created FROM {jobs} j
    WHERE j."status" = 'pending' AND j."attempts" < :max
    ORDER BY {created_order} LIMIT :limit) w
GROUP BY 1 ORDER BY 2 DESC

-- name: waitingPayloadSample
SELECT j."id", j."type", CASE WHEN LENGTH(CAST(j."payload" AS BLOB)) <= :bytes
    THEN CAST(j."payload" AS BLOB) END
FROM {jobs} j WHERE j."status" = 'pending' AND j."attempts" < :max
ORDER BY {created_order} LIMIT :limit

-- name: createdAfter
SELECT COUNT(*), MAX(r.created) FROM (
    SELECT {created_at} AS created FROM {jobs} j
    WHERE j."status" IN ('pending', 'processing', 'completed', 'failed') AND {created_at} > :after
    LIMIT :limit) r

-- To be shown to the owner of the database; never run.
-- name: makeClaimIndex
CREATE INDEX "{job_name}_status_createdAt_idx" ON {job} ("status", "createdAt")

-- Of the newest failed jobs: all, and those that ran more often than is possible.
-- name: failedTooOften
SELECT COUNT(*), SUM(j."attempts" > :max AND typeof(j."attempts") <> 'text')
FROM (SELECT j."attempts" FROM {jobs} j WHERE j."status" = 'failed'
    ORDER BY {created_order} DESC LIMIT :limit) j
