// SPDX-License-Identifier: GPL-3.0-or-later
// Where nothing of ours was created on PostgreSQL: the same statements, but those that name a
// companion table. Without leases the row guard alone keeps a job one's own: the engine hands back
// the version of the row that its claim gave, and any write by anybody has changed it.
#include "core/store/pgpieces.h"
#include "core/store/sqltext.h"

// Statements are laid out to be read whole, which the tool would undo.
// clang-format off

#define NOTHING(columns) "SELECT " columns " WHERE false"

#define NOT_DEFERRED                                                                               \
    "j.\"id\" <> ALL (ARRAY(SELECT " AS_ID("e.v")                                                  \
    " FROM json_array_elements_text(:deferred::json) AS e(v)))"

namespace queuedeck::store {

const SqlText& guestText()
{
    static const SqlText text = [] {
        SqlText guest = postgresText();
        guest.jobDetail =
            "SELECT " JOB_COLUMNS ", j.\"error\", j.\"payload\"::text, NULL, NULL, s.\"id\", NULL, 0 "
            "FROM {jobs} j LEFT JOIN {image_scans} s ON j.\"type\" = 'image_extraction' "
            "AND s.\"id\" = " AS_SCAN_ID("(" SCAN_ID("j") ")")
            " WHERE j.\"id\" = " AS_ID(":id::text");
        guest.jobHistory = NOTHING("NULL, NULL, NULL, NULL, NULL, NULL, NULL");
        // Who runs a job cannot be known here, so none is called stuck.
        guest.isStuck = "(1 = 0)";
        guest.stuckCount = "SELECT 0, 0";
        guest.countsByStatusAndType = COUNTS("\"createdAt\" >= :since");
        guest.finishedHere = NOTHING("NULL, NULL");

        guest.journalOpen = "SELECT 1";
        guest.noteAdded = ANNOUNCE;
        guest.journalClose = "SELECT 1";
        guest.journalList = NOTHING("NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL");
        guest.journalEntry = NOTHING("NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL");
        guest.enqueue = "WITH " ADD_JOB " " ANNOUNCE;
        guest.retry = "WITH " PICK("(j.\"status\" = 'failed' OR (j.\"status\" = 'pending' "
                                   "AND j.\"attempts\" >= :max::int))") ", "
            "done AS (UPDATE \"Job\" j SET \"status\" = 'pending', \"attempts\" = 0, "
            "\"error\" = NULL, \"completedAt\" = NULL FROM pick p WHERE j.\"id\" = p.\"id\" "
            CHANGED "), scans AS (" SYNC_SCANS("done") ") SELECT job_id FROM done";
        guest.cancel = "WITH " PICK("j.\"status\" IN ('pending', 'processing')") ", "
            "done AS (UPDATE \"Job\" j SET \"status\" = 'failed', \"error\" = :error::text, "
            "\"completedAt\" = NULL FROM pick p WHERE j.\"id\" = p.\"id\" " CHANGED "), "
            "scans AS (" SYNC_SCANS("done") ") SELECT job_id FROM done";
        guest.remove = "WITH " PICK("j.\"status\" IN ('completed', 'failed')") ", "
            "done AS (DELETE FROM \"Job\" j USING pick p WHERE j.\"id\" = p.\"id\" "
            "RETURNING j.\"id\"::text AS job_id) SELECT job_id FROM done";
        guest.runNext = NOTHING("NULL");
        guest.importAttempt = "SELECT 1";
        guest.undo = NOTHING("NULL");
        guest.undoBlocked = NOTHING("NULL");

        guest.claim =
            "WITH oldest AS MATERIALIZED (SELECT j.ctid AS address FROM \"Job\" j "
            "WHERE " CLAIMABLE " AND " NOT_DEFERRED
            " ORDER BY j.\"createdAt\" LIMIT :limit FOR UPDATE SKIP LOCKED), "
            "taken AS (UPDATE \"Job\" j SET \"status\" = 'processing', "
            "\"attempts\" = j.\"attempts\" + 1 WHERE j.ctid = ANY (ARRAY(SELECT address FROM oldest)) "
            "RETURNING j.\"id\", j.\"type\", j.\"payload\"::text AS payload, j.\"attempts\", "
            "j.xmin, j.ctid, j.\"createdAt\") "
            "SELECT \"id\", \"type\", payload, \"attempts\", xmin, ctid FROM taken "
            "ORDER BY \"createdAt\"";
        guest.claimsPending =
            "SELECT 1 FROM \"Job\" j WHERE " CLAIMABLE " AND " NOT_DEFERRED " LIMIT 1";
        guest.heartbeat =
            "SELECT e.v ->> 'token', e.v ->> 'id', 0 FROM json_array_elements(:held::json) AS e(v) "
            "JOIN \"Job\" j ON j.\"id\" = " AS_ID("(e.v ->> 'id')")
            " AND j.\"status\" = 'processing' AND j.xmin::text = e.v ->> 'version'";
        guest.settleById =
            "WITH " SETTLE_INPUT ", "
            "done AS (UPDATE \"Job\" j SET \"status\" = m.status, "
            "\"attempts\" = j.\"attempts\" - m.refund, "
            "\"error\" = CASE m.refund WHEN 1 THEN j.\"error\" ELSE m.error END, "
            "\"completedAt\" = CASE m.status WHEN 'completed' THEN " NOW_FOR("Job") " END "
            "FROM input m WHERE j.\"id\" = " AS_ID("m.job_id") " AND j.\"status\" = 'processing' "
            "AND j.xmin::text = m.row_version RETURNING m.*), "
            "scans AS (" SETTLE_SCANS ") SELECT job_id FROM done";
        guest.settle = "WITH " SETTLE_ARRAYS ", done AS (" SETTLE_AT_ADDRESS " RETURNING m.*), "
                       "scans AS (" SETTLE_SCANS ") SELECT id::text FROM done";
        guest.rescue = NOTHING("NULL");
        guest.watch = "SELECT 1";
        guest.freeOrphans = NOTHING("NULL");
        guest.engineSeen = "SELECT 1";
        guest.engineGone = "SELECT 1";
        guest.engines = NOTHING("NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL");

        guest.scanList =
            "SELECT " SCAN_COLUMNS " FROM {image_scans} s " GUEST_IMAGE
            " WHERE (:status::text = '' OR s.\"status\" = :status::text) "
            "AND (:scanType::text = '' OR s.\"scanType\" = :scanType::text) "
            "AND (:pattern::text = '%%' OR s.\"extractedData\"::text ILIKE :pattern::text) "
            "AND " CONFIDENCE_BELOW " "
            "ORDER BY s.\"createdAt\" DESC, s.\"id\" DESC LIMIT :limit OFFSET :offset";
        guest.scanById = "SELECT " SCAN_COLUMNS " FROM {image_scans} s " GUEST_IMAGE
                         " WHERE s.\"id\" = " AS_SCAN_ID(":id::text");
        guest.imageById = NOTHING("NULL");
        guest.imageBySha256 = NOTHING("NULL, NULL");
        return guest;
    }();
    return text;
}

} // namespace queuedeck::store
