// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/litepieces.h"
#include "core/store/stepwise.h"

// OR FAIL: what was changed before an error is left to the transaction, which is rolled back then.
// Otherwise SQLite keeps each page as it was, to take back the statement alone.
#define UPDATE_JOBS "UPDATE OR FAIL \"Job\" SET "

// The guard: a row that is still in the attempt that this claim began, was not lost by the claim,
// and does not stand in its history yet.
#define STILL_OURS                                                                                 \
    " AND j.\"status\" = 'processing' AND j.\"attempts\" = s.attempt "                             \
    "WHERE NOT EXISTS (SELECT 1 FROM queuedeck_lost x WHERE x.claim = :claim "                     \
    "AND x.job_id = s.id) AND NOT EXISTS (SELECT 1 FROM queuedeck_attempt a "                      \
    "WHERE a.job_id = s.id AND a.claim = :claim)"

#define TAKEN "(SELECT id FROM queuedeck_taking)"

namespace queuedeck::store {

const StepwiseSql& stepwiseSql()
{
    static const StepwiseSql text{
        // What was hastened, whatever its back-off. CROSS JOIN begins with the few that were: the
        // planner would begin with all that are pending.
        .pickHastened =
            "SELECT j.\"id\", j.\"type\", CAST(j.\"payload\" AS BLOB), j.\"attempts\" + 1, "
            "j.{row}, 1 "
            "FROM queuedeck_expedite x CROSS JOIN \"Job\" j ON j.\"id\" = x.job_id "
            "WHERE " CLAIMABLE " ORDER BY x.at LIMIT :limit",
        .pick = "SELECT j.\"id\", j.\"type\", CAST(j.\"payload\" AS BLOB), j.\"attempts\" + 1, "
                "j.{row}, r.job_id IS NOT NULL FROM \"Job\" j "
                "LEFT JOIN queuedeck_retry r ON r.job_id = j.\"id\" "
                "WHERE " CLAIMABLE " AND (r.job_id IS NULL OR r.not_before <= :now) "
                "ORDER BY j.\"createdAt\" LIMIT :limit",
        .take = UPDATE_JOBS "\"status\" = 'processing', \"attempts\" = \"attempts\" + 1 "
                            "WHERE {row} IN (SELECT address FROM queuedeck_taking)",
        .open = "INSERT INTO queuedeck_claim (token, engine, expires_at, held) "
                "VALUES (:token, :engine, :now + :ttl, :held) RETURNING id",
        .lease = "INSERT INTO queuedeck_batch (claim, jobs) "
                 "SELECT :claim, json_group_object(id, attempt) FROM queuedeck_taking",
        .unwait = "DELETE FROM queuedeck_retry WHERE job_id IN " TAKEN "\n;\n"
                  "DELETE FROM queuedeck_expedite WHERE job_id IN " TAKEN,
        // Its row looks the same to both runs: processing, in the same attempt. The held of the
        // other claim stays as it is; the rescue removes its batch.
        .oust = "INSERT INTO queuedeck_lost (claim, job_id, why) SELECT l.claim, l.job_id, 'gone' "
                "FROM queuedeck_lease l WHERE l.claim <> :claim AND l.job_id IN " TAKEN " "
                "ON CONFLICT (claim, job_id) DO UPDATE SET why = 'gone'",
        // What is over is the rescue's: were its batch removed here, the jobs would be nobody's.
        .held = "SELECT id FROM queuedeck_claim WHERE token = :token AND expires_at > :now",
        .judge = "SELECT s.rowid FROM queuedeck_settling s "
                 "CROSS JOIN \"Job\" j ON j.{row} = s.address AND j.\"id\" = s.id" STILL_OURS,
        // A VACUUM numbers the rows anew: those are found by their ids.
        .search = "SELECT s.rowid, j.{row} FROM queuedeck_settling s "
                  "CROSS JOIN \"Job\" j ON j.\"id\" = s.id" STILL_OURS,
        .write = UPDATE_JOBS "\"status\" = :status, \"attempts\" = \"attempts\" - :refund, "
                             "\"error\" = CASE :refund WHEN 1 THEN \"error\" ELSE :error END, "
                             "\"completedAt\" = CASE :status WHEN 'completed' THEN :nowText END "
                             "WHERE {row} IN (SELECT address FROM queuedeck_settling)",
        .remember =
            "INSERT OR FAIL INTO queuedeck_attempt (job_id, claim, attempt, started_at, ended_at, "
            "outcome, error) SELECT id, :claim, attempt, started_at, :now, :outcome, "
            ":error FROM queuedeck_settling",
        .tally = TALLY(":now", ":outcome", ":count"),
        .defer = "INSERT INTO queuedeck_retry (job_id, not_before) "
                 "SELECT id, :now + retry_in FROM queuedeck_settling WHERE retry_in > 0 "
                 "ON CONFLICT (job_id) DO UPDATE SET not_before = excluded.not_before",
        .writeScans =
            "UPDATE \"ImageScan\" SET \"status\" = CASE :status WHEN 'pending' THEN 'processing' "
            "ELSE :status END, \"extractedData\" = COALESCE(s.scan_data, \"extractedData\"), "
            "\"errorMessage\" = CASE :status WHEN 'failed' THEN :error END, "
            "\"completedAt\" = CASE :status WHEN 'completed' THEN :nowText END "
            "FROM (SELECT scan_id, scan_data FROM queuedeck_settling WHERE scan_id IS NOT NULL) s "
            "WHERE \"ImageScan\".\"id\" = s.scan_id",
        .lose = "INSERT INTO queuedeck_lost (claim, job_id, why) SELECT claim, job_id, 'gone' "
                "FROM queuedeck_lease WHERE claim = :claim "
                "AND job_id IN (SELECT id FROM queuedeck_settling) "
                "ON CONFLICT (claim, job_id) DO UPDATE SET why = 'gone' WHERE why <> 'gone'",
        .release = "UPDATE queuedeck_claim SET held = held - :count WHERE id = :claim "
                   "RETURNING held",
        .close = "DELETE FROM queuedeck_batch WHERE claim = :claim\n;\n"
                 "DELETE FROM queuedeck_lost WHERE claim = :claim",
    };
    return text;
}

} // namespace queuedeck::store
