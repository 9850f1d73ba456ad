-- How PostgreSQL claims and settles: one statement that commits on its own, so it works through a
-- transaction pooler. All times come from the database's clock.

-- name: announce
SELECT pg_notify('queuedeck_jobs', '')

-- name: copyJobs
COPY {job} ("id", "type", "payload", "status", "attempts", "createdAt") FROM STDIN

-- NOT IN keeps the scan in index order; an anti join might sort the whole queue. Locked rows do not
-- move, so their ctids find them again.
-- name: claim
WITH first AS MATERIALIZED (
    SELECT j.ctid AS address, j."id",
        (SELECT x.at FROM {own}expedite x WHERE x.job_id = j."id"::text) AS at
    FROM {job} j
    WHERE j."id" = ANY (ARRAY(SELECT x.job_id::{id_type} FROM {own}expedite x)) AND {claimable}
    ORDER BY 3 LIMIT :limit FOR UPDATE SKIP LOCKED),
oldest AS MATERIALIZED (
    SELECT j.ctid AS address FROM {job} j
    WHERE {claimable}
        AND j."id"::text NOT IN (
            SELECT job_id FROM {own}retry WHERE not_before > clock_timestamp())
        AND j."id"::text NOT IN (SELECT job_id FROM {own}expedite)
    ORDER BY j."createdAt"
    LIMIT (:limit::bigint - (SELECT COUNT(*) FROM first)) FOR UPDATE SKIP LOCKED),
taken AS (
    UPDATE {job} j SET "status" = 'processing', "attempts" = j."attempts" + 1
    WHERE j.ctid = ANY (ARRAY(SELECT address FROM first UNION ALL SELECT address FROM oldest))
    RETURNING j."id"::text AS job_id, j."type", j."payload"::text AS payload, j."attempts",
        j.xmin AS version, j.ctid AS address, j."createdAt"),
leased AS (
    INSERT INTO {own}lease (token, engine, job_ids, attempts, row_versions, cancel, expires_at)
    SELECT :token::text, :engine::text, array_agg(job_id), array_agg("attempts"),
        array_agg(version::text), array_fill(false, ARRAY[COUNT(*)::int]),
        clock_timestamp() + :ttl::bigint * interval '1 millisecond'
    FROM taken HAVING COUNT(*) > 0),
at_once AS (DELETE FROM {own}retry r USING taken t WHERE r.job_id = t.job_id),
next AS (DELETE FROM {own}expedite x USING taken t WHERE x.job_id = t.job_id)
SELECT t.job_id, t."type", t.payload, t."attempts", t.version, t.address, t."createdAt"
FROM taken t LEFT JOIN first f ON f."id"::text = t.job_id
ORDER BY f.at NULLS LAST, t."createdAt"

-- The job that a claim would take first.
-- name: nextClaimable
SELECT j."id"::text FROM {job} j WHERE {claimable} AND j."id"::text NOT IN (
    SELECT job_id FROM {own}retry WHERE not_before > clock_timestamp()
        AND job_id NOT IN (SELECT job_id FROM {own}expedite))
ORDER BY j."id"::text NOT IN (SELECT job_id FROM {own}expedite), j."createdAt" LIMIT 1

-- name: claimsPending
SELECT 1 FROM {job} j WHERE {claimable} AND j."id"::text NOT IN (
    SELECT job_id FROM {own}retry WHERE not_before > clock_timestamp()
        AND job_id NOT IN (SELECT job_id FROM {own}expedite)) LIMIT 1

-- name: waitingPending
SELECT 1 FROM {job} j WHERE {claimable} LIMIT 1

-- name: waitingByType
SELECT {type}, COUNT(*) FROM {job} j WHERE {claimable} GROUP BY 1

-- name: waitingPayloads
SELECT w.type, CASE WHEN w.is_large THEN NULL ELSE w.payload END, COALESCE(w.is_large, false)::int FROM (
    SELECT {type} AS type, j."payload"::text AS payload,
        (octet_length(j."payload"::text) > :bytes::int) AS is_large
    FROM {job} j WHERE {claimable} ORDER BY j."createdAt" LIMIT :limit::bigint) w

-- A row that another program has written is no longer ours.
-- name: heartbeat
WITH held AS MATERIALIZED (
    SELECT token FROM {own}lease
    WHERE token = ANY (:tokens::text[]) AND expires_at > clock_timestamp()
    ORDER BY token FOR UPDATE),
kept AS (
    UPDATE {own}lease l SET expires_at = clock_timestamp() + :ttl::bigint * interval '1 millisecond'
    FROM held h WHERE l.token = h.token
    RETURNING l.token, l.job_ids, l.row_versions, l.cancel)
SELECT k.token, u.job_id, u.cancel::int
FROM kept k, LATERAL unnest(k.job_ids, k.row_versions, k.cancel) AS u(job_id, version, cancel)
WHERE u.cancel OR EXISTS (
    SELECT 1 FROM {job} j WHERE j."id" = u.job_id::{id_type} AND j."status" = 'processing'
        AND j.xmin::text = u.version)

-- Results whose rows are still where the claim left them. The guard: our live lease, on a row that
-- has not been written or moved since.
-- name: settle
WITH {results},
held AS MATERIALIZED (
    SELECT engine, job_ids, attempts, row_versions, cancel FROM {own}lease
    WHERE token = :token::text AND expires_at > clock_timestamp() FOR UPDATE),
done AS (
    UPDATE {job} j SET {settled_row}
    FROM input m WHERE j.ctid = ANY (:addresses::tid[]) AND j."id" = m.id
        AND j."status" = 'processing' AND j.xmin = m.version AND EXISTS (SELECT 1 FROM held)
    RETURNING m.id::text AS job_id, m.outcome, m.error, m.started_at, m.retry_in, m.result,
        j."attempts" + m.refund AS attempt, (SELECT engine FROM held) AS engine),
{noted_attempts},
none AS (
    DELETE FROM {own}lease l USING held h WHERE l.token = :token::text
        AND cardinality(h.job_ids) = (SELECT COUNT(*) FROM done)),
less AS (
    UPDATE {own}lease l SET (job_ids, attempts, row_versions, cancel) = (
        SELECT array_agg(u.job_id), array_agg(u.attempt), array_agg(u.version),
            array_agg(u.cancel)
        FROM unnest(h.job_ids, h.attempts, h.row_versions, h.cancel)
            AS u(job_id, attempt, version, cancel)
        WHERE u.job_id NOT IN (SELECT job_id FROM done))
    FROM held h WHERE l.token = :token::text
        AND cardinality(h.job_ids) > (SELECT COUNT(*) FROM done))
SELECT job_id FROM done

-- The same by id. An expired lease is left to the rescue, which would never find jobs that were
-- removed from it.
-- name: settleById
WITH {results},
held AS MATERIALIZED (
    SELECT token, engine, job_ids, attempts, row_versions, cancel FROM {own}lease
    WHERE token = :token::text AND expires_at > clock_timestamp() FOR UPDATE),
mine AS MATERIALIZED (
    SELECT i.id, i.status, i.refund, i.error, i.outcome, i.started_at, i.retry_in, i.result,
        h.engine,
        u.attempt, u.version
    FROM held h, LATERAL unnest(h.job_ids, h.attempts, h.row_versions, h.cancel)
        AS u(job_id, attempt, version, cancel)
    JOIN input i ON i.id::text = u.job_id WHERE NOT u.cancel),
done AS (
    UPDATE {job} j SET {settled_row}
    FROM mine m WHERE j."id" = m.id AND j."status" = 'processing' AND j.xmin::text = m.version
    RETURNING m.id::text AS job_id, m.outcome, m.error, m.started_at, m.retry_in, m.result,
        m.attempt, m.engine),
{noted_attempts},
rest AS MATERIALIZED (
    SELECT array_agg(u.job_id ORDER BY u.place) AS job_ids,
        array_agg(u.attempt ORDER BY u.place) AS attempts,
        array_agg(u.version ORDER BY u.place) AS row_versions,
        array_agg(u.cancel ORDER BY u.place) AS cancel
    FROM held h, LATERAL unnest(h.job_ids, h.attempts, h.row_versions, h.cancel)
        WITH ORDINALITY AS u(job_id, attempt, version, cancel, place)
    WHERE u.job_id NOT IN (SELECT id::text FROM input WHERE id IS NOT NULL)),
less AS (
    UPDATE {own}lease l SET job_ids = r.job_ids, attempts = r.attempts,
        row_versions = r.row_versions, cancel = r.cancel
    FROM rest r WHERE l.token = :token::text AND r.job_ids IS NOT NULL),
none AS (
    DELETE FROM {own}lease l USING rest r
    WHERE l.token = (SELECT token FROM held) AND r.job_ids IS NULL)
SELECT job_id FROM done
