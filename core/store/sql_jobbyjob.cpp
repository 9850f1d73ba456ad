// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/jobbyjob.h"
#include "core/store/litepieces.h"

namespace queuedeck::store {

const JobByJobSql& jobByJobSql()
{
    static const JobByJobSql text{
        // What will be taken, and whether somebody deferred or hastened it. CROSS JOIN begins with
        // the few that were hastened: the planner would begin with all that are pending.
        .pick =
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
        .open = "INSERT INTO queuedeck_claim (token, engine, expires_at) "
                "VALUES (:token, :engine, :now + :ttl) RETURNING id",
        .lease =
            "INSERT INTO queuedeck_lease (claim, job_id, attempt) VALUES (:claim, :id, :attempt)",
        .unwait = "DELETE FROM queuedeck_retry WHERE job_id IN "
                  "(SELECT job_id FROM queuedeck_lease WHERE claim = :claim)\n;\n"
                  "DELETE FROM queuedeck_expedite WHERE job_id IN "
                  "(SELECT job_id FROM queuedeck_lease WHERE claim = :claim)",
        // What is over is the rescue's: were its leases removed here, the jobs would be nobody's.
        .held = "SELECT id FROM queuedeck_claim WHERE token = :token AND expires_at > :now",
        // The guard: our lease, not cancelled, on a row still in the same attempt.
        .write = "UPDATE \"Job\" SET \"status\" = :status, \"attempts\" = \"attempts\" - :refund, "
                 "\"error\" = CASE :refund WHEN 1 THEN \"error\" ELSE :error END, "
                 "\"completedAt\" = CASE :status WHEN 'completed' THEN :nowText END "
                 "WHERE \"id\" = :id AND \"status\" = 'processing' "
                 "AND \"attempts\" = (SELECT attempt FROM queuedeck_lease WHERE claim = :claim "
                 "AND job_id = :id AND cancel = 0)",
        .remember = "INSERT INTO queuedeck_attempt (job_id, claim, attempt, started_at, ended_at, "
                    "outcome, error) SELECT job_id, claim, attempt, :startedAt, :now, :outcome, "
                    ":error FROM queuedeck_lease WHERE claim = :claim AND job_id = :id",
        .defer = "INSERT INTO queuedeck_retry (job_id, not_before) VALUES (:id, :now + :retryIn) "
                 "ON CONFLICT (job_id) DO UPDATE SET not_before = excluded.not_before",
        .writeScan =
            "UPDATE \"ImageScan\" SET \"status\" = CASE :status WHEN 'pending' THEN 'processing' "
            "ELSE :status END, \"extractedData\" = COALESCE(:scanData, \"extractedData\"), "
            "\"errorMessage\" = CASE :status WHEN 'failed' THEN :error END, "
            "\"completedAt\" = CASE :status WHEN 'completed' THEN :nowText END "
            "WHERE \"id\" = :scanId",
        .release = "DELETE FROM queuedeck_lease WHERE claim = :claim AND job_id = :id",
    };
    return text;
}

} // namespace queuedeck::store
