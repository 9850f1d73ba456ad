-- Statements that need Queuedeck's own tables.

-- name: runNext
WITH pick AS MATERIALIZED (
    {picked} AND j."status" = 'pending' AND j."attempts" < :max::int
    ORDER BY j."id" FOR UPDATE),
done AS (
    SELECT j."id"::text AS job_id, j."type"::text AS type, p.old_status, p.old_error,
        p.old_status AS status, p.old_error AS error, NULL::text AS payload, p.before,
        {written_image} AS after
    FROM pick p JOIN {job} j ON j."id" = p."id"),
next AS (
    INSERT INTO {own}expedite (job_id, at) SELECT job_id, clock_timestamp() FROM done
    ON CONFLICT (job_id) DO UPDATE SET at = excluded.at),
at_once AS (DELETE FROM {own}retry WHERE job_id = ANY (ARRAY(SELECT job_id FROM done))),
{conclude}

-- name: journalOpen
INSERT INTO {own}journal (id, at, actor, host, action, scope, undoes)
VALUES (:journal, clock_timestamp(), :actor, :host, :action, :scope, :undoes)
ON CONFLICT (id) DO NOTHING

-- name: journalClose
DELETE FROM {own}journal WHERE id = :journal AND changed = 0

-- name: noteAdded
WITH {note_added}

-- name: journalList
SELECT {journal_columns} FROM {own}journal j ORDER BY at DESC, id DESC LIMIT :limit

-- name: journalEntry
SELECT {journal_columns} FROM {own}journal j WHERE id = :journal

-- name: journalRows
SELECT job_id, (after IS NULL)::int FROM {own}journal_row WHERE journal_id = :journal AND job_id > :after::text
ORDER BY job_id LIMIT :limit::bigint

-- What was written, column by column.
-- name: journalImages
SELECT job_id, (before IS NOT NULL)::int, (after IS NOT NULL)::int,
    CASE WHEN before IS NULL OR after IS NULL THEN before ELSE (
        SELECT jsonb_object_agg(a.key, before -> a.key) FROM jsonb_each(after) a
        WHERE before -> a.key IS DISTINCT FROM a.value) END,
    CASE WHEN before IS NULL OR after IS NULL THEN after ELSE (
        SELECT jsonb_object_agg(a.key, a.value) FROM jsonb_each(after) a
        WHERE before -> a.key IS DISTINCT FROM a.value) END
FROM {own}journal_row WHERE journal_id = :journal AND job_id > :after::text
ORDER BY job_id LIMIT :limit::bigint

-- name: journalSize
SELECT COUNT(*), (EXTRACT(EPOCH FROM MIN(at)) * 1000)::bigint, (
    SELECT COALESCE(SUM(pg_total_relation_size(to_regclass(t.name))), 0)
    FROM unnest(ARRAY['{own}journal', '{own}journal_row', '{own}journal_effect',
        '{own}journal_part']) t(name))::bigint
FROM {own}journal

-- name: journalOlder
SELECT COUNT(*) FROM {own}journal WHERE {forgettable}

-- name: journalOldest
SELECT id FROM {own}journal WHERE {forgettable} ORDER BY at, id LIMIT 1 FOR UPDATE

-- name: journalForgetRows
DELETE FROM {own}journal_row WHERE journal_id = :journal AND job_id = ANY (ARRAY(
    SELECT job_id FROM {own}journal_row WHERE journal_id = :journal LIMIT :limit::bigint))

-- name: journalForgetEffects
DELETE FROM {own}journal_effect WHERE journal_id = :journal AND (kind, target) IN (
    SELECT kind, target FROM {own}journal_effect WHERE journal_id = :journal LIMIT :limit::bigint)

-- name: journalForget
DELETE FROM {own}journal WHERE id = :journal

-- An undo of an entry that is not over.
-- name: undoOf
SELECT id FROM {own}journal WHERE undoes = :journal AND state IS NOT NULL LIMIT 1

-- name: bulkOpen
INSERT INTO {own}journal (id, at, actor, host, action, scope, state, runner, seen_at, total, done,
    skipped, undoes)
VALUES (:journal, clock_timestamp(), :actor, :host, :action, :scope, 'running', :runner,
    clock_timestamp(), :total, :done, :skipped::jsonb, :undoes)

-- name: bulkAddPart
INSERT INTO {own}journal_part (journal_id, part, jobs, ids) VALUES (:journal, :part, :jobs, :ids)

-- name: bulkParts
SELECT jobs, ids FROM {own}journal_part WHERE journal_id = :journal ORDER BY part

-- name: bulkProgress
UPDATE {own}journal SET done = :done, reached = :reached, seen_at = clock_timestamp()
WHERE id = :journal AND runner = :runner

-- name: bulkEnd
UPDATE {own}journal SET state = :state, runner = NULL, skipped = (
        SELECT jsonb_object_agg(key, counts) FROM (
            SELECT key, SUM(value::bigint) AS counts FROM (
                SELECT * FROM jsonb_each_text(COALESCE(skipped, '{}'))
                UNION ALL SELECT * FROM jsonb_each_text(:skipped::jsonb)) c GROUP BY key) t)
WHERE id = :journal AND runner IS NOT DISTINCT FROM :runner::text

-- name: bulkDropParts
DELETE FROM {own}journal_part WHERE journal_id = :journal

-- name: bulkTake
UPDATE {own}journal SET state = 'running', runner = :runner, seen_at = clock_timestamp()
WHERE id = :journal AND (state = 'stopped' OR (state = 'running'
    AND seen_at < clock_timestamp() - :leftMs::bigint * interval '1 millisecond'))
RETURNING done, reached, changed

-- Rows of an entry that are still as it left them (locked), or still gone.
-- name: standing
SELECT r.job_id FROM {entry_rows} r
JOIN {job} j ON j."id" = r.job_id::{id_type}
WHERE r.after IS NOT NULL AND {row_image} @> r.after
ORDER BY j."id" FOR UPDATE OF j

-- name: stillGone
SELECT r.job_id FROM {entry_rows} r
WHERE r.after IS NULL AND NOT EXISTS (SELECT 1 FROM {job} j WHERE j."id" = r.job_id::{id_type})

-- For :ids, which are still as :entry left them. Columns that it did not write stay as they are; a
-- deleted row comes back with all its columns, an added one is deleted. :journal records it.
-- name: undo
WITH noted AS MATERIALIZED (
    SELECT r.job_id, r.before, r.after FROM {entry_rows} r),
found AS MATERIALIZED (
    SELECT n.job_id, CASE WHEN n.before IS NULL THEN {row_image} ELSE {written_image} END AS image
    FROM noted n
    JOIN {job} j ON j."id" = n.job_id::{id_type}),
restored AS (
    UPDATE {job} j SET "status" = (p.before ->> 'status')::{status_type},
        "attempts" = (p.before ->> 'attempts')::{attempts_type}, "error" = p.before ->> 'error',
        "completedAt" = (p.before ->> 'completedAt')::{completed_type}
    FROM noted p WHERE j."id" = p.job_id::{id_type} AND p.after IS NOT NULL
        AND p.before IS NOT NULL AND NOT p.before @> p.after
    RETURNING p.job_id, {written_image} AS after),
again AS (
    INSERT INTO {job} AS j ({columns}) OVERRIDING SYSTEM VALUE
    SELECT {restored_columns} FROM noted p WHERE p.after IS NULL
    RETURNING j."id"::text AS job_id, {row_image} AS after),
removed AS (
    DELETE FROM {job} j USING noted p WHERE j."id" = p.job_id::{id_type} AND p.before IS NULL),
next AS (DELETE FROM {own}expedite WHERE job_id = ANY (:ids::text[])),
kept AS (
    INSERT INTO {own}journal_row (journal_id, job_id, before, after)
    SELECT :journal::text, n.job_id, f.image,
        CASE WHEN n.before IS NOT NULL THEN COALESCE(r.after, a.after, f.image) END
    FROM noted n LEFT JOIN found f USING (job_id) LEFT JOIN restored r USING (job_id)
        LEFT JOIN again a USING (job_id)),
counted AS (
    UPDATE {own}journal SET changed = changed + (SELECT COUNT(*) FROM noted)
    WHERE id = :journal::text)
SELECT job_id FROM noted

-- name: undone
UPDATE {own}journal SET undone_at = clock_timestamp(), state = NULL, runner = NULL
WHERE id = :journal

-- What an effect wrote to other tables, before and after.
-- name: noteEffects
INSERT INTO {own}journal_effect (journal_id, kind, target, before, after)
SELECT :journal::text, :kind::text, e.target, e.before::jsonb, e.after::jsonb
FROM unnest(:targets::text[], :befores::text[], :afters::text[]) AS e(target, before, after)
ON CONFLICT (journal_id, kind, target) DO UPDATE SET after = excluded.after

-- name: notedEffects
SELECT kind, target, before::text, after::text FROM {own}journal_effect
WHERE journal_id = :journal AND (kind, target) > (:kind::text, :target::text)
ORDER BY kind, target LIMIT :limit::bigint

-- name: importAttempt
INSERT INTO {own}attempt (job_id, token, attempt, engine, started_at, ended_at, outcome, error,
    result)
VALUES (:id, :token, :attempt, :engine, to_timestamp(:startedAt::bigint / 1000.0),
    to_timestamp(:endedAt::bigint / 1000.0), :outcome, :error, :result)

-- name: jobHistory
SELECT attempt, engine, (EXTRACT(EPOCH FROM started_at) * 1000)::bigint,
    (EXTRACT(EPOCH FROM ended_at) * 1000)::bigint, outcome, error, token, result
FROM (
    SELECT attempt, engine, started_at, ended_at, outcome, error, token, result
    FROM {own}attempt WHERE job_id = :id::text
    UNION ALL
    SELECT u.attempt, l.engine, NULL, NULL, 'running', NULL, l.token, NULL
    FROM {own}lease l, unnest(l.job_ids, l.attempts, l.cancel) AS u(job_id, attempt, cancel)
    WHERE l.job_ids @> ARRAY[:id::text] AND u.job_id = :id::text AND NOT u.cancel) h
ORDER BY ended_at DESC NULLS FIRST, attempt DESC

-- name: lastAttempts
SELECT DISTINCT ON (job_id) job_id, (EXTRACT(EPOCH FROM started_at) * 1000)::bigint,
    (EXTRACT(EPOCH FROM ended_at) * 1000)::bigint
FROM {own}attempt WHERE job_id = ANY (:ids::text[]) ORDER BY job_id, ended_at DESC

-- name: finishedHere
SELECT outcome, COUNT(*) FROM {own}attempt
WHERE ended_at >= to_timestamp(:sinceMs::bigint / 1000.0) GROUP BY outcome

-- How far the jobs of a claim are.
-- name: noteProgress
UPDATE {own}lease SET progress = :progress::jsonb WHERE token = :token::text

-- A job that was settled meanwhile is no longer in its lease.
-- name: progress
SELECT p.key, p.value::text FROM {own}lease l, jsonb_each(l.progress) p
WHERE l.progress IS NOT NULL AND l.expires_at > clock_timestamp() AND p.key = ANY (l.job_ids)

-- name: watch
WITH alone AS MATERIALIZED (
    SELECT j."id"::text AS job_id, j.xmin::text AS version FROM {job} j
    WHERE j."status" = 'processing' AND j."id"::text NOT IN {live}
    ORDER BY j."createdAt" LIMIT 10000),
gone AS (
    DELETE FROM {own}watch w WHERE NOT EXISTS (SELECT 1 FROM alone a WHERE a.job_id = w.job_id))
INSERT INTO {own}watch AS w (job_id, row_version, first_seen)
SELECT job_id, version, clock_timestamp() FROM alone ORDER BY job_id
ON CONFLICT (job_id) DO UPDATE SET row_version = excluded.row_version,
    first_seen = excluded.first_seen WHERE w.row_version <> excluded.row_version

-- Expired leases, with those of their jobs that are still as claimed. The leases are locked, so
-- that they do not change until this transaction has freed the jobs and dropped them; leases that
-- another rescuer has locked are left to it.
-- name: lostJobs
WITH lost AS MATERIALIZED (
    SELECT token, job_ids, row_versions, cancel FROM {own}lease
    WHERE expires_at <= clock_timestamp()
    ORDER BY token LIMIT 100 FOR UPDATE SKIP LOCKED)
SELECT l.token, u.job_id
FROM lost l
LEFT JOIN LATERAL unnest(l.job_ids, l.row_versions, l.cancel) AS u(job_id, version, cancel)
    ON NOT u.cancel AND EXISTS (
        SELECT 1 FROM {job} j WHERE j."id" = u.job_id::{id_type} AND j."status" = 'processing'
            AND j.xmin::text = u.version)

-- For :ids, which lostJobs returned in the same transaction.
-- name: rescue
WITH mine AS MATERIALIZED (
    SELECT l.token, l.engine, u.job_id, u.attempt, u.version
    FROM {own}lease l, LATERAL unnest(l.job_ids, l.attempts, l.row_versions, l.cancel)
        AS u(job_id, attempt, version, cancel)
    WHERE l.token = ANY (:tokens::text[]) AND NOT u.cancel AND u.job_id = ANY (:ids::text[])),
done AS (
    UPDATE {job} j SET {lost_row},
        "error" = left('worker lost (engine ' || p.engine || ')', {error_length})
    FROM (SELECT m.*, 'processing' AS old_status, NULL::text AS old_error FROM mine m) p
    WHERE j."id" = p.job_id::{id_type} AND j."status" = 'processing' AND j.xmin::text = p.version
    RETURNING {moved}, p.token, p.attempt, p.engine),
history AS (
    INSERT INTO {own}attempt (job_id, token, attempt, engine, ended_at, outcome, error)
    SELECT job_id, token, attempt, engine, clock_timestamp(), 'lost', error FROM done
    ON CONFLICT DO NOTHING)
SELECT {moves} FROM done

-- For leases that lostJobs returned in the same transaction.
-- name: dropLeases
DELETE FROM {own}lease WHERE token = ANY (:tokens::text[])

-- Unchanged for :grace, and without a lease.
-- name: orphans
SELECT job_id FROM {own}watch
WHERE first_seen <= clock_timestamp() - :grace::bigint * interval '1 millisecond'
    AND job_id NOT IN {live}
ORDER BY job_id LIMIT 100

-- For :ids, which orphans returned.
-- name: freeOrphans
WITH lost AS MATERIALIZED (
    SELECT job_id, row_version FROM {own}watch
    WHERE job_id = ANY (:ids::text[])
        AND first_seen <= clock_timestamp() - :grace::bigint * interval '1 millisecond'
        AND job_id NOT IN {live}
    ORDER BY job_id FOR UPDATE SKIP LOCKED),
done AS (
    UPDATE {job} j SET {lost_row}, "error" = left(:error::text, {error_length})
    FROM (SELECT l.*, 'processing' AS old_status, NULL::text AS old_error FROM lost l) p
    WHERE j."id" = p.job_id::{id_type} AND j."status" = 'processing'
        AND j.xmin::text = p.row_version
    RETURNING {moved}),
gone AS (DELETE FROM {own}watch w USING lost l WHERE w.job_id = l.job_id)
SELECT {moves} FROM done

-- name: engineSeen
INSERT INTO {own}engine (id, host, pid, version, started_at, seen_at, state)
VALUES (:id, :host, :pid, :version, clock_timestamp(), clock_timestamp(), :state)
ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at, state = excluded.state

-- name: engineGone
DELETE FROM {own}engine WHERE id = :id

-- name: engines
SELECT e.id, e.host, e.pid, e.version, (EXTRACT(EPOCH FROM e.started_at) * 1000)::bigint,
    (EXTRACT(EPOCH FROM e.seen_at) * 1000)::bigint, e.state,
    (SELECT COALESCE(SUM(cardinality(l.job_ids)), 0) FROM {own}lease l
        WHERE l.engine = e.id AND l.expires_at > clock_timestamp())
FROM {own}engine e ORDER BY e.seen_at DESC LIMIT 200

-- name: addImage
INSERT INTO {own}image (id, scan_id, job_id, sha256, media_type, file_name, bytes, created_at)
VALUES (:image, :scan, :job, :sha256, :mediaType, :fileName, :bytes, clock_timestamp())

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
-- 3 an hour. A job with one attempt was first started by it; only for the others is the earliest
-- looked for.
-- name: reportTimes
WITH several AS MATERIALIZED (
    SELECT a.job_id, MIN(a.started_at) AS started FROM {own}attempt a
    WHERE a.job_id IN (SELECT b.job_id FROM {own}attempt b
            WHERE (b.attempt > 1 OR b.outcome <> 'completed')
                AND b.ended_at >= to_timestamp(:beforeMs::bigint / 1000.0))
        AND a.started_at IS NOT NULL AND a.ended_at >= to_timestamp(:beforeMs::bigint / 1000.0)
    GROUP BY a.job_id),
timed AS (
    SELECT j.created < :from AS is_before, j."type"::text AS type,
        (date_part('epoch', a.started_at) * 1000)::bigint AS started,
        CASE WHEN a.job_id NOT IN (SELECT s.job_id FROM several s) THEN
            GREATEST(0, (date_part('epoch', a.started_at) * 1000)::bigint
                - (date_part('epoch', j.created) * 1000)::bigint) END AS waited,
        CASE WHEN a.outcome IN ('completed', 'failed', 'retried') THEN
            GREATEST(0, (date_part('epoch', a.ended_at) * 1000)::bigint
                - (date_part('epoch', a.started_at) * 1000)::bigint) END AS ran
    FROM {created_jobs} j JOIN {own}attempt a ON a.job_id::{id_type} = j."id"
    WHERE a.started_at IS NOT NULL AND a.ended_at >= to_timestamp(:beforeMs::bigint / 1000.0)
    UNION ALL
    SELECT j.created < :from, j."type"::text, (date_part('epoch', s.started) * 1000)::bigint,
        GREATEST(0, (date_part('epoch', s.started) * 1000)::bigint
            - (date_part('epoch', j.created) * 1000)::bigint), NULL
    FROM several s JOIN {created_jobs} j ON j."id" = s.job_id::{id_type}
    OFFSET 0),
rounded AS (
    SELECT is_before, type, waited, {three_digits_waited} AS wait, {three_digits_ran} AS run,
        CASE WHEN waited IS NOT NULL AND NOT is_before THEN started / 3600000 END AS hour
    FROM timed OFFSET 0)
SELECT GROUPING(wait, run), is_before::int, type, COALESCE(wait, run), hour, COUNT(*), MAX(waited)
FROM rounded
GROUP BY GROUPING SETS ((is_before, type, wait), (is_before, type, run), (hour))

-- What an enrichment found and wrote; for fields that the application has no column for, their home.
-- name: noteEnrichment
INSERT INTO {own}enrichment (job_id, kind, target, name, state, fields, before, stored_before,
    stored_after, edited, model, journal_id, at)
VALUES (:job, :kind, :target, :name, :state, :fields, :before, :storedBefore, :storedAfter, :edited,
    :model, :journal, clock_timestamp())
ON CONFLICT (job_id) DO UPDATE SET kind = excluded.kind, target = excluded.target,
    name = excluded.name, state = excluded.state, fields = excluded.fields,
    before = excluded.before, stored_before = excluded.stored_before,
    stored_after = excluded.stored_after, edited = excluded.edited, model = excluded.model,
    journal_id = excluded.journal_id, at = excluded.at

-- name: enrichmentOfJob
SELECT {enrichment_columns}, stored_before::text, stored_after::text FROM {own}enrichment
WHERE job_id = :job

-- What is set at a row by enrichments that stand, oldest first.
-- name: enrichedFields
SELECT fields::text FROM {own}enrichment
WHERE kind = :kind AND target = :target AND state IN ('written', 'kept') ORDER BY at, job_id

-- name: enrichmentUndone
UPDATE {own}enrichment SET state = 'undone' WHERE job_id = :job

-- name: addSpend
INSERT INTO {own}spend AS s (day, job_type, model, requests, tokens_in, tokens_out)
VALUES (:day, :type, :model, 1, :tokensIn, :tokensOut)
ON CONFLICT (day, job_type, model) DO UPDATE SET requests = s.requests + 1,
    tokens_in = s.tokens_in + excluded.tokens_in, tokens_out = s.tokens_out + excluded.tokens_out

-- name: reportEnrichments
SELECT floor(date_part('epoch', at) / 86400)::bigint, kind, state, model, COUNT(*)
FROM {own}enrichment
WHERE at >= to_timestamp(:beforeMs::bigint / 1000.0) AND at < to_timestamp(:toMs::bigint / 1000.0)
GROUP BY 1, 2, 3, 4

-- name: reportSpend
SELECT day - DATE '1970-01-01', job_type, model, requests, tokens_in, tokens_out FROM {own}spend
WHERE day - DATE '1970-01-01' >= :beforeMs::bigint / 86400000
    AND day - DATE '1970-01-01' < :toMs::bigint / 86400000

-- name: lastEnded
SELECT (EXTRACT(EPOCH FROM MAX(ended_at)) * 1000)::bigint FROM {own}attempt
