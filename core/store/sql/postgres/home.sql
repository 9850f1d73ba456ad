-- Which job table a companion schema belongs to.

-- name: owner
SELECT h.job::oid = COALESCE(to_regclass('{job}')::oid, 0),
    EXISTS (SELECT 1 FROM pg_class c WHERE c.oid = h.job::oid)
FROM {own}home h

-- Whether the schema does not exist, or is empty because it was prepared for us.
-- name: isFree
SELECT NOT EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = :name)
