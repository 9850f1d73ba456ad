-- For databases where nothing of ours was created: the same statements without companion tables.
-- Without leases only the row version protects a job: the engine passes back the version that its
-- claim returned, and any write has changed it.

-- Whether an engine runs a job cannot be known here, so none counts as stuck.
-- name: is_stuck
(1 = 0)

-- name: conclude
SELECT {moves} FROM done
