-- What exists: read once per connection, before anything else.

-- name: columns
WITH RECURSIVE found AS (
    SELECT c.oid, c.relname, c.relkind, a.attnum, a.attname, a.atttypid, a.atttypmod, a.attnotnull,
        a.atthasdef, a.attgenerated, a.attidentity
    FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.oid IN (to_regclass('{job}'), to_regclass('{scan}'))),
base AS (
    SELECT oid, attnum, atttypid AS type, atttypmod AS modifier FROM found
    UNION ALL
    SELECT b.oid, b.attnum, t.typbasetype,
        CASE WHEN t.typtypmod >= 0 THEN t.typtypmod ELSE b.modifier END
    FROM base b JOIN pg_type t ON t.oid = b.type WHERE t.typtype = 'd')
SELECT (f.oid = to_regclass('{job}'))::int, f.relkind::text, f.attname,
    format_type(f.atttypid, f.atttypmod), t.typname,
    quote_ident(n.nspname) || '.' || quote_ident(t.typname),
    CASE WHEN t.typname IN ('varchar', 'bpchar') AND b.modifier > 4 THEN b.modifier - 4 END,
    f.attnotnull::int, f.atthasdef::int, (f.attgenerated <> '')::int, (f.attidentity <> '')::int,
    (SELECT json_agg(e.enumlabel ORDER BY e.enumsortorder)::text FROM pg_enum e
        WHERE e.enumtypid = t.oid)
FROM found f
JOIN base b ON b.oid = f.oid AND b.attnum = f.attnum
JOIN pg_type t ON t.oid = b.type AND t.typtype <> 'd'
JOIN pg_namespace n ON n.oid = t.typnamespace
ORDER BY f.relname, f.attnum

-- name: facts
WITH t AS (
    SELECT to_regclass('{job}')::oid AS job, to_regclass('{scan}')::oid AS scan)
SELECT COALESCE(obj_description(job, 'pg_class') = 'Made by Queuedeck', false)::int,
    COALESCE(has_table_privilege(job, 'SELECT'), false)::int,
    (SELECT bool_and(has_column_privilege(job, attnum, 'UPDATE'))::int FROM pg_attribute
        WHERE attrelid = job AND attname IN ('status', 'attempts', 'error', 'completedAt')),
    COALESCE(has_table_privilege(job, 'INSERT'), false)::int,
    COALESCE(has_table_privilege(scan, 'SELECT'), false)::int,
    COALESCE(has_table_privilege(scan, 'UPDATE'), false)::int,
    EXISTS (SELECT 1 FROM pg_index i
        JOIN pg_attribute f ON f.attrelid = job AND f.attnum = i.indkey[0] AND f.attname = 'status'
        JOIN pg_attribute g ON g.attrelid = job AND g.attnum = i.indkey[1]
            AND g.attname = 'createdAt'
        WHERE i.indrelid = job AND i.indisvalid AND i.indpred IS NULL)::int,
    pg_is_in_recovery()::int,
    COALESCE(row_security_active(job), false)::int,
    (SELECT datctype IN ('C', 'POSIX') FROM pg_database WHERE datname = current_database())::int,
    EXISTS (SELECT 1 FROM pg_collation WHERE collname = 'und-x-icu')::int,
    COALESCE(has_table_privilege(job, 'DELETE'), false)::int
FROM t

-- Schemas that may hold Queuedeck's own tables for this Job: the name, whether they record their
-- job table (older ones do not), whether they may be read and written. A schema whose job table is
-- gone belongs to none.
-- name: companions
SELECT n.nspname, COALESCE(has_table_privilege(h.oid, 'SELECT'), false)::int,
    COALESCE(has_table_privilege(l.oid, 'SELECT'), false)::int,
    COALESCE(has_table_privilege(l.oid, 'INSERT'), false)::int
FROM pg_namespace n
JOIN pg_class l ON l.relnamespace = n.oid AND l.relname = 'lease'
LEFT JOIN pg_class h ON h.relnamespace = n.oid AND h.relname = 'home'
WHERE (n.nspname = 'queuedeck' OR n.nspname LIKE 'queuedeck\_%')
    AND has_schema_privilege(n.oid, 'USAGE')
ORDER BY n.nspname <> 'queuedeck', n.nspname

-- Tables elsewhere in this database that look like a queue: by name and most columns, or by all
-- columns under any name.
-- name: similarTables
SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
    AND (SELECT COUNT(*) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0
        AND a.attname IN ('id', 'type', 'status', 'attempts', 'payload', 'createdAt'))
        >= CASE WHEN lower(c.relname) IN ('job', 'jobs') THEN 4 ELSE 6 END
ORDER BY lower(c.relname) NOT IN ('job', 'jobs'), n.nspname <> 'public', n.nspname, c.relname
LIMIT 10

-- Tables with a foreign key to Job, or to rows that are deleted with a job, and what happens to
-- their rows when a job is deleted.
-- name: references
WITH RECURSIVE hit AS (
    SELECT c.conrelid, c.confrelid, c.confdeltype FROM pg_constraint c
    WHERE c.contype = 'f' AND c.conparentid = 0 AND c.confrelid = to_regclass('{job}')
    UNION
    SELECT c.conrelid, c.confrelid, c.confdeltype FROM hit h
    JOIN pg_constraint c ON c.confrelid = h.conrelid AND c.contype = 'f' AND c.conparentid = 0
    WHERE h.confdeltype = 'c')
SELECT conrelid::regclass::text, confdeltype::text,
    CASE WHEN confrelid <> to_regclass('{job}') THEN confrelid::regclass::text END
FROM hit ORDER BY confrelid <> to_regclass('{job}'), 3, 1

-- Triggers that run when a job is deleted.
-- name: deleteTriggers
SELECT tgname FROM pg_trigger WHERE tgrelid = to_regclass('{job}') AND NOT tgisinternal
    AND tgenabled <> 'D' AND tgtype & 8 <> 0
ORDER BY 1

-- name: mayCreate
SELECT (NOT pg_is_in_recovery() AND COALESCE(
    (SELECT has_schema_privilege(oid, 'CREATE') FROM pg_namespace
        WHERE nspname = rtrim('{own}', '.')),
    has_database_privilege(current_database(), 'CREATE')))::int

-- name: prepareSession
SELECT 1
