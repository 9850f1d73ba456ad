-- Whose the tables of a companion schema are.

-- name: owner
SELECT h.job::oid = COALESCE(to_regclass('{job}')::oid, 0),
    EXISTS (SELECT 1 FROM pg_class c WHERE c.oid = h.job::oid)
FROM {own}home h

-- Whether there is no such schema, or an empty one that was made ready for us.
-- name: isFree
SELECT NOT EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = :name)
