-- What bulk_import reads and writes in the application's tables. Their columns are read from the
-- catalog first, so a statement names only those that exist.

-- name: importColumns
WITH RECURSIVE found AS (
    SELECT a.attnum, a.attname, a.atttypid, a.atttypmod, a.attnotnull, a.atthasdef, a.attgenerated,
        a.attidentity
    FROM pg_attribute a
    WHERE a.attrelid = to_regclass(:table) AND a.attnum > 0 AND NOT a.attisdropped),
base AS (
    SELECT attnum, atttypid AS type, atttypmod AS modifier FROM found
    UNION ALL
    SELECT b.attnum, t.typbasetype,
        CASE WHEN t.typtypmod >= 0 THEN t.typtypmod ELSE b.modifier END
    FROM base b JOIN pg_type t ON t.oid = b.type WHERE t.typtype = 'd')
SELECT f.attname, format_type(f.atttypid, f.atttypmod), t.typname,
    quote_ident(n.nspname) || '.' || quote_ident(t.typname),
    CASE WHEN t.typname IN ('varchar', 'bpchar') AND b.modifier > 4 THEN b.modifier - 4 END,
    f.attnotnull::int, f.atthasdef::int, (f.attgenerated <> '')::int, (f.attidentity <> '')::int,
    (SELECT json_agg(e.enumlabel ORDER BY e.enumsortorder)::text FROM pg_enum e
        WHERE e.enumtypid = t.oid)
FROM found f
JOIN base b ON b.attnum = f.attnum
JOIN pg_type t ON t.oid = b.type AND t.typtype <> 'd'
JOIN pg_namespace n ON n.oid = t.typnamespace
ORDER BY f.attnum

-- name: importIds
SELECT "id"::text FROM {import_table} ORDER BY "id" LIMIT 2

-- One import at a time writes for a tenant, until the end of its transaction.
-- name: importLock
SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))

-- name: importKeys
SELECT "id"::text, {import_keys} FROM {import_table}
WHERE "tenantId"::text = :tenant AND (:after::text IS NULL OR "id" > :after::{import_id_type})
ORDER BY "id" LIMIT :limit

-- name: importFind
SELECT {import_keys} FROM {import_table} WHERE {import_key} = ANY(:keys::{import_key_type}[])

-- name: importAdd
INSERT INTO {import_table} ({import_columns})
SELECT {import_values} FROM unnest({import_arrays}) AS i({import_names})

-- Rows are locked before they are changed: a lock of the same statement passes over changed ones.
-- name: importChange
WITH known AS MATERIALIZED (
    SELECT t."id" FROM {import_table} t
    JOIN unnest(:ids::{import_id_type}[]) AS w(id) ON t."id" = w.id
    ORDER BY t."id" FOR UPDATE OF t),
changed AS (
    UPDATE {import_table} t SET {import_assignments}
    FROM unnest({import_arrays}) AS i({import_names})
    JOIN known k ON k."id" = i.c0::{import_id_type}
    WHERE t."id" = k."id" AND ({import_differences})
    RETURNING t."id")
SELECT k."id"::text, (c."id" IS NOT NULL)::int FROM known k LEFT JOIN changed c ON c."id" = k."id"

-- name: importRemove
DELETE FROM {import_table} WHERE {import_key} = ANY(:keys::{import_key_type}[])

-- name: importBatch
SELECT "id"::text, "tenantId"::text, "dataType", "fileKey" FROM {import_table}
WHERE "id"::text = :id

-- name: importBatchStarted
UPDATE {import_table} SET "status" = 'processing', "startedAt" = :now, "completedAt" = NULL
WHERE "id"::text = :id

-- The summary keeps its other keys.
-- name: importBatchEnded
UPDATE {import_table} SET "status" = :status, "completedAt" = :now,
    "summary" = CASE WHEN json_typeof("summary"::json) = 'object' THEN "summary"::jsonb
        ELSE '{}'::jsonb END || :summary::jsonb
WHERE "id"::text = :id
