// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/jobbyjob.h"
#include "core/store/litepieces.h"

namespace queuedeck::store {

const JobByJobSql& jobByJobSql()
{
    static const JobByJobSql text{
        .pick =
            // What will be taken, and whether somebody deferred or hastened it. CROSS JOIN begins
            // with the few that were hastened: the planner would begin with all that are pending.
        "SELECT id, type, payload, attempts + 1, attempts + 1, '', waits FROM ("
        "SELECT * FROM (SELECT j.\"id\" AS id, j.\"type\" AS type, j.\"payload\" AS payload, "
        "j.\"attempts\" AS attempts, 1 AS waits, 0 AS place, x.at AS at "
        "FROM queuedeck_expedite x CROSS JOIN \"Job\" j ON j.\"id\" = x.job_id "
        "WHERE " CLAIMABLE " ORDER BY x.at LIMIT :limit) UNION ALL "
        "SELECT * FROM (SELECT j.\"id\", j.\"type\", j.\"payload\", j.\"attempts\", "
        "r.job_id IS NOT NULL, 1, j.\"createdAt\" FROM \"Job\" j "
        "LEFT JOIN queuedeck_retry r ON r.job_id = j.\"id\" "
        "WHERE " CLAIMABLE " AND (r.job_id IS NULL OR r.not_before <= :now) "
        "AND j.\"id\" NOT IN (SELECT job_id FROM queuedeck_expedite) "
        "ORDER BY j.\"createdAt\" LIMIT :limit) ORDER BY place, at LIMIT :limit)",
        .take = "UPDATE \"Job\" SET \"status\" = 'processing', \"attempts\" = \"attempts\" + 1 "
                "WHERE \"id\" = :id",
        .lease = "INSERT INTO queuedeck_lease (token, job_id, engine, attempt, expires_at) "
                 "VALUES (:token, :id, :engine, :attempt, :now + :ttl)",
        .unwait = "DELETE FROM queuedeck_retry WHERE job_id IN "
                  "(SELECT job_id FROM queuedeck_lease WHERE token = :token)\n;\n"
                  "DELETE FROM queuedeck_expedite WHERE job_id IN "
                  "(SELECT job_id FROM queuedeck_lease WHERE token = :token)",
        .write =
            // The guard: our lease, alive and not cancelled, on a row still in the same attempt.
        "UPDATE \"Job\" SET \"status\" = :status, \"attempts\" = \"attempts\" - :refund, "
        "\"error\" = CASE :refund WHEN 1 THEN \"error\" ELSE :error END, "
        "\"completedAt\" = CASE :status WHEN 'completed' THEN :nowText END "
        "WHERE \"id\" = :id AND \"status\" = 'processing' "
        "AND \"attempts\" = (SELECT attempt FROM queuedeck_lease WHERE token = :token "
        "AND job_id = :id AND expires_at > :now AND cancel = 0)",
        .remember = "INSERT INTO queuedeck_attempt (job_id, token, attempt, engine, started_at, "
                    "ended_at, outcome, error) SELECT job_id, token, attempt, engine, :startedAt, "
                    ":now, :outcome, :error FROM queuedeck_lease WHERE token = :token "
                    "AND job_id = :id",
        .defer = "INSERT INTO queuedeck_retry (job_id, not_before) VALUES (:id, :now + :retryIn) "
                 "ON CONFLICT (job_id) DO UPDATE SET not_before = excluded.not_before",
        .writeScan =
            "UPDATE \"ImageScan\" SET \"status\" = CASE :status WHEN 'pending' THEN 'processing' "
            "ELSE :status END, \"extractedData\" = COALESCE(:scanData, \"extractedData\"), "
            "\"errorMessage\" = CASE :status WHEN 'failed' THEN :error END, "
            "\"completedAt\" = CASE :status WHEN 'completed' THEN :nowText END "
            "WHERE \"id\" = :scanId",
        // A lease that is over is the rescue's: without it the job would be left to nobody.
        .release = "DELETE FROM queuedeck_lease WHERE token = :token AND job_id = :id "
                   "AND expires_at > :now",
    };
    return text;
}

} // namespace queuedeck::store
