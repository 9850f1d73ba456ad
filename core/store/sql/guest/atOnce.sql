-- name: claim
WITH oldest AS MATERIALIZED (
    SELECT j.ctid AS address FROM {job} j WHERE {claimable}
    ORDER BY j."createdAt" LIMIT :limit FOR UPDATE SKIP LOCKED),
taken AS (
    UPDATE {job} j SET "status" = 'processing', "attempts" = j."attempts" + 1
    WHERE j.ctid = ANY (ARRAY(SELECT address FROM oldest))
    RETURNING j."id"::text AS job_id, j."type", j."payload"::text AS payload, j."attempts", j.xmin,
        j.ctid, j."createdAt")
SELECT job_id, "type", payload, "attempts", xmin, ctid, "createdAt" FROM taken ORDER BY "createdAt"

-- name: nextClaimable
SELECT j."id"::text FROM {job} j WHERE {claimable} ORDER BY j."createdAt" LIMIT 1

-- name: claimsPending
SELECT 1 FROM {job} j WHERE {claimable} LIMIT 1

-- name: heartbeat
SELECT h.token, h.id, 0
FROM unnest(:heldTokens::text[], :heldIds::text[], :heldVersions::text[]) AS h(token, id, version)
JOIN {job} j ON j."id" = h.id::{id_type} AND j."status" = 'processing' AND j.xmin::text = h.version

-- name: settle
WITH {results},
done AS (
    UPDATE {job} j SET {settled_row}
    FROM input m WHERE j.ctid = ANY (:addresses::tid[]) AND j."id" = m.id
        AND j."status" = 'processing' AND j.xmin = m.version
    RETURNING m.id::text AS job_id)
SELECT job_id FROM done

-- name: settleById
WITH {results},
done AS (
    UPDATE {job} j SET {settled_row}
    FROM input m WHERE j."id" = m.id AND j."status" = 'processing' AND j.xmin = m.version
    RETURNING m.id::text AS job_id)
SELECT job_id FROM done
