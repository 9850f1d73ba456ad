-- Changes made by people: steps of several statements, in one transaction. `queuedeck_ids` is
-- passed with the step and holds the requested ids; :journal is the entry's id. Each returns the
-- moves.

-- name: retry
INSERT INTO {own}journal_row (journal_id, job_id)
    SELECT :journal, j."id" FROM queuedeck_ids i CROSS JOIN {job} j ON j."id" = i.id
    WHERE (j."status" = 'failed' AND (:keepTries = 0 OR NOT {spent}))
        OR (j."status" = 'pending' AND :keepTries = 0 AND {spent})
;
{remember}
;
UPDATE {job} SET "status" = 'pending', "error" = {no_error}, "completedAt" = {no_time},
    "attempts" = CASE WHEN :keepTries = 1 THEN "attempts" ELSE 0 END WHERE "id" IN {noted}
;
DELETE FROM {own}retry WHERE job_id IN {noted}
;
{note_written}
;
{count_changed}
;
{moves}

-- name: cancel
INSERT INTO {own}journal_row (journal_id, job_id)
    SELECT :journal, j."id" FROM queuedeck_ids i CROSS JOIN {job} j ON j."id" = i.id
    WHERE j."status" IN ('pending', 'processing')
;
{remember}
;
UPDATE {job} SET "status" = 'failed', "error" = :error, "completedAt" = {no_time}
    WHERE "id" IN {noted}
;
INSERT INTO {own}lost (claim, job_id, why) SELECT l.claim, l.job_id, 'cancelled'
    FROM {own}lease l WHERE l.cancel = 0 AND l.job_id IN {noted}
;
DELETE FROM {own}retry WHERE job_id IN {noted}
;
DELETE FROM {own}expedite WHERE job_id IN {noted}
;
{note_written}
;
{count_changed}
;
{moves}

-- name: remove
INSERT INTO {own}journal_row (journal_id, job_id, gone)
    SELECT :journal, j."id", 1 FROM queuedeck_ids i CROSS JOIN {job} j ON j."id" = i.id
    WHERE j."status" IN ('completed', 'failed')
;
{remember}
;
DELETE FROM {job} WHERE "id" IN {noted}
;
{count_changed}
;
{moves}

-- A job of unknown status gets the status that its text means, else pending.
-- name: repair
INSERT INTO {own}journal_row (journal_id, job_id)
    SELECT :journal, j."id" FROM queuedeck_ids i CROSS JOIN {job} j ON j."id" = i.id
    WHERE {unknown_status}
;
{remember}
;
UPDATE {job} SET "status" = {meant_status}, "attempts" =
    CASE {meant_status} WHEN 'pending' THEN 0 ELSE COALESCE("attempts", 0) END
    WHERE "id" IN {noted}
;
{note_written}
;
{count_changed}
;
{moves}

-- `queuedeck_adding` holds the jobs to add.
-- name: enqueue
INSERT INTO {job} ("id", "type", "payload", "status", "attempts", "createdAt")
    SELECT id, type, payload, 'pending', 0, :createdAt FROM queuedeck_adding
;
{note_added}

-- name: importJob
INSERT INTO {job} ("id", "type", "payload", "status", "attempts", "error", "createdAt",
    "completedAt")
VALUES (:id, :type, :payload, :status, :attempts, :error, :createdAt, :completedAt)
