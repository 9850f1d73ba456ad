-- Which jobs a claim took: {"id": attempt}. A row a job was written and deleted again for every job;
-- this one is written once a batch, and what is still held of it is told by the history.
CREATE TABLE queuedeck_batch (
    claim INTEGER NOT NULL PRIMARY KEY,
    jobs TEXT NOT NULL
)
;
INSERT INTO queuedeck_batch (claim, jobs)
    SELECT claim, json_group_object(job_id, attempt) FROM queuedeck_lease GROUP BY claim
;
-- How many of them are still held.
ALTER TABLE queuedeck_claim ADD COLUMN held INTEGER NOT NULL DEFAULT 0
;
UPDATE queuedeck_claim SET held = (SELECT COUNT(*) FROM queuedeck_lease WHERE claim = id)
;
-- What a claim lost before it was settled: 'cancelled' by a person, or 'gone' to another program.
CREATE TABLE queuedeck_lost (
    claim INTEGER NOT NULL,
    job_id TEXT NOT NULL,
    why TEXT NOT NULL,
    PRIMARY KEY (claim, job_id)
) WITHOUT ROWID
;
INSERT INTO queuedeck_lost (claim, job_id, why)
    SELECT claim, job_id, 'cancelled' FROM queuedeck_lease WHERE cancel = 1
;
DROP TABLE queuedeck_lease
;
-- Who runs what: a job of a batch, until its attempt stands in the history.
CREATE VIEW queuedeck_lease AS
    SELECT b.claim AS claim, j.key AS job_id, j.value AS attempt, x.why IS NOT NULL AS cancel
    FROM queuedeck_batch b
    CROSS JOIN json_each(b.jobs) j
    LEFT JOIN queuedeck_lost x ON x.claim = b.claim AND x.job_id = j.key
    WHERE x.why IS NOT 'gone' AND NOT EXISTS
        (SELECT 1 FROM queuedeck_attempt a WHERE a.job_id = j.key AND a.claim = b.claim)
