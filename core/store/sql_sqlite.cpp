// SPDX-License-Identifier: GPL-3.0-or-later
// Every statement of the store for SQLite. A step of several statements, separated by a line with
// `;`, runs in one immediate transaction. Lists come as JSON arrays and are opened by json_each.
#include "core/store/columns.h"
#include "core/store/litepieces.h"
#include "core/store/sqltext.h"

// Statements are laid out to be read whole, which the tool would undo.
// clang-format off

// The row as it stands, column by column; a text that holds JSON stays a text, so that a restored
// row is equal to the byte.
#define ROW_IMAGE(row)                                                                             \
    "json_object('id', " row ".\"id\", 'type', " row ".\"type\", 'payload', CAST(" row             \
    ".\"payload\" AS TEXT), 'status', " row ".\"status\", 'attempts', " row                        \
    ".\"attempts\", 'error', " row ".\"error\", 'createdAt', " row                                 \
    ".\"createdAt\", 'completedAt', " row ".\"completedAt\")"

// Keeps the rows before a change, for the ids that follow `where`.
#define REMEMBER(where)                                                                            \
    "INSERT INTO queuedeck_journal_row (journal_id, job_id, before) "                              \
    "SELECT :journal, j.\"id\", " ROW_IMAGE("j") " FROM \"Job\" j "                                \
    "WHERE j.\"id\" IN (SELECT value FROM json_each(:ids)) AND " where "\n;\n"

#define THESE                                                                                      \
    "(SELECT job_id FROM queuedeck_journal_row WHERE journal_id = :journal "                       \
    "AND job_id IN (SELECT value FROM json_each(:ids)))"

// The scan that a job's payload names. The payload may be another program's and not be JSON; AND
// would not keep json_extract from seeing it.
#define SCAN_ID                                                                                    \
    "CASE WHEN json_valid(j.\"payload\") THEN json_extract(j.\"payload\", '$.scanId') END"

// A scan follows the job that reads it.
#define SYNC_SCANS(ids)                                                                            \
    "UPDATE \"ImageScan\" SET \"status\" = CASE j.\"status\" WHEN 'failed' THEN 'failed' "         \
    "ELSE 'processing' END, \"errorMessage\" = CASE j.\"status\" WHEN 'failed' THEN j.\"error\" "  \
    "END, \"completedAt\" = NULL FROM \"Job\" j WHERE j.\"id\" IN " ids                            \
    " AND j.\"type\" = 'image_extraction' AND j.\"status\" <> 'completed' "                        \
    "AND \"ImageScan\".\"id\" = " SCAN_ID "\n;\n"

// Keeps the rows after a change, counts them and gives their ids.
#define CONCLUDE                                                                                   \
    "UPDATE queuedeck_journal_row SET after = (SELECT " ROW_IMAGE(                                 \
        "j") " FROM \"Job\" j WHERE j.\"id\" = job_id) "                                           \
             "WHERE journal_id = :journal AND job_id IN (SELECT value FROM json_each(:ids))\n;\n"  \
             "UPDATE queuedeck_journal SET changed = changed + (SELECT COUNT(*) FROM " THESE       \
             ") WHERE id = :journal\n;\n"                                                          \
             "SELECT job_id FROM queuedeck_journal_row WHERE journal_id = :journal "               \
             "AND job_id IN (SELECT value FROM json_each(:ids))"

#define JOURNAL_COLUMNS                                                                            \
    "id, at, actor, host, action, scope, changed, undone_at, "                                     \
    "EXISTS (SELECT 1 FROM queuedeck_journal_row r WHERE r.journal_id = queuedeck_journal.id)"

// The jobs that somebody's lease covers. CROSS JOIN begins with the batches, which are few; claims
// stay for the history.
#define LIVE                                                                                       \
    "(SELECT l.job_id FROM queuedeck_batch b CROSS JOIN queuedeck_claim c ON c.id = b.claim "      \
    "AND c.expires_at > :now CROSS JOIN queuedeck_lease l ON l.claim = c.id)"

// Unchanged since somebody looked, or since its engine took it.
#define STUCK                                                                                      \
    "(j.\"status\" = 'processing' AND j.\"id\" NOT IN " LIVE " AND (:grace = 0 OR "                  \
    "(j.\"id\", CAST(j.\"attempts\" AS TEXT)) IN (SELECT job_id, row_version FROM "                \
    "queuedeck_watch WHERE first_seen <= :now - :grace "                                           \
    "UNION ALL SELECT job_id, CAST(attempt AS TEXT) FROM queuedeck_lease)))"

#define NOTE_ADDED                                                                                 \
    "INSERT INTO queuedeck_journal (id, at, actor, host, action, scope, changed) "                 \
    "VALUES (:journal, :at, :actor, :host, :action, :scope, :count)"

namespace queuedeck::store {

const SqlText& sqliteText()
{
    static const SqlText text{
        .tableColumns =
            "SELECT m.name, CASE WHEN m.type = 'view' THEN 'v' WHEN (SELECT wr FROM "
            "pragma_table_list(m.name)) THEN 'w' ELSE 'r' END, c.name, LOWER(c.type), "
            "c.\"notnull\", c.dflt_value IS NOT NULL, 'b' FROM sqlite_schema m "
            "JOIN pragma_table_info(m.name) c WHERE m.type IN ('table', 'view') "
            "AND m.name IN ('Job', 'ImageScan') ORDER BY m.name, c.cid",
        .tableFacts =
            "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'queuedeck_lease'), 1, "
            "EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'Job' "
            "AND sql LIKE '%Made by Queuedeck%'), 1, 1, 1, 1, "
            "EXISTS (SELECT 1 FROM pragma_index_list('Job') i WHERE i.partial = 0 AND "
            "(SELECT name FROM pragma_index_info(i.name) WHERE seqno = 0) = 'status' AND "
            "(SELECT name FROM pragma_index_info(i.name) WHERE seqno = 1) = 'createdAt'), 0",
        .mayCreate = "SELECT 1", // opening tells
        .prepareSession =
            "CREATE TEMP TABLE IF NOT EXISTS settling (job_id TEXT PRIMARY KEY, status TEXT, "
            "error TEXT, attempt INTEGER, claim INTEGER)",

        .statuses =
            "WITH RECURSIVE s(v) AS (SELECT MIN(\"status\") FROM {jobs} jobs UNION ALL "
            "SELECT (SELECT MIN(\"status\") FROM {jobs} jobs WHERE \"status\" > s.v) FROM s "
            "WHERE s.v IS NOT NULL) SELECT v FROM s WHERE v IS NOT NULL "
            "UNION ALL SELECT NULL WHERE EXISTS (SELECT 1 FROM {jobs} jobs WHERE \"status\" IS NULL)",
        .changeMark = "PRAGMA data_version",
        .jobDetail = "SELECT " JOB_COLUMNS ", j.\"error\", j.\"payload\", r.not_before, e.job_id, "
                     "s.\"id\", w.first_seen, " STUCK " FROM {jobs} j "
                     "LEFT JOIN queuedeck_watch w ON w.job_id = j.\"id\" "
                     "AND w.row_version = CAST(j.\"attempts\" AS TEXT) "
                     "AND j.\"status\" = 'processing' "
                     "LEFT JOIN queuedeck_retry r ON r.job_id = j.\"id\" "
                     "LEFT JOIN queuedeck_expedite e ON e.job_id = j.\"id\" "
                     "LEFT JOIN \"ImageScan\" s ON j.\"type\" = 'image_extraction' "
                     "AND s.\"id\" = " SCAN_ID " "
                     "WHERE j.\"id\" = :id",
        .jobHistory = "SELECT * FROM (SELECT a.attempt, c.engine, a.started_at, a.ended_at, "
                      "a.outcome, a.error, c.token FROM queuedeck_attempt a "
                      "JOIN queuedeck_claim c ON c.id = a.claim WHERE a.job_id = :id "
                      "UNION ALL SELECT l.attempt, c.engine, NULL, NULL, 'running', NULL, c.token "
                      "FROM queuedeck_lease l CROSS JOIN queuedeck_claim c ON c.id = l.claim "
                      "WHERE l.job_id = :id AND l.cancel = 0) "
                      "ORDER BY ended_at IS NULL DESC, ended_at DESC, attempt DESC",
        .jobStates = "SELECT j.\"id\", j.\"status\", j.\"attempts\" FROM {jobs} j "
                     "WHERE j.\"id\" IN (SELECT value FROM json_each(:ids))",
        .countsByStatusAndType =
            "SELECT \"status\", \"type\", COUNT(*), SUM(\"attempts\" >= :max), "
            "SUM(\"status\" = 'completed' AND \"completedAt\" >= :since), "
            "SUM(\"status\" = 'failed' AND (\"createdAt\" >= :since OR \"id\" IN "
            "(SELECT job_id FROM queuedeck_attempt WHERE outcome = 'failed' "
            "AND ended_at >= :sinceMs))) FROM {jobs} jobs GROUP BY \"status\", \"type\"",
        .oldestPending = "SELECT \"createdAt\" FROM {jobs} jobs WHERE \"status\" = 'pending' "
                         "AND \"attempts\" < :max ORDER BY \"createdAt\" LIMIT 1",
        .waitingCount = "SELECT COUNT(*) FROM {jobs} jobs WHERE \"status\" = 'pending' "
                        "AND \"attempts\" < :max",
        .waitingJobs = "SELECT " JOB_COLUMNS " FROM {jobs} j WHERE j.\"status\" = 'pending' "
                       "AND j.\"attempts\" < :max ORDER BY j.\"createdAt\", j.\"id\" "
                       "LIMIT :limit",
        .isStuck = STUCK,
        .stuckCount = "SELECT COUNT(*) FILTER (WHERE " STUCK "), COUNT(*) FILTER (WHERE :grace > 0 "
                      "AND j.\"id\" NOT IN (SELECT job_id FROM queuedeck_watch UNION ALL "
                      "SELECT job_id FROM queuedeck_lease)) "
                      "FROM {jobs} j WHERE j.\"status\" = 'processing'",
        .finishedHere = "SELECT outcome, SUM(attempts) FROM queuedeck_tally "
                        "WHERE at >= :sinceMs GROUP BY outcome",
        .recentFailures = "SELECT " JOB_COLUMNS " FROM {jobs} j WHERE j.\"status\" = 'failed' "
                          "ORDER BY j.\"createdAt\" DESC LIMIT 10",
        .scanCounts = "SELECT \"scanType\", \"status\", COUNT(*) FROM \"ImageScan\" "
                      "GROUP BY \"scanType\", \"status\"",
        .cleanUpLines =
            "SELECT \"status\", \"type\", COUNT(*), SUM(LENGTH(CAST(\"payload\" AS BLOB)) + "
            "COALESCE(LENGTH(CAST(\"error\" AS BLOB)), 0)) FROM {jobs} jobs "
            "WHERE \"status\" IN (SELECT value FROM json_each(:statuses)) "
            "AND \"status\" IN ('completed', 'failed') AND \"createdAt\" < :before "
            "AND (:type = '' OR \"type\" = :type) GROUP BY \"status\", \"type\" ORDER BY 1, 3 DESC",
        .cleanUpIds =
            "SELECT \"id\" FROM {jobs} jobs WHERE \"status\" IN (SELECT value FROM json_each(:statuses)) "
            "AND \"status\" IN ('completed', 'failed') AND \"createdAt\" < :before "
            "AND (:type = '' OR \"type\" = :type) ORDER BY \"createdAt\"",
        .cleanUpUnknown = "SELECT COUNT(*) FROM {jobs} jobs WHERE \"createdAt\" < :before AND "
                          "(\"status\" IS NULL OR \"status\" NOT IN "
                          "('pending', 'processing', 'completed', 'failed'))",

        .journalOpen = "INSERT INTO queuedeck_journal (id, at, actor, host, action, scope) "
                       "VALUES (:journal, :at, :actor, :host, :action, :scope) "
                       "ON CONFLICT (id) DO NOTHING",
        .noteAdded = NOTE_ADDED,
        .journalClose = "DELETE FROM queuedeck_journal WHERE id = :journal AND changed = 0",
        .retry = REMEMBER("(j.\"status\" = 'failed' OR (j.\"status\" = 'pending' "
                          "AND j.\"attempts\" >= :max))")
            "UPDATE \"Job\" SET \"status\" = 'pending', \"attempts\" = 0, \"error\" = NULL, "
            "\"completedAt\" = NULL WHERE \"id\" IN " THESE "\n;\n"
            "DELETE FROM queuedeck_retry WHERE job_id IN " THESE "\n;\n"
            SYNC_SCANS(THESE) CONCLUDE,
        .cancel = REMEMBER("j.\"status\" IN ('pending', 'processing')")
            "UPDATE \"Job\" SET \"status\" = 'failed', \"error\" = :error, \"completedAt\" = NULL "
            "WHERE \"id\" IN " THESE "\n;\n"
            "INSERT INTO queuedeck_lost (claim, job_id, why) SELECT l.claim, l.job_id, "
            "'cancelled' FROM queuedeck_lease l WHERE l.cancel = 0 AND l.job_id IN " THESE "\n;\n"
            "DELETE FROM queuedeck_retry WHERE job_id IN " THESE "\n;\n"
            "DELETE FROM queuedeck_expedite WHERE job_id IN " THESE "\n;\n"
            SYNC_SCANS(THESE) CONCLUDE,
        .remove = REMEMBER("j.\"status\" IN ('completed', 'failed')")
            "DELETE FROM \"Job\" WHERE \"id\" IN " THESE "\n;\n" CONCLUDE,
        .runNext = REMEMBER("j.\"status\" = 'pending' AND j.\"attempts\" < :max")
            "INSERT INTO queuedeck_expedite (job_id, at) SELECT job_id, :at FROM " THESE
            " WHERE true ON CONFLICT (job_id) DO UPDATE SET at = excluded.at\n;\n"
            "DELETE FROM queuedeck_retry WHERE job_id IN " THESE "\n;\n" CONCLUDE,
        .enqueue =
            "INSERT INTO \"Job\" (\"id\", \"type\", \"payload\", \"status\", \"attempts\", "
            "\"createdAt\") SELECT id, type, payload, 'pending', 0, :createdAt "
            "FROM queuedeck_adding\n;\n" NOTE_ADDED,
        .copyJobs = "SELECT 1", // never used
        .announce = "SELECT 1", // nobody can listen
        .importJob = "INSERT INTO \"Job\" (\"id\", \"type\", \"payload\", \"status\", "
                     "\"attempts\", \"error\", \"createdAt\", \"completedAt\") VALUES (:id, "
                     ":type, :payload, :status, :attempts, :error, :createdAt, :completedAt)",
        .importAttempt =
            "INSERT INTO queuedeck_claim (token, engine, expires_at) "
            "VALUES (:token, :engine, :endedAt) ON CONFLICT (token) DO NOTHING\n;\n"
            "INSERT INTO queuedeck_attempt (job_id, claim, attempt, started_at, ended_at, outcome, "
            "error) SELECT :id, c.id, :attempt, :startedAt, :endedAt, :outcome, :error "
            "FROM queuedeck_claim c WHERE c.token = :token\n;\n"
            TALLY(":endedAt", ":outcome", "1"),
        .journalList = "SELECT " JOURNAL_COLUMNS " FROM queuedeck_journal "
                       "ORDER BY at DESC, id DESC LIMIT :limit",
        .journalEntry = "SELECT " JOURNAL_COLUMNS " FROM queuedeck_journal WHERE id = :journal",
        .undo =
            // Only rows that stand exactly as the action left them (or are still gone).
            "DELETE FROM temp.settling\n;\n"
            "INSERT INTO temp.settling (job_id) SELECT r.job_id FROM queuedeck_journal_row r "
            "LEFT JOIN \"Job\" j ON j.\"id\" = r.job_id WHERE r.journal_id = :journal "
            "AND r.after IS CASE WHEN j.\"id\" IS NULL THEN NULL ELSE " ROW_IMAGE("j") " END\n;\n"
            "DELETE FROM \"Job\" WHERE \"id\" IN (SELECT job_id FROM temp.settling)\n;\n"
            "INSERT INTO \"Job\" (\"id\", \"type\", \"payload\", \"status\", \"attempts\", "
            "\"error\", \"createdAt\", \"completedAt\") "
            "SELECT json_extract(before, '$.id'), json_extract(before, '$.type'), "
            "json_extract(before, '$.payload'), json_extract(before, '$.status'), "
            "json_extract(before, '$.attempts'), json_extract(before, '$.error'), "
            "json_extract(before, '$.createdAt'), json_extract(before, '$.completedAt') "
            "FROM queuedeck_journal_row WHERE journal_id = :journal AND before IS NOT NULL "
            "AND job_id IN (SELECT job_id FROM temp.settling)\n;\n"
            "DELETE FROM queuedeck_expedite WHERE job_id IN (SELECT job_id FROM temp.settling)\n;\n"
            SYNC_SCANS("(SELECT job_id FROM temp.settling)")
            "UPDATE queuedeck_journal SET undone_at = :at WHERE id = :journal\n;\n"
            "SELECT job_id FROM temp.settling",
        .undoBlocked =
            "SELECT r.job_id FROM queuedeck_journal_row r "
            "LEFT JOIN \"Job\" j ON j.\"id\" = r.job_id WHERE r.journal_id = :journal "
            "AND r.after IS NOT CASE WHEN j.\"id\" IS NULL THEN NULL ELSE " ROW_IMAGE("j") " END",

        .claim = "SELECT NULL WHERE 0", // see sql_stepwise.cpp
        .claimsPending = "SELECT 1 FROM \"Job\" j WHERE " CLAIMABLE " AND j.\"id\" NOT IN "
                         "(SELECT job_id FROM queuedeck_retry WHERE not_before > :now "
                         "AND job_id NOT IN (SELECT job_id FROM queuedeck_expedite)) LIMIT 1",
        .waitingPending = "SELECT 1 FROM \"Job\" j WHERE " CLAIMABLE " LIMIT 1",
        .heartbeat =
            "UPDATE queuedeck_claim SET expires_at = :now + :ttl WHERE token IN "
            "(SELECT value FROM json_each(:tokens)) AND expires_at > :now\n;\n"
            // A row that somebody else has written is no longer ours.
            "SELECT c.token, l.job_id, l.cancel FROM queuedeck_claim c "
            "CROSS JOIN queuedeck_lease l ON l.claim = c.id WHERE c.token IN "
            "(SELECT value FROM json_each(:tokens)) AND c.expires_at > :now "
            "AND (l.cancel = 1 OR EXISTS (SELECT 1 FROM \"Job\" j WHERE j.\"id\" = l.job_id "
            "AND j.\"status\" = 'processing' AND j.\"attempts\" = l.attempt))",
        .settleById = "SELECT NULL WHERE 0", // likewise
        .settle = "SELECT NULL WHERE 0", // rows are found by their ids quickly enough
        .rescue =
            "DELETE FROM temp.settling\n;\n"
            "INSERT INTO temp.settling (job_id, claim, attempt, status, error) "
            "SELECT l.job_id, l.claim, l.attempt, CASE WHEN j.\"attempts\" >= :max "
            "THEN 'failed' ELSE 'pending' END, 'worker lost (engine ' || c.engine || ')' "
            "FROM queuedeck_batch b CROSS JOIN queuedeck_claim c ON c.id = b.claim "
            "CROSS JOIN queuedeck_lease l ON l.claim = c.id "
            "CROSS JOIN \"Job\" j ON j.\"id\" = l.job_id "
            "AND j.\"status\" = 'processing' AND j.\"attempts\" = l.attempt "
            "WHERE c.expires_at <= :now AND l.cancel = 0 LIMIT 100\n;\n"
            "UPDATE \"Job\" SET \"status\" = s.status, \"error\" = s.error FROM temp.settling s "
            "WHERE \"Job\".\"id\" = s.job_id\n;\n"
            "INSERT INTO queuedeck_attempt (job_id, claim, attempt, ended_at, outcome, error) "
            "SELECT job_id, claim, attempt, :now, 'lost', error "
            "FROM temp.settling WHERE true ON CONFLICT DO NOTHING\n;\n"
            TALLY(":now", "'lost'", "(SELECT COUNT(*) FROM temp.settling)") "\n;\n"
            SYNC_SCANS("(SELECT job_id FROM temp.settling)")
            // A batch goes when nothing is left of it to rescue.
            "DELETE FROM queuedeck_batch WHERE (SELECT expires_at FROM queuedeck_claim c "
            "WHERE c.id = claim) <= :now AND NOT EXISTS (SELECT 1 FROM queuedeck_lease l "
            "JOIN \"Job\" j ON j.\"id\" = l.job_id AND j.\"status\" = 'processing' "
            "AND j.\"attempts\" = l.attempt "
            "WHERE l.claim = queuedeck_batch.claim AND l.cancel = 0)\n;\n"
            "DELETE FROM queuedeck_lost WHERE claim NOT IN (SELECT claim FROM queuedeck_batch)"
            "\n;\n"
            "SELECT job_id FROM temp.settling",
        .watch =
            // Nobody asks how many ended longer ago than an hour.
            "DELETE FROM queuedeck_tally WHERE at < :now - 86400000\n;\n"
            "DELETE FROM queuedeck_watch WHERE job_id NOT IN (SELECT \"id\" FROM \"Job\" "
            "WHERE \"status\" = 'processing') OR job_id IN " LIVE "\n;\n"
            "INSERT INTO queuedeck_watch (job_id, row_version, first_seen) "
            "SELECT j.\"id\", j.\"attempts\", :now FROM \"Job\" j WHERE j.\"status\" = 'processing' "
            "AND j.\"id\" NOT IN " LIVE " ORDER BY j.\"createdAt\" LIMIT 10000 "
            "ON CONFLICT (job_id) DO UPDATE SET row_version = excluded.row_version, "
            "first_seen = excluded.first_seen WHERE row_version <> excluded.row_version",
        .freeOrphans =
            "DELETE FROM temp.settling\n;\n"
            "INSERT INTO temp.settling (job_id, status, error) SELECT j.\"id\", CASE WHEN "
            "j.\"attempts\" >= :max THEN 'failed' ELSE 'pending' END, :error FROM queuedeck_watch w "
            "JOIN \"Job\" j ON j.\"id\" = w.job_id AND j.\"status\" = 'processing' "
            "AND CAST(j.\"attempts\" AS TEXT) = w.row_version WHERE w.first_seen <= :now - :grace "
            "AND w.job_id NOT IN " LIVE " LIMIT 100\n;\n"
            "UPDATE \"Job\" SET \"status\" = s.status, \"error\" = s.error FROM temp.settling s "
            "WHERE \"Job\".\"id\" = s.job_id\n;\n"
            SYNC_SCANS("(SELECT job_id FROM temp.settling)")
            "DELETE FROM queuedeck_watch WHERE job_id IN (SELECT job_id FROM temp.settling)\n;\n"
            "SELECT job_id FROM temp.settling",
        .engineSeen =
            "INSERT INTO queuedeck_engine (id, host, pid, version, started_at, seen_at, state) "
            "VALUES (:id, :host, :pid, :version, :now, :now, :state) ON CONFLICT (id) DO UPDATE "
            "SET seen_at = excluded.seen_at, state = excluded.state",
        .engineGone = "DELETE FROM queuedeck_engine WHERE id = :id",
        .engines = "SELECT e.id, e.host, e.pid, e.version, e.started_at, e.seen_at, e.state, "
                   "(SELECT COALESCE(SUM(c.held), 0) FROM queuedeck_batch b CROSS JOIN "
                   "queuedeck_claim c ON c.id = b.claim WHERE c.engine = e.id "
                   "AND c.expires_at > :now) "
                   "FROM queuedeck_engine e "
                   "ORDER BY e.seen_at DESC LIMIT 200",

        .addImage = "INSERT INTO queuedeck_image (id, scan_id, job_id, sha256, media_type, "
                    "file_name, bytes, created_at) VALUES (:image, :scan, :job, :sha256, "
                    ":mediaType, :fileName, :bytes, :now)",
        .addScan = "INSERT INTO \"ImageScan\" (\"id\", \"tenantId\", \"userId\", \"imageUrl\", "
                   "\"scanType\", \"extractedData\", \"status\", \"createdAt\") VALUES (:scan, "
                   ":tenant, :user, :imageUrl, :scanType, '{}', 'processing', :nowText)",
        .addScanJob = "INSERT INTO \"Job\" (\"id\", \"type\", \"payload\", \"status\", "
                      "\"attempts\", \"createdAt\") VALUES (:job, 'image_extraction', :payload, "
                      "'pending', 0, :nowText)",
        .scanList =
            "SELECT " SCAN_COLUMNS " FROM \"ImageScan\" s "
            "LEFT JOIN queuedeck_image i ON i.scan_id = s.\"id\" "
            "LEFT JOIN \"Job\" j ON j.\"id\" = i.job_id "
            "WHERE (:status = '' OR s.\"status\" = :status) "
            "AND (:scanType = '' OR s.\"scanType\" = :scanType) "
            "AND (:pattern = '%%' OR s.\"extractedData\" LIKE :pattern ESCAPE '\\') "
            "AND (:below = 0 OR (s.\"status\" = 'completed' AND "
            "CASE WHEN json_valid(s.\"extractedData\") THEN "
            "json_extract(s.\"extractedData\", '$.confidence') END < :below)) "
            "ORDER BY s.\"createdAt\" DESC, s.\"id\" DESC LIMIT :limit OFFSET :offset",
        .scanById = "SELECT " SCAN_COLUMNS " FROM \"ImageScan\" s "
                    "LEFT JOIN queuedeck_image i ON i.scan_id = s.\"id\" "
                    "LEFT JOIN \"Job\" j ON j.\"id\" = i.job_id WHERE s.\"id\" = :id",
        .imageById = "SELECT bytes FROM queuedeck_image WHERE id = :id",
        .imageBySha256 = "SELECT file_name, scan_id FROM queuedeck_image WHERE sha256 = :sha256 "
                         "LIMIT 1",
    };
    return text;
}

} // namespace queuedeck::store
