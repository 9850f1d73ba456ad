-- name: jobDetail
SELECT {job_columns}, j."error", j."payload"::text, NULL, NULL, NULL, 0
FROM {jobs} j WHERE j."id" = :id::{id_type}

-- name: countsByStatusAndType
SELECT j."status", j."type", COUNT(*), SUM({spent}::int),
    SUM((j."status" = 'completed' AND {completed_at} >= :since)::int),
    SUM((j."status" = 'failed' AND {created_at} >= :since)::int)
FROM {jobs} j GROUP BY j."status", j."type"

-- name: stuckCount
SELECT 0, 0
