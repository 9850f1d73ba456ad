-- Which jobs a claim took: {"id": attempt}. Until now a row was written and deleted again for every
-- job; this one is written once per batch, and the history shows what is still held of it.
CREATE TABLE {own}batch (
    claim INTEGER NOT NULL PRIMARY KEY,
    jobs TEXT NOT NULL
)
;
INSERT INTO {own}batch (claim, jobs)
    SELECT claim, json_group_object(job_id, attempt) FROM {own}lease GROUP BY claim
;
-- How many of them are still held.
ALTER TABLE {own}claim ADD COLUMN held INTEGER NOT NULL DEFAULT 0
;
UPDATE {own}claim SET held = (SELECT COUNT(*) FROM {own}lease WHERE claim = id)
;
-- What a claim lost before it was settled: 'cancelled' by a user, or 'gone' to another program.
CREATE TABLE {own}lost (
    claim INTEGER NOT NULL,
    job_id TEXT NOT NULL,
    why TEXT NOT NULL,
    PRIMARY KEY (claim, job_id)
) WITHOUT ROWID
;
INSERT INTO {own}lost (claim, job_id, why)
    SELECT claim, job_id, 'cancelled' FROM {own}lease WHERE cancel = 1
;
DROP TABLE {own}lease
;
-- Which engine runs what: the jobs of a batch whose attempt is not yet in the history.
CREATE VIEW {own}lease AS
    SELECT b.claim AS claim, j.key AS job_id, j.value AS attempt, x.why IS NOT NULL AS cancel
    FROM {own}batch b
    CROSS JOIN json_each(b.jobs) j
    LEFT JOIN {own}lost x ON x.claim = b.claim AND x.job_id = j.key
    WHERE x.why IS NOT 'gone' AND NOT EXISTS
        (SELECT 1 FROM {own}attempt a WHERE a.job_id = j.key AND a.claim = b.claim)
