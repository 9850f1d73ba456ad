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

-- One import at a time writes for a tenant, until the end of its transaction. The commit does not
-- wait for the disk: a server that fails right then loses at most the last batches, which the next
-- run of the job writes again, and the result of the job is flushed after them.
-- name: importLock
SELECT pg_advisory_xact_lock(hashtextextended(:key, 0)),
    set_config('synchronous_commit', 'off', true)

-- name: importKeys
SELECT "id"::text, {import_keys} FROM {import_table}
WHERE "tenantId"::text = :tenant AND (:after::text IS NULL OR "id" > :after::{import_id_type})
ORDER BY "id" LIMIT :limit

-- name: importFind
SELECT {import_keys} FROM {import_table} WHERE {import_key} = ANY(:keys::{import_key_type}[])

-- name: importAdd
INSERT INTO {import_table} ({import_columns})
SELECT {import_values} FROM unnest({import_arrays}) AS i({import_names})

-- Rows are locked before they are changed, in one order, and only those that will be: a lock is a
-- write. A lock of the same statement would pass over changed rows.
-- name: importChange
WITH input AS MATERIALIZED (
    SELECT * FROM unnest({import_arrays}) AS i({import_names})),
known AS MATERIALIZED (
    SELECT t."id", ({import_differences}) AS differs FROM {import_table} t
    JOIN input i ON t."id" = i.c0::{import_id_type}
    WHERE t."id" = ANY (:ids::{import_id_type}[])),
locked AS MATERIALIZED (
    SELECT t."id", {import_image}::text AS before FROM {import_table} t
    WHERE t."id" = ANY (ARRAY(SELECT "id" FROM known WHERE differs))
    ORDER BY t."id" FOR UPDATE OF t),
changed AS (
    UPDATE {import_table} t SET {import_assignments}
    FROM input i JOIN locked k ON k."id" = i.c0::{import_id_type}
    WHERE t."id" = k."id"
    RETURNING t."id", k.before, {import_image}::text AS after)
SELECT k."id"::text, (c."id" IS NOT NULL)::int, c.before, c.after
FROM known k LEFT JOIN changed c ON c."id" = k."id"
WHERE c."id" IS NOT NULL OR NOT k.differs

-- name: importRemove
DELETE FROM {import_table} t WHERE {import_key} = ANY(:keys::{import_key_type}[])
RETURNING "id"::text, {import_key}::text, to_jsonb(t.*)::text

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

-- What a step of a batch did to a table. Rows that were added are known again by the transaction
-- that wrote them last: any write, whoever makes it, changes that.
-- name: importNote
INSERT INTO {own}journal_effect (journal_id, kind, target, before)
VALUES (:journal, 'import', :place, jsonb_build_object('table', :table::text,
    'change', :change::text, 'version', (txid_current() % 4294967296)::text,
    'ids', to_jsonb(:ids::text[]), 'units', to_jsonb(:units::text[]),
    'befores', to_jsonb(:befores::text[]), 'afters', to_jsonb(:afters::text[])))

-- name: importCounted
UPDATE {own}journal SET changed = changed + :count::bigint WHERE id = :journal

-- name: importPlaces
SELECT target FROM {own}journal_effect WHERE journal_id = :journal AND kind = 'import'
ORDER BY target

-- name: importUnits
SELECT u.unit, (e.before ->> 'change' = 'added' AND u.unit = i.id)::int
FROM {own}journal_effect e,
    jsonb_array_elements_text(e.before -> 'units') WITH ORDINALITY AS u(unit, place)
    JOIN jsonb_array_elements_text(e.before -> 'ids') WITH ORDINALITY AS i(id, place)
        ON i.place = u.place
WHERE e.journal_id = :journal AND e.kind = 'import' AND e.target = :place

-- name: importLast
SELECT target FROM {own}journal_effect
WHERE journal_id = :journal AND kind = 'import' AND target COLLATE "C" < :below
ORDER BY target COLLATE "C" DESC LIMIT 1

-- name: importSteps
SELECT target, before::text FROM {own}journal_effect
WHERE journal_id = :journal AND kind = 'import' AND target LIKE :batch || '.%'
ORDER BY target COLLATE "C" DESC

-- name: importForget
DELETE FROM {own}journal_effect
WHERE journal_id = :journal AND kind = 'import' AND target LIKE :batch || '.%'

-- name: importKeep
INSERT INTO {own}journal_effect (journal_id, kind, target, before)
VALUES (:journal, 'import', :place, :before::jsonb)

-- Columns of other tables, and of this one, that refer to its rows.
-- name: importReferences
SELECT c.conrelid::regclass::text, quote_ident(a.attname) FROM pg_constraint c
JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
WHERE c.contype = 'f' AND c.conparentid = 0 AND c.confrelid = to_regclass(:table)
    AND cardinality(c.conkey) = 1
ORDER BY 1, 2

-- name: importTakeAdded
DELETE FROM {import_table} t
WHERE t."id" = ANY (:ids::{import_id_type}[]) AND t.xmin::text = :version {import_unreferenced}
RETURNING t."id"::text

-- name: importPutRemoved
INSERT INTO {import_table} ({import_columns}) OVERRIDING SYSTEM VALUE
SELECT {import_values} FROM unnest(:befores::text[]) AS b(image),
    LATERAL jsonb_populate_record(NULL::{import_table}, b.image::jsonb) AS r
ON CONFLICT DO NOTHING
RETURNING "id"::text

-- Columns that the import did not write stay as they are.
-- name: importPutChanged
UPDATE {import_table} t SET {import_assignments}
FROM unnest(:ids::text[], :befores::text[], :afters::text[]) AS n(id, before, after),
    LATERAL jsonb_populate_record(NULL::{import_table}, n.before::jsonb) AS r,
    LATERAL jsonb_populate_record(NULL::{import_table}, n.after::jsonb) AS w
WHERE t."id" = n.id::{import_id_type} AND ({import_same})
RETURNING t."id"::text
