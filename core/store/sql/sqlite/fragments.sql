-- Fragments shared by SQLite statements. Those that depend on the application's tables ({job},
-- {row}, {created_at} …) are added at connect: see shapewords.

-- A picture that this engine may read: its address begins with one of :pictures, which are in lower
-- case. Jobs with others are left to a processor that can fetch them.
-- name: readable_here
(j."type" <> 'image_extraction' OR CASE WHEN json_valid(j."payload") THEN COALESCE(
    (SELECT max(lower(substr(json_extract(j."payload", '$.imageUrl'), 1, length(p.value)))
        = p.value) FROM json_each(:pictures) p), 1) ELSE 1 END)

-- A job "j" that an engine may take. A job whose id is a blob could not be found again.
-- name: claimable
j."status" = 'pending' AND j."attempts" < :max AND typeof(j."id") <> 'blob'
    AND j."type" IN (SELECT value FROM json_each(:types))
    AND (:deferred = '[]' OR j."id" NOT IN (SELECT value FROM json_each(:deferred)))
    AND {readable_here}

-- A pending job "j" that no processor takes: its attempts are used up or unknown.
-- name: spent
((j."attempts" < :max) IS NOT TRUE)

-- A status that is none of the four. It may still mean one of them.
-- name: unknown_status
(j."status" IS NULL OR j."status" NOT IN ('pending', 'processing', 'completed', 'failed'))

-- name: meant_status
CASE WHEN lower(trim("status", char(32, 9, 13, 10)))
        IN ('pending', 'processing', 'completed', 'failed')
    THEN lower(trim("status", char(32, 9, 13, 10))) ELSE 'pending' END

-- A column holds anything: what is not a text is shown as SQLite quotes it, and is none of our
-- statuses.
-- name: read_status
CASE WHEN typeof(j."status") IN ('text', 'null') THEN j."status" ELSE quote(j."status") END

-- In sort order, numbers come before texts, and blobs after them.
-- name: status_is_no_text
(j."status" IS NULL OR j."status" < '' OR j."status" >= x'')

-- name: job_columns
j."id", j."type", {read_status}, j."attempts", SUBSTR(j."error", 1, 2000), {created_at},
    {completed_at}

-- The rest of a row: its error and payload, unless they are so long that a thousand of them would
-- take much memory, and whether they are.
-- name: content_columns
CASE WHEN LENGTH(j."error") <= 30000 THEN j."error" END,
    CASE WHEN LENGTH(j."payload") <= 30000 THEN j."payload" END,
    COALESCE(LENGTH(j."error"), 0) > 30000 OR COALESCE(LENGTH(j."payload"), 0) > 30000

-- The jobs that a live lease covers. CROSS JOIN begins with the batches, which are few; claims are
-- kept for the history.
-- name: live
(SELECT l.job_id FROM {own}batch b CROSS JOIN {own}claim c ON c.id = b.claim
    AND c.expires_at > :now CROSS JOIN {own}lease l ON l.claim = c.id)

-- Processing without a live lease, and unchanged for :grace since first seen, or since its engine
-- claimed it.
-- name: is_stuck
(j."status" = 'processing' AND j."id" NOT IN {live} AND (:grace = 0
    OR (j."id", {row_version}) IN (
        SELECT job_id, row_version FROM {own}watch WHERE first_seen <= :now - :grace
        UNION ALL SELECT job_id, CAST(attempt AS TEXT) FROM {own}lease)))

-- The rows of this step that a change has recorded in the journal.
-- name: noted
(SELECT r.job_id FROM queuedeck_ids i
    CROSS JOIN {own}journal_row r ON r.journal_id = :journal AND r.job_id = i.id)

-- Saves every column of the recorded rows before a change.
-- name: remember
INSERT INTO {own}journal_cell (row, name, before)
    SELECT r.row, c.column1, CASE c.column1 {cell_of_column} FROM queuedeck_ids i
    CROSS JOIN {own}journal_row r ON r.journal_id = :journal AND r.job_id = i.id
    CROSS JOIN {job} j ON j."id" = i.id
    CROSS JOIN (VALUES {column_names}) c

-- Saves what a change has written. Not UPDATE FROM, which would read every cell in the table.
-- name: note_written
UPDATE {own}journal_cell AS c SET written = 1, after = (
        SELECT {written_cell} FROM {own}journal_row r CROSS JOIN {job} j ON j."id" = r.job_id
        WHERE r.row = c.row)
    WHERE c.row IN (SELECT r.row FROM queuedeck_ids i
        CROSS JOIN {own}journal_row r ON r.journal_id = :journal AND r.job_id = i.id)
    AND c.name IN ('status', 'attempts', 'error', 'completedAt')

-- The before-image of a cell of row "j" in :entry; its name follows.
-- name: found_cell
SELECT c.before FROM {own}journal_row r CROSS JOIN {own}journal_cell c ON c.row = r.row
    WHERE r.journal_id = :entry AND r.job_id = j."id" AND c.name

-- name: written_cell
CASE c.name WHEN 'status' THEN j."status" WHEN 'attempts' THEN j."attempts"
    WHEN 'error' THEN j."error" WHEN 'completedAt' THEN j."completedAt" END

-- A cell of row "j", by its name.
-- name: any_cell
CASE c.name {cell_of_column}

-- name: count_changed
UPDATE {own}journal SET changed = changed + (SELECT COUNT(*) FROM {noted}) WHERE id = :journal

-- The old and new status and error of each job, and the payload of types that have an effect.
-- name: moves
SELECT r.job_id, j."type",
    (SELECT before FROM {own}journal_cell WHERE row = r.row AND name = 'status'),
    (SELECT before FROM {own}journal_cell WHERE row = r.row AND name = 'error'),
    j."status", j."error", CASE WHEN j."type" IN (SELECT value FROM json_each(:following))
        THEN CAST(j."payload" AS BLOB) END
    FROM queuedeck_ids i
    CROSS JOIN {own}journal_row r ON r.journal_id = :journal AND r.job_id = i.id
    LEFT JOIN {job} j ON j."id" = r.job_id

-- As entryFromRow reads them. A large change that runs is left once nobody has carried it on for
-- :leftMs.
-- name: journal_columns
id, at, actor, host, action, scope, changed, undone_at,
    EXISTS (SELECT 1 FROM {own}journal_row r WHERE r.journal_id = j.id)
        OR EXISTS (SELECT 1 FROM {own}journal_effect e WHERE e.journal_id = j.id),
    total, done, state, state = 'stopped' OR seen_at < :at - :leftMs, skipped, undoes,
    (SELECT e.action FROM {own}journal e WHERE e.id = j.undoes)

-- Entries of the journal that are older than :before and that no program works on.
-- name: forgettable
at < :before AND (state IS NOT 'running' OR seen_at < :at - :leftMs)

-- name: note_added
INSERT INTO {own}journal (id, at, actor, host, action, scope, changed)
    VALUES (:journal, :at, :actor, :host, :action, :scope, :count)

-- name: lost_moves
SELECT s.id, j."type", 'processing', NULL, j."status", j."error",
    CASE WHEN j."type" IN (SELECT value FROM json_each(:following))
        THEN CAST(j."payload" AS BLOB) END
    FROM queuedeck_losing s CROSS JOIN {job} j ON j."id" = s.id

-- SQLite has no other version of a row.
-- name: row_version
COALESCE(CAST(j."attempts" AS TEXT), '')

-- OR FAIL: what was changed before an error is left to the transaction, which is rolled back then.
-- Otherwise SQLite saves each page first, to be able to undo the statement alone.
-- name: update_jobs
UPDATE OR FAIL {job}

-- The guard: a row that is still in the attempt that this claim began, was not lost by the claim,
-- and is not in its history yet.
-- name: still_ours
j."status" = 'processing' AND j."attempts" = s.attempt
    AND NOT EXISTS (SELECT 1 FROM {own}lost x WHERE x.claim = :claim AND x.job_id = s.id)
    AND NOT EXISTS (SELECT 1 FROM {own}attempt a WHERE a.job_id = s.id AND a.claim = :claim)

-- Columns of "ImageScan" s, as ScanStore reads them.
-- name: scan_columns
s."id", s."scanType", s."imageUrl", s."status", s."extractedData", s."errorMessage",
    s."tenantId", s."userId", s."createdAt", s."completedAt"

-- The jobs created from :before up to :to, status by status, so that the index on (status,
-- createdAt) finds them. The last "v" is NULL.
-- name: created_jobs
(WITH RECURSIVE s(v) AS (
    SELECT MIN(j."status") FROM {jobs} j
    UNION ALL
    SELECT (SELECT MIN(j."status") FROM {jobs} j WHERE j."status" > s.v) FROM s
    WHERE s.v IS NOT NULL)
SELECT j."id", j."type", {read_status} AS "status", {created_at} AS created
FROM s CROSS JOIN {jobs} j
WHERE j."status" IS s.v AND {created_at} >= :before AND {created_at} < :to)

-- A duration "ms" rounded down to three digits: few groups, however many jobs.
-- name: three_digits
CASE WHEN ms < 1000 THEN ms WHEN ms < 10000 THEN ms / 10 * 10
        WHEN ms < 100000 THEN ms / 100 * 100 WHEN ms < 1000000 THEN ms / 1000 * 1000
        WHEN ms < 10000000 THEN ms / 10000 * 10000 WHEN ms < 100000000 THEN ms / 100000 * 100000
        WHEN ms < 1000000000 THEN ms / 1000000 * 1000000 ELSE ms / 10000000 * 10000000 END

-- The text of "e" with # for each digit.
-- name: error_kind
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(e.error,
        '0', '#'), '1', '#'), '2', '#'), '3', '#'), '4', '#'), '5', '#'), '6', '#'), '7', '#'),
        '8', '#'), '9', '#')

-- name: enrichment_columns
job_id, kind, target, name, state, fields, before, edited, model, journal_id, at
