-- Statements that need Queuedeck's own tables.

-- name: runNext
INSERT INTO {own}journal_row (journal_id, job_id)
    SELECT :journal, j."id" FROM queuedeck_ids i CROSS JOIN {job} j ON j."id" = i.id
    WHERE j."status" = 'pending' AND j."attempts" < :max
;
{remember}
;
INSERT INTO {own}expedite (job_id, at) SELECT r.job_id, :at FROM queuedeck_ids i
    CROSS JOIN {own}journal_row r ON r.journal_id = :journal AND r.job_id = i.id WHERE true
    ON CONFLICT (job_id) DO UPDATE SET at = excluded.at
;
DELETE FROM {own}retry WHERE job_id IN {noted}
;
{note_written}
;
{count_changed}
;
{moves}

-- name: journalOpen
INSERT INTO {own}journal (id, at, actor, host, action, scope, undoes)
VALUES (:journal, :at, :actor, :host, :action, :scope, :undoes)
ON CONFLICT (id) DO NOTHING

-- name: journalClose
DELETE FROM {own}journal WHERE id = :journal AND changed = 0

-- name: noteAdded
{note_added}

-- name: journalList
SELECT {journal_columns} FROM {own}journal j ORDER BY at DESC, id DESC LIMIT :limit

-- name: journalEntry
SELECT {journal_columns} FROM {own}journal j WHERE id = :journal

-- name: journalRows
SELECT job_id, gone FROM {own}journal_row WHERE journal_id = :journal AND job_id > :after
ORDER BY job_id LIMIT :limit

-- What was written, column by column.
-- name: journalImages
SELECT r.job_id, r.made = 0, r.gone = 0,
    (SELECT json_group_object(c.name, CASE typeof(c.before) WHEN 'blob' THEN hex(c.before)
            ELSE c.before END) FROM {own}journal_cell c
        WHERE c.row = r.row AND r.made = 0
            AND (r.gone = 1 OR (c.written = 1 AND c.before IS NOT c.after))),
    (SELECT json_group_object(c.name, CASE typeof(c.after) WHEN 'blob' THEN hex(c.after)
            ELSE c.after END) FROM {own}journal_cell c
        WHERE c.row = r.row AND r.gone = 0 AND c.written = 1
            AND (r.made = 1 OR c.before IS NOT c.after))
FROM {own}journal_row r WHERE r.journal_id = :journal AND r.job_id > :after
ORDER BY r.job_id LIMIT :limit

-- name: journalSize
SELECT COUNT(*), MIN(at), (SELECT COALESCE(SUM(pgsize), 0) FROM dbstat WHERE aggregate = TRUE
    AND name IN (SELECT name FROM sqlite_schema WHERE tbl_name IN ('{own}journal',
        '{own}journal_row', '{own}journal_cell', '{own}journal_effect', '{own}journal_part')))
FROM {own}journal

-- name: journalOlder
SELECT COUNT(*) FROM {own}journal WHERE {forgettable}

-- name: journalOldest
SELECT id FROM {own}journal WHERE {forgettable} ORDER BY at, id LIMIT 1

-- name: journalForgetRows
DELETE FROM {own}journal_cell WHERE row IN (SELECT row FROM {own}journal_row
    WHERE journal_id = :journal ORDER BY job_id LIMIT :limit)
;
DELETE FROM {own}journal_row WHERE row IN (SELECT row FROM {own}journal_row
    WHERE journal_id = :journal ORDER BY job_id LIMIT :limit)

-- name: journalForgetEffects
DELETE FROM {own}journal_effect WHERE journal_id = :journal AND (kind, target) IN (
    SELECT kind, target FROM {own}journal_effect WHERE journal_id = :journal LIMIT :limit)

-- name: journalForget
DELETE FROM {own}journal WHERE id = :journal

-- An undo of an entry that is not over.
-- name: undoOf
SELECT id FROM {own}journal WHERE undoes = :journal AND state IS NOT NULL LIMIT 1

-- name: bulkOpen
INSERT INTO {own}journal (id, at, actor, host, action, scope, state, runner, seen_at, total, done,
    skipped, undoes)
VALUES (:journal, :at, :actor, :host, :action, :scope, 'running', :runner, :at, :total, :done,
    :skipped, :undoes)

-- name: bulkAddPart
INSERT INTO {own}journal_part (journal_id, part, jobs, ids) VALUES (:journal, :part, :jobs, :ids)

-- name: bulkParts
SELECT jobs, ids FROM {own}journal_part WHERE journal_id = :journal ORDER BY part

-- name: bulkProgress
UPDATE {own}journal SET done = :done, reached = :reached, seen_at = :at
WHERE id = :journal AND runner = :runner

-- name: bulkEnd
UPDATE {own}journal SET state = :state, runner = NULL, skipped = (
        SELECT json_group_object(key, counts) FROM (
            SELECT key, SUM(value) AS counts FROM (
                SELECT key, value FROM json_each(COALESCE(skipped, '{}'))
                UNION ALL SELECT key, value FROM json_each(:skipped)) GROUP BY key))
WHERE id = :journal AND runner IS :runner

-- name: bulkDropParts
DELETE FROM {own}journal_part WHERE journal_id = :journal

-- name: bulkTake
UPDATE {own}journal SET state = 'running', runner = :runner, seen_at = :at
WHERE id = :journal AND (state = 'stopped' OR (state = 'running' AND seen_at < :at - :leftMs))
RETURNING done, reached, changed

-- Rows of an entry that are still as it left them.
-- name: standing
SELECT r.job_id FROM queuedeck_ids i
CROSS JOIN {own}journal_row r ON r.journal_id = :entry AND r.job_id = i.id AND r.gone = 0
CROSS JOIN {job} j ON j."id" = r.job_id
WHERE NOT EXISTS (SELECT 1 FROM {own}journal_cell c
    WHERE c.row = r.row AND c.written = 1 AND c.after IS NOT {any_cell})

-- name: stillGone
SELECT r.job_id FROM queuedeck_ids i
CROSS JOIN {own}journal_row r ON r.journal_id = :entry AND r.job_id = i.id AND r.gone = 1
WHERE NOT EXISTS (SELECT 1 FROM {job} j WHERE j."id" = r.job_id)

-- `queuedeck_ids` holds the rows that are still as :entry left them (see standing). Columns that it
-- did not write stay as they are; a deleted row comes back with all its columns, an added one is
-- deleted. :journal records it.
-- name: undo
INSERT INTO {own}journal_row (journal_id, job_id, gone, made)
    SELECT :journal, r.job_id, r.made, r.gone FROM queuedeck_ids i
    CROSS JOIN {own}journal_row r ON r.journal_id = :entry AND r.job_id = i.id
;
{remember}
;
UPDATE {job} AS j SET "status" = ({found_cell} = 'status'), "attempts" = ({found_cell} = 'attempts'),
    "error" = ({found_cell} = 'error'), "completedAt" = ({found_cell} = 'completedAt')
    WHERE j."id" IN (SELECT r.job_id FROM queuedeck_ids i
        CROSS JOIN {own}journal_row r ON r.journal_id = :entry AND r.job_id = i.id
            AND r.gone = 0 AND r.made = 0)
;
INSERT INTO {job} ({columns}) SELECT {restored_columns} FROM queuedeck_ids i
    CROSS JOIN {own}journal_row r ON r.journal_id = :entry AND r.job_id = i.id AND r.gone = 1
;
DELETE FROM {job} WHERE "id" IN (SELECT r.job_id FROM queuedeck_ids i
    CROSS JOIN {own}journal_row r ON r.journal_id = :entry AND r.job_id = i.id AND r.made = 1)
;
DELETE FROM {own}expedite WHERE job_id IN (SELECT id FROM queuedeck_ids)
;
{note_written}
;
INSERT INTO {own}journal_cell (row, name, after, written)
    SELECT r.row, c.column1, CASE c.column1 {cell_of_column}, 1 FROM queuedeck_ids i
    CROSS JOIN {own}journal_row r ON r.journal_id = :journal AND r.job_id = i.id AND r.made = 1
    CROSS JOIN {job} j ON j."id" = i.id
    CROSS JOIN (VALUES {column_names}) c
;
{count_changed}
;
SELECT id FROM queuedeck_ids

-- name: undone
UPDATE {own}journal SET undone_at = :at, state = NULL, runner = NULL WHERE id = :journal

-- name: noteEffects
INSERT INTO {own}journal_effect (journal_id, kind, target, before, after)
SELECT :journal, :kind, target, before, after FROM queuedeck_effects WHERE true
ON CONFLICT (journal_id, kind, target) DO UPDATE SET after = excluded.after

-- name: notedEffects
SELECT kind, target, before, after FROM {own}journal_effect
WHERE journal_id = :journal AND (kind, target) > (:kind, :target) ORDER BY kind, target LIMIT :limit

-- name: importAttempt
INSERT INTO {own}claim (token, engine, expires_at)
VALUES (:token, :engine, :endedAt) ON CONFLICT (token) DO NOTHING
;
INSERT INTO {own}attempt (job_id, claim, attempt, started_at, ended_at, outcome, error, result)
SELECT :id, c.id, :attempt, :startedAt, :endedAt, :outcome, :error, :result
FROM {own}claim c WHERE c.token = :token
;
INSERT INTO {own}tally (at, outcome, attempts) VALUES (:endedAt - :endedAt % 1000, :outcome, 1)
ON CONFLICT (at, outcome) DO UPDATE SET attempts = attempts + excluded.attempts

-- name: jobHistory
SELECT * FROM (
    SELECT a.attempt, c.engine, a.started_at, a.ended_at, a.outcome, a.error, c.token,
        a.result
    FROM {own}attempt a JOIN {own}claim c ON c.id = a.claim WHERE a.job_id = :id
    UNION ALL
    SELECT l.attempt, c.engine, NULL, NULL, 'running', NULL, c.token, NULL
    FROM {own}lease l CROSS JOIN {own}claim c ON c.id = l.claim
    WHERE l.job_id = :id AND l.cancel = 0)
ORDER BY ended_at IS NULL DESC, ended_at DESC, attempt DESC

-- Of each job, the last attempt that ended: SQLite takes the other columns from the row with MAX.
-- name: lastAttempts
SELECT a.job_id, a.started_at, MAX(a.ended_at) FROM queuedeck_ids i
CROSS JOIN {own}attempt a ON a.job_id = i.id GROUP BY a.job_id

-- name: finishedHere
SELECT outcome, SUM(attempts) FROM {own}tally WHERE at >= :sinceMs GROUP BY outcome

-- How far the jobs of a claim are.
-- name: noteProgress
UPDATE {own}claim SET progress = :progress WHERE token = :token

-- name: progress
SELECT p.key, p.value FROM {own}batch b CROSS JOIN {own}claim c ON c.id = b.claim
CROSS JOIN json_each(c.progress) p
WHERE c.progress IS NOT NULL AND c.expires_at > :now
    AND p.key IN (SELECT l.job_id FROM {own}lease l WHERE l.claim = c.id)

-- Only the last hour of the tally is ever read.
-- name: watch
DELETE FROM {own}tally WHERE at < :now - 86400000
;
DELETE FROM {own}watch WHERE job_id NOT IN (
    SELECT j."id" FROM {job} j WHERE j."status" = 'processing') OR job_id IN {live}
;
INSERT INTO {own}watch (job_id, row_version, first_seen)
SELECT j."id", {row_version}, :now FROM {job} j
WHERE j."status" = 'processing' AND j."id" NOT IN {live}
ORDER BY j."createdAt" LIMIT 10000
ON CONFLICT (job_id) DO UPDATE SET row_version = excluded.row_version,
    first_seen = excluded.first_seen WHERE row_version <> excluded.row_version

-- Expired claims, each complete, with the jobs that are still theirs.
-- name: lostJobs
SELECT b.token, l.job_id, b.id, l.attempt, b.engine
FROM (SELECT c.id, c.token, c.engine FROM {own}batch x CROSS JOIN {own}claim c ON c.id = x.claim
    WHERE c.expires_at <= :now LIMIT 20) b
LEFT JOIN {own}lease l ON l.claim = b.id AND l.cancel = 0
    AND EXISTS (SELECT 1 FROM {job} j WHERE j."id" = l.job_id AND j."status" = 'processing'
        AND j."attempts" = l.attempt)

-- `queuedeck_losing` holds what lostJobs returned in the same transaction.
-- name: rescue
UPDATE {job} AS j SET "status" = CASE WHEN j."attempts" >= :max THEN 'failed' ELSE 'pending' END,
    "error" = s.error FROM queuedeck_losing s WHERE j."id" = s.id
;
INSERT INTO {own}attempt (job_id, claim, attempt, ended_at, outcome, error)
SELECT id, claim, attempt, :now, 'lost', error FROM queuedeck_losing WHERE true
ON CONFLICT DO NOTHING
;
INSERT INTO {own}tally (at, outcome, attempts)
SELECT :now - :now % 1000, 'lost', COUNT(*) FROM queuedeck_losing HAVING COUNT(*) > 0
ON CONFLICT (at, outcome) DO UPDATE SET attempts = attempts + excluded.attempts
;
{lost_moves}

-- For leases that lostJobs returned in the same transaction.
-- name: dropLeases
DELETE FROM {own}batch WHERE claim IN (SELECT id FROM {own}claim
    WHERE token IN (SELECT value FROM json_each(:tokens)))
;
DELETE FROM {own}lost WHERE claim NOT IN (SELECT claim FROM {own}batch)

-- Unchanged for :grace, and without a lease.
-- name: orphans
SELECT j."id", :error FROM {own}watch w
JOIN {job} j ON j."id" = w.job_id AND j."status" = 'processing' AND {row_version} = w.row_version
WHERE w.first_seen <= :now - :grace AND w.job_id NOT IN {live} LIMIT 100

-- `queuedeck_losing` holds what orphans returned in the same transaction.
-- name: freeOrphans
UPDATE {job} AS j SET "status" = CASE WHEN j."attempts" >= :max THEN 'failed' ELSE 'pending' END,
    "error" = s.error FROM queuedeck_losing s WHERE j."id" = s.id
;
DELETE FROM {own}watch WHERE job_id IN (SELECT id FROM queuedeck_losing)
;
{lost_moves}

-- name: engineSeen
INSERT INTO {own}engine (id, host, pid, version, started_at, seen_at, state)
VALUES (:id, :host, :pid, :version, :now, :now, :state)
ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at, state = excluded.state

-- name: engineGone
DELETE FROM {own}engine WHERE id = :id

-- name: engines
SELECT e.id, e.host, e.pid, e.version, e.started_at, e.seen_at, e.state,
    (SELECT COALESCE(SUM(c.held), 0) FROM {own}batch b CROSS JOIN {own}claim c ON c.id = b.claim
        WHERE c.engine = e.id AND c.expires_at > :now)
FROM {own}engine e ORDER BY e.seen_at DESC LIMIT 200

-- name: addImage
INSERT INTO {own}image (id, scan_id, job_id, sha256, media_type, file_name, bytes, created_at)
VALUES (:image, :scan, :job, :sha256, :mediaType, :fileName, :bytes, :now)

-- name: addScan
INSERT INTO {scan} ("id", "tenantId", "userId", "imageUrl", "scanType", "extractedData", "status",
    "createdAt")
VALUES (:scan, :tenant, :user, :imageUrl, :scanType, '{}', 'processing', :createdAt)

-- name: addScanJob
INSERT INTO {job} ("id", "type", "payload", "status", "attempts", "createdAt")
VALUES (:job, 'image_extraction', :payload, 'pending', 0, :createdAt)

-- name: imageById
SELECT bytes FROM {own}image WHERE id = :id

-- name: imageBySha256
SELECT file_name, scan_id FROM {own}image WHERE sha256 = :sha256 LIMIT 1

-- How long jobs waited and ran, and the longest wait of each hour, in one pass: 1 a wait, 2 a run,
-- 3 an hour. A job's attempts are neighbours, so its earliest is near.
-- name: reportTimes
WITH timed AS MATERIALIZED (
    SELECT j.created < :from AS is_before, j."type" AS type, a.started_at AS started,
        CASE WHEN a.claim = (SELECT b.claim FROM {own}attempt b
            WHERE b.job_id = a.job_id AND b.started_at IS NOT NULL
            ORDER BY b.started_at, b.claim LIMIT 1) THEN
            MAX(0, a.started_at - CAST(ROUND((julianday(j.created) - 2440587.5) * 86400000.0) AS INTEGER)) END AS waited,
        CASE WHEN a.outcome IN ('completed', 'failed', 'retried') THEN
            MAX(0, a.ended_at - a.started_at) END AS ran
    FROM {created_jobs} j CROSS JOIN {own}attempt a ON a.job_id = j."id"
    WHERE a.started_at IS NOT NULL)
SELECT 1, is_before, type, {three_digits}, NULL, COUNT(*), NULL
    FROM (SELECT is_before, type, waited AS ms FROM timed WHERE waited IS NOT NULL) GROUP BY 2, 3, 4
UNION ALL
SELECT 2, is_before, type, {three_digits}, NULL, COUNT(*), NULL
    FROM (SELECT is_before, type, ran AS ms FROM timed WHERE ran IS NOT NULL) GROUP BY 2, 3, 4
UNION ALL
SELECT 3, NULL, NULL, NULL, started / 3600000, NULL, MAX(waited) FROM timed
    WHERE waited IS NOT NULL AND NOT is_before GROUP BY 5

-- What an enrichment found and wrote; for fields that the application has no column for, their home.
-- name: noteEnrichment
INSERT INTO {own}enrichment (job_id, kind, target, name, state, fields, before, stored_before,
    stored_after, edited, model, journal_id, at)
VALUES (:job, :kind, :target, :name, :state, :fields, :before, :storedBefore, :storedAfter, :edited,
    :model, :journal, :now)
ON CONFLICT (job_id) DO UPDATE SET kind = excluded.kind, target = excluded.target,
    name = excluded.name, state = excluded.state, fields = excluded.fields,
    before = excluded.before, stored_before = excluded.stored_before,
    stored_after = excluded.stored_after, edited = excluded.edited, model = excluded.model,
    journal_id = excluded.journal_id, at = excluded.at

-- name: enrichmentOfJob
SELECT {enrichment_columns}, stored_before, stored_after FROM {own}enrichment WHERE job_id = :job

-- What is set at a row by enrichments that stand, oldest first.
-- name: enrichedFields
SELECT fields FROM {own}enrichment
WHERE kind = :kind AND target = :target AND state IN ('written', 'kept') ORDER BY at, job_id

-- name: enrichmentUndone
UPDATE {own}enrichment SET state = 'undone' WHERE job_id = :job

-- name: addSpend
INSERT INTO {own}spend (day, job_type, model, requests, tokens_in, tokens_out)
VALUES (:day, :type, :model, 1, :tokensIn, :tokensOut)
ON CONFLICT (day, job_type, model) DO UPDATE SET requests = requests + 1,
    tokens_in = tokens_in + excluded.tokens_in, tokens_out = tokens_out + excluded.tokens_out

-- name: reportEnrichments
SELECT at / 86400000, kind, state, model, COUNT(*) FROM {own}enrichment
WHERE at >= :beforeMs AND at < :toMs GROUP BY 1, 2, 3, 4

-- name: reportSpend
SELECT CAST(strftime('%s', day) AS INTEGER) / 86400, job_type, model, requests, tokens_in, tokens_out
FROM {own}spend WHERE CAST(strftime('%s', day) AS INTEGER) / 86400 >= :beforeMs / 86400000
    AND CAST(strftime('%s', day) AS INTEGER) / 86400 < :toMs / 86400000

-- name: lastEnded
SELECT MAX(at) FROM {own}tally
