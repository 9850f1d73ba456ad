-- Where nothing of ours was created: the same statements without what names a companion table.
-- Without leases the row guard alone keeps a job one's own: the engine hands back the version of
-- the row that its claim gave, and any write by anybody has changed it.

-- Who runs a job cannot be known here, so none is called stuck.
-- name: is_stuck
(1 = 0)

-- name: conclude
SELECT {moves} FROM done
