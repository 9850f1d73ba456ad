-- ImageScan, the application's table of pictures and what was read from them.

-- name: scanCounts
SELECT s."scanType", s."status", COUNT(*) FROM {scans} s GROUP BY s."scanType", s."status"

-- name: scanList
SELECT {scan_columns} FROM {scans} s
WHERE (:status = '' OR s."status" = :status) AND (:scanType = '' OR s."scanType" = :scanType)
    AND (:pattern = '%%' OR s."extractedData" LIKE :pattern ESCAPE '\')
    AND (:below = 0 OR (s."status" = 'completed' AND CASE WHEN json_valid(s."extractedData")
        THEN json_extract(s."extractedData", '$.confidence') END < :below))
ORDER BY s."createdAt" DESC, s."id" DESC LIMIT :limit OFFSET :offset

-- name: scanById
SELECT {scan_columns} FROM {scans} s WHERE s."id" = :id

-- Jobs that name these scans, oldest first; only those created after :since, as no earlier one can
-- belong to them.
-- name: jobsOfScans
SELECT j.scan, j.id, j.status FROM (
    SELECT j."id" AS id, j."status" AS status, {created_at} AS at, CASE WHEN json_valid(j."payload")
        THEN json_extract(j."payload", '$.scanId') END AS scan
    FROM {jobs} j WHERE j."type" = 'image_extraction' AND {created_at} >= :since) j
WHERE j.scan IN (SELECT value FROM json_each(:scans))
ORDER BY j.at

-- The tables that the tenant and the user of a scan must exist in: column, table, its key, its
-- column of names, and whether its rows name a tenant.
-- name: ownerTables
SELECT f."from", '"' || f."table" || '"', '"' || COALESCE(f."to", 'id') || '"',
    (SELECT '"' || c.name || '"' FROM pragma_table_info(f."table") c
        WHERE c.name IN ('name', 'fullName', 'email', 'title', 'slug')
        ORDER BY instr('name fullName email title slug', c.name) LIMIT 1),
    EXISTS (SELECT 1 FROM pragma_table_info(f."table") c WHERE c.name = 'tenantId')
FROM pragma_foreign_key_list('ImageScan') f WHERE f."from" IN ('tenantId', 'userId')

-- A scan follows its job as long as it is as that job left it, and never changes once completed;
-- what was read is always written to a scan that is not completed. `queuedeck_moving` holds the old
-- and new state of each scan's job.
-- name: scansToMove
SELECT m.rowid, {scan_image} FROM queuedeck_moving m CROSS JOIN {scan} s ON s."id" = m.id
WHERE s."status" IS NOT 'completed' AND (m.status = 'completed'
    OR (m.old_status <> 'failed' AND s."status" = 'processing')
    OR (m.old_status = 'failed' AND s."status" = 'failed' AND s."errorMessage" IS m.old_error))

-- name: moveScans
UPDATE {scan} AS s SET "status" = m.status, "errorMessage" = m.error,
    "extractedData" = COALESCE(m.data, s."extractedData"),
    "completedAt" = CASE WHEN m.status <> 'processing' THEN :completedAt END
    FROM queuedeck_moving m WHERE s."id" = m.id
    RETURNING "id", json_object('status', "status", 'errorMessage', "errorMessage",
        'completedAt', "completedAt")

-- Restores a scan to what it was before a change, unless it has been written since.
-- `queuedeck_effects` holds what the journal recorded.
-- name: restoreScans
UPDATE {scan} AS s SET "status" = json_extract(e.before, '$.status'),
    "errorMessage" = json_extract(e.before, '$.errorMessage'),
    "completedAt" = json_extract(e.before, '$.completedAt')
    FROM queuedeck_effects e WHERE s."id" = e.target AND {scan_image} = e.after
    RETURNING "id"
