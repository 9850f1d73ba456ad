-- What exists: read once per connection, before anything else.

-- name: columns
SELECT m.name = '{job_name}',
    CASE WHEN m.type = 'view' THEN 'v' WHEN t.wr THEN 'w' ELSE 'r' END, c.name,
    LOWER(c.type), LOWER(c.type), '', NULL, c."notnull", c.dflt_value IS NOT NULL,
    c.hidden IN (2, 3), c.pk > 0 AND LOWER(c.type) = 'integer', NULL, t.strict
FROM sqlite_schema m JOIN pragma_table_list(m.name) t JOIN pragma_table_xinfo(m.name) c
WHERE m.type IN ('table', 'view') AND m.name IN ('{job_name}', 'ImageScan') AND t.schema = 'main'
    AND c.hidden <> 1
ORDER BY m.name, c.cid

-- name: facts
SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = '{job_name}'
        AND sql LIKE '%Made by Queuedeck%'),
    1, 1, 1,
    EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'ImageScan'),
    EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'ImageScan'),
    EXISTS (SELECT 1 FROM pragma_index_list('{job_name}') i WHERE i.partial = 0
        AND (SELECT name FROM pragma_index_info(i.name) WHERE seqno = 0) = 'status'
        AND (SELECT name FROM pragma_index_info(i.name) WHERE seqno = 1) = 'createdAt'),
    0, 0, 0, 0, 1

-- name: companions
SELECT '{own}', EXISTS (SELECT 1 FROM sqlite_schema WHERE name = '{own}journal_cell'), 1, 1
WHERE EXISTS (SELECT 1 FROM sqlite_schema WHERE name = '{own}lease')

-- name: similarTables
SELECT '', m.name FROM sqlite_schema m WHERE m.type IN ('table', 'view')
    AND (SELECT COUNT(*) FROM pragma_table_info(m.name) c
        WHERE c.name IN ('id', 'type', 'status', 'attempts', 'payload', 'createdAt'))
        >= CASE WHEN LOWER(m.name) IN ('job', 'jobs') THEN 4 ELSE 6 END
ORDER BY LOWER(m.name) NOT IN ('job', 'jobs'), m.name LIMIT 10

-- name: references
WITH RECURSIVE edge AS (
    SELECT m.name, LOWER(f."table") AS parent, f.on_delete AS action
    FROM sqlite_schema m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table'),
hit AS (
    SELECT name, parent, action FROM edge WHERE parent = LOWER('{job_name}')
    UNION
    SELECT e.name, h.name, e.action FROM hit h JOIN edge e ON e.parent = LOWER(h.name)
    WHERE h.action = 'CASCADE')
SELECT name, action, CASE WHEN LOWER(parent) <> LOWER('{job_name}') THEN parent END
FROM hit ORDER BY LOWER(parent) <> LOWER('{job_name}'), 3, 1

-- name: deleteTriggers
SELECT name FROM sqlite_schema WHERE type = 'trigger' AND LOWER(tbl_name) = LOWER('{job_name}')
    AND sql LIKE '%DELETE%ON%'
ORDER BY 1

-- Only opening the file can tell.
-- name: mayCreate
SELECT 1

-- name: prepareSession
PRAGMA foreign_keys = ON
