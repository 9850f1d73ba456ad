-- How far the running jobs of a claim are: {"id": [fraction or null, "text"]}. Read while it is held.
ALTER TABLE {own}claim ADD COLUMN progress TEXT
;
-- What a handler returned, as JSON text: order and numbers unchanged.
ALTER TABLE {own}attempt ADD COLUMN result TEXT
