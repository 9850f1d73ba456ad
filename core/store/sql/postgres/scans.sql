-- ImageScan, the application's table of pictures and what was read from them.

-- name: scanCounts
SELECT s."scanType", s."status", COUNT(*) FROM {scans} s GROUP BY s."scanType", s."status"

-- name: scanList
SELECT {scan_columns} FROM {scans} s
WHERE (:status::text = '' OR s."status" = :status::text)
    AND (:scanType::text = '' OR s."scanType" = :scanType::text)
    AND (:pattern::text = '%%' OR s."extractedData"::text ILIKE :pattern::text)
    AND (:below::float8 = 0 OR (s."status" = 'completed' AND CASE
        WHEN jsonb_typeof(s."extractedData"::jsonb -> 'confidence') = 'number'
        THEN (s."extractedData"::jsonb ->> 'confidence')::float8 < :below::float8 END))
ORDER BY s."createdAt" DESC, s."id" DESC LIMIT :limit OFFSET :offset

-- name: scanById
SELECT {scan_columns} FROM {scans} s WHERE s."id" = :id::{scan_id_type}

-- Jobs that name these scans, oldest first; only those created after :since, as no earlier one can
-- belong to them.
-- name: jobsOfScans
SELECT j."payload" ->> 'scanId', j."id"::text, j."status"
FROM (SELECT j."id", j."type", j."status", j."createdAt", {payload_json} AS "payload" FROM {jobs} j
    WHERE {created_at} >= :since AND j."type" = 'image_extraction') j
WHERE j."payload" ->> 'scanId' = ANY (:scans::text[])
ORDER BY j."createdAt"

-- The tables that the tenant and the user of a scan must exist in: column, table, its key, its
-- column of names, and whether its rows name a tenant.
-- name: ownerTables
SELECT a.attname, quote_ident(n.nspname) || '.' || quote_ident(t.relname), quote_ident(k.attname),
    (SELECT quote_ident(m.attname) FROM pg_attribute m
        WHERE m.attrelid = t.oid AND m.attnum > 0 AND NOT m.attisdropped
            AND m.attname IN ('name', 'fullName', 'email', 'title', 'slug')
        ORDER BY array_position(ARRAY['name', 'fullName', 'email', 'title', 'slug'],
            m.attname::text) LIMIT 1),
    EXISTS (SELECT 1 FROM pg_attribute m WHERE m.attrelid = t.oid AND m.attname = 'tenantId')
FROM pg_constraint c
JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
    AND a.attname IN ('tenantId', 'userId')
JOIN pg_class t ON t.oid = c.confrelid
JOIN pg_namespace n ON n.oid = t.relnamespace
JOIN pg_attribute k ON k.attrelid = t.oid AND k.attnum = c.confkey[1]
WHERE c.contype = 'f' AND c.conrelid = to_regclass('{scan}') AND cardinality(c.conkey) = 1

-- A scan follows its job as long as it is as that job left it, and never changes once completed;
-- what was read is always written to a scan that is not completed.
-- name: scansToMove
SELECT i.number, {scan_image} FROM {scan} s
JOIN unnest(:scans::{scan_id_type}[], :oldStatuses::text[], :oldErrors::text[], :statuses::text[])
    WITH ORDINALITY AS i(id, old_status, old_error, status, number) ON s."id" = i.id
WHERE s."status" IS DISTINCT FROM 'completed' AND (i.status = 'completed'
    OR (i.old_status <> 'failed' AND s."status" = 'processing')
    OR (i.old_status = 'failed' AND s."status" = 'failed'
        AND s."errorMessage" IS NOT DISTINCT FROM i.old_error))
ORDER BY s."id" FOR UPDATE OF s

-- name: moveScans
UPDATE {scan} s SET "status" = i.status, "errorMessage" = i.error,
    "extractedData" = COALESCE(i.data::json, s."extractedData"::json),
    "completedAt" = CASE WHEN i.status <> 'processing' THEN {scan_now_completed} END
FROM unnest(:scans::{scan_id_type}[], :statuses::text[], :errors::text[], :data::text[])
    AS i(id, status, error, data)
WHERE s."id" = i.id
RETURNING s."id"::text, {scan_image}

-- Restores a scan to what it was before a change, unless it has been written since.
-- name: restoreScans
UPDATE {scan} s SET "status" = e.before::jsonb ->> 'status',
    "errorMessage" = e.before::jsonb ->> 'errorMessage',
    "completedAt" = (e.before::jsonb ->> 'completedAt')::{scan_completed_type}
FROM unnest(:targets::{scan_id_type}[], :befores::text[], :afters::text[]) AS e(id, before, after)
WHERE s."id" = e.id AND {scan_image} = e.after::jsonb
RETURNING s."id"::text
