// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/jobbyjob.h"
#include "core/store/litepieces.h"

// A result, written …
#define WRITE                                                                                      \
    "UPDATE \"Job\" SET \"status\" = :status, \"attempts\" = \"attempts\" - :refund, "              \
    "\"error\" = CASE :refund WHEN 1 THEN \"error\" ELSE :error END, "                             \
    "\"completedAt\" = CASE :status WHEN 'completed' THEN :nowText END WHERE "
// … on a row that is still in the same attempt.
#define STILL_RUNNING " AND \"status\" = 'processing' AND \"attempts\" = :attempt"

namespace queuedeck::store {

const JobByJobSql& jobByJobSql()
{
    static const JobByJobSql text{
        // What was hastened, whatever its back-off. CROSS JOIN begins with the few that were: the
        // planner would begin with all that are pending.
        .pickHastened =
            "SELECT j.\"id\", j.\"type\", CAST(j.\"payload\" AS BLOB), j.\"attempts\" + 1, "
            "j.{row}, 1 "
            "FROM queuedeck_expedite x CROSS JOIN \"Job\" j ON j.\"id\" = x.job_id "
            "WHERE " CLAIMABLE " ORDER BY x.at LIMIT :limit",
        .pick =
            "SELECT j.\"id\", j.\"type\", CAST(j.\"payload\" AS BLOB), j.\"attempts\" + 1, "
            "j.{row}, r.job_id IS NOT NULL FROM \"Job\" j "
            "LEFT JOIN queuedeck_retry r ON r.job_id = j.\"id\" "
            "WHERE " CLAIMABLE " AND (r.job_id IS NULL OR r.not_before <= :now) "
            "ORDER BY j.\"createdAt\" LIMIT :limit",
        .take = "UPDATE \"Job\" SET \"status\" = 'processing', \"attempts\" = \"attempts\" + 1 "
                "WHERE {row} IN (SELECT value FROM json_each(:addresses))",
        .open = "INSERT INTO queuedeck_claim (token, engine, expires_at, held) "
                "VALUES (:token, :engine, :now + :ttl, :held) RETURNING id",
        .lease = "INSERT INTO queuedeck_batch (claim, jobs) VALUES (:claim, :jobs)",
        .unwait = "DELETE FROM queuedeck_retry WHERE job_id IN "
                  "(SELECT job_id FROM queuedeck_lease WHERE claim = :claim)\n;\n"
                  "DELETE FROM queuedeck_expedite WHERE job_id IN "
                  "(SELECT job_id FROM queuedeck_lease WHERE claim = :claim)",
        // What is over is the rescue's: were its batch removed here, the jobs would be nobody's.
        .held = "SELECT id FROM queuedeck_claim WHERE token = :token AND expires_at > :now",
        .lost = "SELECT job_id FROM queuedeck_lost WHERE claim = :claim",
        // The guard: an attempt stands in the history once, …
        .remember = "INSERT INTO queuedeck_attempt (job_id, claim, attempt, started_at, ended_at, "
                    "outcome, error) VALUES (:id, :claim, :attempt, :startedAt, :now, :outcome, "
                    ":error) ON CONFLICT DO NOTHING",
        // … and its row. A VACUUM numbers the rows anew: those are found by their ids.
        .write = WRITE "{row} = :address AND \"id\" = :id" STILL_RUNNING,
        .writeMoved = WRITE "\"id\" = :id" STILL_RUNNING,
        .forget = "DELETE FROM queuedeck_attempt WHERE job_id = :id AND claim = :claim",
        .lose = "INSERT INTO queuedeck_lost (claim, job_id, why) SELECT claim, job_id, 'gone' "
                "FROM queuedeck_lease WHERE claim = :claim AND job_id = :id "
                "ON CONFLICT (claim, job_id) DO UPDATE SET why = 'gone' WHERE why <> 'gone'",
        .release = "UPDATE queuedeck_claim SET held = held - :count WHERE id = :claim "
                   "RETURNING held",
        .close = "DELETE FROM queuedeck_batch WHERE claim = :claim\n;\n"
                 "DELETE FROM queuedeck_lost WHERE claim = :claim",
        .tally = TALLY(":now", ":outcome", ":count"),
        .defer = "INSERT INTO queuedeck_retry (job_id, not_before) VALUES (:id, :now + :retryIn) "
                 "ON CONFLICT (job_id) DO UPDATE SET not_before = excluded.not_before",
        .writeScan =
            "UPDATE \"ImageScan\" SET \"status\" = CASE :status WHEN 'pending' THEN 'processing' "
            "ELSE :status END, \"extractedData\" = COALESCE(:scanData, \"extractedData\"), "
            "\"errorMessage\" = CASE :status WHEN 'failed' THEN :error END, "
            "\"completedAt\" = CASE :status WHEN 'completed' THEN :nowText END "
            "WHERE \"id\" = :scanId",
    };
    return text;
}

} // namespace queuedeck::store
