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

-- name: completedOddities
SELECT COUNT(*), COUNT(*) FILTER (WHERE j."error" <> ''),
    COUNT(*) FILTER (WHERE {type} IN ('customer_enrichment', 'report_generation')),
    COUNT(*) FILTER (WHERE {type} = 'bulk_import'
        AND COALESCE({payload_json} ->> 'batchId', {payload_json} ->> 'file', '') = ''),
    COUNT(*) FILTER (WHERE j."attempts" > :max::int)
FROM (SELECT * FROM {jobs} j WHERE j."status" = 'completed'
    ORDER BY j."createdAt" DESC LIMIT :limit::int) j
