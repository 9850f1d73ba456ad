-- How far the running jobs of a claim are: {"id": [fraction or null, "text"]}. It goes with the lease.
ALTER TABLE {own}lease ADD COLUMN progress jsonb
;
-- What a handler returned, as JSON text: order and numbers unchanged.
ALTER TABLE {own}attempt ADD COLUMN result text
