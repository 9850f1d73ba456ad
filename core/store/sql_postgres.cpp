// SPDX-License-Identifier: GPL-3.0-or-later
// Every statement of the store for PostgreSQL. Each is a single statement that commits by itself,
// fit for a transaction pooler: no temporary table, no session state, nothing prepared. All times
// are those of the database's clock, so :now and :nowText are used only where a row is made.
//
// Tables of the application are found through search_path, which the connection sets; Queuedeck's
// own are named with their schema. What differs from one application to the next, the column types
// of Job and ImageScan, is kept out of the statements: values reach a column through the row type
// of its table (jsonb_populate_record) or as text, never through a cast to a timestamp type. Words
// in braces, such as {job_id}, stand for what was found at connect: see TableShape::words.
//
// Order of locks, the same everywhere, so that no two steps wait for each other: leases by token,
// then jobs by id, then the rest.
#include "core/store/pgpieces.h"
#include "core/store/sqltext.h"

// Statements are laid out to be read whole, which the tool would undo.
// clang-format off

#define JOURNAL_COLUMNS                                                                            \
    "id, " MS("at") ", actor, host, action, scope, changed, " MS("undone_at") ", "                 \
    "EXISTS (SELECT 1 FROM queuedeck.journal_row r WHERE r.journal_id = queuedeck.journal.id)::int"

// The jobs that somebody's lease covers.
#define LIVE                                                                                       \
    "(SELECT unnest(job_ids) FROM queuedeck.lease WHERE expires_at > clock_timestamp())"

// Unchanged since somebody looked, or since its engine took it.
#define STUCK                                                                                      \
    "(j.\"status\" = 'processing' AND j.\"id\"::text NOT IN " LIVE " AND (:grace::bigint = 0 OR "    \
    "(j.\"id\"::text, {row_version}) IN (SELECT job_id, row_version FROM queuedeck.watch "         \
    "WHERE first_seen <= " AGO(":grace") " "                                                       \
    "UNION ALL SELECT unnest(job_ids), unnest(row_versions) FROM queuedeck.lease)))"

#define DONE_IDS "ARRAY(SELECT job_id FROM done)"

#define FORGET(table) "DELETE FROM queuedeck." table " WHERE job_id = ANY (" DONE_IDS ")"

// Writes the rows before and after to the journal, counts them and gives their ids.
#define CONCLUDE                                                                                   \
    "kept AS (INSERT INTO queuedeck.journal_row (journal_id, job_id, before, after) "              \
    "SELECT :journal::text, job_id, before, after FROM done), "                                    \
    "counted AS (UPDATE queuedeck.journal SET changed = changed + (SELECT COUNT(*) FROM done) "    \
    "WHERE id = :journal::text) "                                                                  \
    "SELECT job_id FROM done"

// What a person added, into the journal; and the engines are told.
#define NOTE_ADDED                                                                                 \
    "noted AS (INSERT INTO queuedeck.journal (id, at, actor, host, action, scope, changed) "       \
    "VALUES (:journal, clock_timestamp(), :actor, :host, :action, :scope, "                        \
    "CAST(:count AS bigint))) " ANNOUNCE

namespace queuedeck::store {

const SqlText& postgresText()
{
    static const SqlText text{
        .tableColumns =
            "SELECT c.relname, c.relkind::text, a.attname, format_type(a.atttypid, a.atttypmod), "
            "a.attnotnull::int, a.atthasdef::int, t.typtype::text FROM pg_class c "
            "JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped "
            "JOIN pg_type t ON t.oid = a.atttypid "
            "WHERE c.oid IN (to_regclass('\"Job\"'), to_regclass('\"ImageScan\"')) "
            "ORDER BY c.relname, a.attnum",
        .tableFacts =
            "WITH t AS (SELECT to_regclass('\"Job\"')::oid AS job, "
            "to_regclass('\"ImageScan\"')::oid AS scan, (SELECT c.oid FROM pg_class c "
            "JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'queuedeck' "
            "AND c.relname = 'lease' AND has_schema_privilege(n.oid, 'USAGE')) AS lease) "
            "SELECT COALESCE(has_table_privilege(lease, 'SELECT'), false)::int, "
            "COALESCE(has_table_privilege(lease, 'INSERT'), false)::int, "
            "COALESCE(obj_description(job, 'pg_class') = 'Made by Queuedeck', false)::int, "
            "has_table_privilege(job, 'SELECT')::int, "
            "(SELECT bool_and(has_column_privilege(job, attnum, 'UPDATE'))::int FROM pg_attribute "
            "WHERE attrelid = job AND attname IN ('status', 'attempts', 'error', 'completedAt')), "
            "has_table_privilege(job, 'INSERT')::int, "
            "COALESCE(has_table_privilege(scan, 'UPDATE'), false)::int, "
            "EXISTS (SELECT 1 FROM pg_index i JOIN pg_attribute f ON f.attrelid = job "
            "AND f.attnum = i.indkey[0] AND f.attname = 'status' JOIN pg_attribute g "
            "ON g.attrelid = job AND g.attnum = i.indkey[1] AND g.attname = 'createdAt' "
            "WHERE i.indrelid = job AND i.indisvalid AND i.indpred IS NULL)::int, "
            "pg_is_in_recovery()::int FROM t",
        .mayCreate = "SELECT (NOT pg_is_in_recovery() AND COALESCE((SELECT "
                     "has_schema_privilege(oid, 'CREATE') FROM pg_namespace "
                     "WHERE nspname = 'queuedeck'), "
                     "has_database_privilege(current_database(), 'CREATE')))::int",
        .prepareSession = "SELECT 1",

        .statuses =
            "WITH RECURSIVE s(v) AS (SELECT MIN(\"status\") FROM {jobs} jobs UNION ALL "
            "SELECT (SELECT MIN(\"status\") FROM {jobs} jobs WHERE \"status\" > s.v) FROM s "
            "WHERE s.v IS NOT NULL) SELECT v FROM s WHERE v IS NOT NULL "
            "UNION ALL SELECT NULL WHERE EXISTS (SELECT 1 FROM {jobs} jobs WHERE \"status\" IS NULL)",
        // The snapshot names the transactions that are over: it differs after any commit that
        // wrote, at once and at no cost, where the statistics counters lag by up to ten seconds.
        // A write to another database of the server shows as well, which only costs a look.
        .changeMark = "SELECT hashtextextended(pg_current_snapshot()::text, 0)",
        .jobDetail = "SELECT " JOB_COLUMNS ", j.\"error\", j.\"payload\"::text, " MS("r.not_before")
                     ", e.job_id, s.\"id\", " MS("w.first_seen") ", " STUCK "::int FROM {jobs} j "
                     "LEFT JOIN queuedeck.watch w ON w.job_id = j.\"id\"::text "
                     "AND w.row_version = {row_version} AND j.\"status\" = 'processing' "
                     "LEFT JOIN queuedeck.retry r ON r.job_id = j.\"id\"::text "
                     "LEFT JOIN queuedeck.expedite e ON e.job_id = j.\"id\"::text "
                     "LEFT JOIN {image_scans} s ON j.\"type\" = 'image_extraction' "
                     "AND s.\"id\" = " AS_SCAN_ID("(" SCAN_ID("j") ")")
                     " WHERE j.\"id\" = " AS_ID(":id::text"),
        .jobHistory =
            "SELECT attempt, engine, " MS("started_at") ", " MS("ended_at") ", outcome, error, token "
            "FROM (SELECT attempt, engine, started_at, ended_at, outcome, error, token "
            "FROM queuedeck.attempt WHERE job_id = :id::text "
            "UNION ALL SELECT u.attempt, l.engine, NULL, NULL, 'running', NULL, l.token "
            "FROM queuedeck.lease l, unnest(l.job_ids, l.attempts, l.cancel) "
            "AS u(job_id, attempt, cancel) WHERE l.job_ids @> ARRAY[:id::text] "
            "AND u.job_id = :id::text AND NOT u.cancel) h "
            "ORDER BY ended_at DESC NULLS FIRST, attempt DESC",
        .jobStates = "SELECT j.\"id\", j.\"status\", j.\"attempts\" FROM {jobs} j "
                     "WHERE j.\"id\" = ANY (" IDS ")",
        .countsByStatusAndType =
            COUNTS("\"createdAt\" >= :since OR \"id\"::text IN (SELECT job_id FROM "
                   "queuedeck.attempt WHERE outcome = 'failed' "
                   "AND ended_at >= to_timestamp(:sinceMs::bigint / 1000.0))"),
        .oldestPending = "SELECT \"createdAt\" FROM {jobs} jobs WHERE \"status\" = 'pending' "
                         "AND \"attempts\" < :max::int ORDER BY \"createdAt\" LIMIT 1",
        .waitingCount = "SELECT COUNT(*) FROM {jobs} jobs WHERE \"status\" = 'pending' "
                        "AND \"attempts\" < :max::int",
        .waitingJobs = "SELECT " JOB_COLUMNS " FROM {jobs} j WHERE j.\"status\" = 'pending' "
                       "AND j.\"attempts\" < :max::int ORDER BY j.\"createdAt\", j.\"id\" "
                       "LIMIT :limit::int",
        .isStuck = STUCK,
        .stuckCount = "SELECT COUNT(*) FILTER (WHERE " STUCK "), COUNT(*) FILTER (WHERE "
                      ":grace::bigint > 0 AND j.\"id\"::text NOT IN (SELECT job_id FROM "
                      "queuedeck.watch UNION ALL SELECT unnest(job_ids) FROM queuedeck.lease)) "
                      "FROM {jobs} j WHERE j.\"status\" = 'processing'",
        .finishedHere = "SELECT outcome, COUNT(*) FROM queuedeck.attempt "
                         "WHERE ended_at >= to_timestamp(:sinceMs::bigint / 1000.0) GROUP BY outcome",
        .recentFailures = "SELECT " JOB_COLUMNS " FROM {jobs} j WHERE j.\"status\" = 'failed' "
                          "ORDER BY j.\"createdAt\" DESC NULLS LAST LIMIT 10",
        .scanCounts = "SELECT \"scanType\", \"status\", COUNT(*) FROM {image_scans} scans "
                      "GROUP BY \"scanType\", \"status\"",
        .cleanUpLines =
            "SELECT \"status\", \"type\", COUNT(*), SUM(octet_length(\"payload\"::text) + "
            "COALESCE(octet_length(\"error\"), 0)) FROM {jobs} jobs "
            "WHERE \"status\" = ANY (" TEXTS(":statuses") ") "
            "AND \"status\" IN ('completed', 'failed') AND \"createdAt\" < :before "
            "AND (:type::text = '' OR \"type\" = :type::text) "
            "GROUP BY \"status\", \"type\" ORDER BY 1, 3 DESC",
        .cleanUpIds =
            "SELECT \"id\" FROM {jobs} jobs WHERE \"status\" = ANY (" TEXTS(":statuses") ") "
            "AND \"status\" IN ('completed', 'failed') AND \"createdAt\" < :before "
            "AND (:type::text = '' OR \"type\" = :type::text) ORDER BY \"createdAt\"",
        .cleanUpUnknown = "SELECT COUNT(*) FROM {jobs} jobs WHERE \"createdAt\" < :before AND "
                          "(\"status\" IS NULL OR \"status\" NOT IN "
                          "('pending', 'processing', 'completed', 'failed'))",

        .journalOpen = "INSERT INTO queuedeck.journal (id, at, actor, host, action, scope) "
                       "VALUES (:journal, clock_timestamp(), :actor, :host, :action, :scope) "
                       "ON CONFLICT (id) DO NOTHING",
        .noteAdded = "WITH " NOTE_ADDED,
        .journalClose = "DELETE FROM queuedeck.journal WHERE id = :journal AND changed = 0",
        .retry = "WITH " PICK("(j.\"status\" = 'failed' OR (j.\"status\" = 'pending' "
                              "AND j.\"attempts\" >= :max::int))") ", "
            "done AS (UPDATE \"Job\" j SET \"status\" = 'pending', \"attempts\" = 0, "
            "\"error\" = NULL, \"completedAt\" = NULL FROM pick p WHERE j.\"id\" = p.\"id\" "
            CHANGED "), "
            "at_once AS (" FORGET("retry") "), "
            "scans AS (" SYNC_SCANS("done") "), " CONCLUDE,
        .cancel =
            "WITH held AS MATERIALIZED (SELECT token FROM queuedeck.lease "
            "WHERE job_ids && " TEXTS(":ids") " ORDER BY token FOR UPDATE), "
            PICK("j.\"status\" IN ('pending', 'processing') "
                 "AND (SELECT COUNT(*) FROM held) >= 0") ", " // the leases first
            "done AS (UPDATE \"Job\" j SET \"status\" = 'failed', \"error\" = :error::text, "
            "\"completedAt\" = NULL FROM pick p WHERE j.\"id\" = p.\"id\" " CHANGED "), "
            "told AS (UPDATE queuedeck.lease l SET cancel = ARRAY("
            "SELECT u.cancel OR u.job_id = ANY (" DONE_IDS ") FROM unnest(l.job_ids, l.cancel) "
            "WITH ORDINALITY AS u(job_id, cancel, place) ORDER BY u.place) "
            "WHERE l.token IN (SELECT token FROM held)), "
            "back_off AS (" FORGET("retry") "), next AS (" FORGET("expedite") "), "
            "scans AS (" SYNC_SCANS("done") "), " CONCLUDE,
        .remove = "WITH " PICK("j.\"status\" IN ('completed', 'failed')") ", "
            "done AS (DELETE FROM \"Job\" j USING pick p WHERE j.\"id\" = p.\"id\" "
            "RETURNING j.\"id\"::text AS job_id, p.before, NULL::jsonb AS after), " CONCLUDE,
        .runNext = "WITH " PICK("j.\"status\" = 'pending' AND j.\"attempts\" < :max::int") ", "
            "done AS (SELECT \"id\"::text AS job_id, before, before AS after FROM pick), "
            "next AS (INSERT INTO queuedeck.expedite (job_id, at) "
            "SELECT job_id, clock_timestamp() FROM done "
            "ON CONFLICT (job_id) DO UPDATE SET at = excluded.at), "
            "at_once AS (" FORGET("retry") "), " CONCLUDE,
        .enqueue = "WITH " ADD_JOB ", " NOTE_ADDED,
        .copyJobs = "COPY \"Job\" (\"id\", \"type\", \"payload\", \"status\", \"attempts\", "
                    "\"createdAt\") FROM STDIN",
        .announce = ANNOUNCE,
        .importJob = "INSERT INTO \"Job\" (\"id\", \"type\", \"payload\", \"status\", "
                     "\"attempts\", \"error\", \"createdAt\", \"completedAt\") VALUES (:id, "
                     ":type, :payload, :status, :attempts, :error, :createdAt, :completedAt)",
        .importAttempt =
            "INSERT INTO queuedeck.attempt (job_id, token, attempt, engine, started_at, ended_at, "
            "outcome, error) VALUES (:id, :token, :attempt, :engine, "
            "to_timestamp(:startedAt::bigint / 1000.0), to_timestamp(:endedAt::bigint / 1000.0), "
            ":outcome, :error)",
        .journalList = "SELECT " JOURNAL_COLUMNS " FROM queuedeck.journal "
                       "ORDER BY at DESC, id DESC LIMIT :limit",
        .journalEntry = "SELECT " JOURNAL_COLUMNS " FROM queuedeck.journal WHERE id = :journal",
        .undo =
            // Only rows that stand exactly as the action left them (or are still gone).
            "WITH standing AS MATERIALIZED (SELECT j.\"id\", r.job_id, r.before, r.after "
            "FROM queuedeck.journal_row r JOIN \"Job\" j ON j.\"id\" = " AS_ID("r.job_id")
            " WHERE r.journal_id = :journal::text AND r.after = " ROW_IMAGE("j")
            " ORDER BY j.\"id\" FOR UPDATE OF j), "
            "gone AS MATERIALIZED (SELECT r.before FROM queuedeck.journal_row r "
            "WHERE r.journal_id = :journal::text AND r.after IS NULL AND r.before IS NOT NULL "
            "AND NOT EXISTS (SELECT 1 FROM \"Job\" j WHERE j.\"id\" = " AS_ID("r.job_id") ")), "
            "restored AS (UPDATE \"Job\" j SET \"type\" = b.\"type\", "
            "\"payload\" = (s.before ->> 'payload')::json, \"status\" = b.\"status\", "
            "\"attempts\" = b.\"attempts\", \"error\" = b.\"error\", "
            "\"createdAt\" = b.\"createdAt\", \"completedAt\" = b.\"completedAt\" FROM standing s, "
            "LATERAL jsonb_populate_record(NULL::\"Job\", s.before - 'payload') b "
            "WHERE j.\"id\" = s.\"id\" AND s.before <> s.after RETURNING j.\"type\", "
            "j.\"status\", j.\"error\", " SCAN_ID("j") " AS scan_id), "
            "again AS (INSERT INTO \"Job\" AS j (\"id\", \"type\", \"payload\", \"status\", "
            "\"attempts\", \"error\", \"createdAt\", \"completedAt\") SELECT b.\"id\", b.\"type\", "
            "(g.before ->> 'payload')::json, b.\"status\", b.\"attempts\", b.\"error\", "
            "b.\"createdAt\", b.\"completedAt\" FROM gone g, "
            "LATERAL jsonb_populate_record(NULL::\"Job\", g.before - 'payload') b "
            "ON CONFLICT DO NOTHING RETURNING j.\"id\"::text AS job_id, j.\"type\", j.\"status\", "
            "j.\"error\", " SCAN_ID("j") " AS scan_id), "
            "unmade AS (DELETE FROM \"Job\" j USING standing s "
            "WHERE j.\"id\" = s.\"id\" AND s.before IS NULL), "
            "done AS (SELECT job_id FROM standing UNION ALL SELECT job_id FROM again), "
            "next AS (" FORGET("expedite") "), "
            "scans AS (" SYNC_SCANS("(SELECT \"type\", \"status\", \"error\", scan_id FROM restored "
                "UNION ALL SELECT \"type\", \"status\", \"error\", scan_id FROM again)") "), "
            "noted AS (UPDATE queuedeck.journal SET undone_at = clock_timestamp() "
            "WHERE id = :journal::text) "
            "SELECT job_id FROM done",
        .undoBlocked =
            "SELECT r.job_id FROM queuedeck.journal_row r "
            "LEFT JOIN \"Job\" j ON j.\"id\" = " AS_ID("r.job_id")
            " WHERE r.journal_id = :journal AND r.after IS DISTINCT FROM "
            "CASE WHEN j.\"id\" IS NOT NULL THEN " ROW_IMAGE("j") " END",

        .claim =
            // NOT IN keeps the scan in the index's order; an anti join might sort the whole queue.
            // Locked rows stay where they are, so their addresses find them again.
            "WITH first AS MATERIALIZED (SELECT j.ctid AS address, j.\"id\", (SELECT x.at FROM "
            "queuedeck.expedite x WHERE x.job_id = j.\"id\"::text) AS at FROM \"Job\" j "
            "WHERE j.\"id\" = ANY (ARRAY(SELECT " AS_ID("x.job_id") " FROM queuedeck.expedite x)) "
            "AND " CLAIMABLE " ORDER BY 3 LIMIT :limit FOR UPDATE SKIP LOCKED), "
            "oldest AS MATERIALIZED (SELECT j.ctid AS address FROM \"Job\" j "
            "WHERE " CLAIMABLE " AND j.\"id\"::text NOT IN (SELECT job_id FROM queuedeck.retry "
            "WHERE not_before > clock_timestamp()) "
            "AND j.\"id\"::text NOT IN (SELECT job_id FROM queuedeck.expedite) "
            "ORDER BY j.\"createdAt\" "
            "LIMIT (:limit::bigint - (SELECT COUNT(*) FROM first)) FOR UPDATE SKIP LOCKED), "
            "taken AS (UPDATE \"Job\" j SET \"status\" = 'processing', "
            "\"attempts\" = j.\"attempts\" + 1 WHERE j.ctid = ANY (ARRAY(SELECT address FROM first "
            "UNION ALL SELECT address FROM oldest)) "
            "RETURNING j.\"id\"::text AS job_id, j.\"type\", j.\"payload\"::text AS payload, "
            "j.\"attempts\", j.xmin AS version, j.ctid AS address, j.\"createdAt\"), "
            "leased AS (INSERT INTO queuedeck.lease (token, engine, job_ids, attempts, "
            "row_versions, cancel, expires_at) SELECT :token::text, :engine::text, "
            "array_agg(job_id), array_agg(\"attempts\"), array_agg(version::text), "
            "array_fill(false, ARRAY[COUNT(*)::int]), " AFTER(":ttl")
            " FROM taken HAVING COUNT(*) > 0), "
            "at_once AS (DELETE FROM queuedeck.retry r USING taken t WHERE r.job_id = t.job_id), "
            "next AS (DELETE FROM queuedeck.expedite x USING taken t WHERE x.job_id = t.job_id) "
            "SELECT t.job_id, t.\"type\", t.payload, t.\"attempts\", t.version, t.address "
            "FROM taken t LEFT JOIN first f ON f.\"id\"::text = t.job_id "
            "ORDER BY f.at NULLS LAST, t.\"createdAt\"",
        .claimsPending = "SELECT 1 FROM \"Job\" j WHERE " CLAIMABLE " AND j.\"id\"::text NOT IN "
                         "(SELECT job_id FROM queuedeck.retry WHERE not_before > clock_timestamp() "
                         "AND job_id NOT IN (SELECT job_id FROM queuedeck.expedite)) LIMIT 1",
        .waitingPending = "SELECT 1 FROM \"Job\" j WHERE " CLAIMABLE " LIMIT 1",
        .heartbeat =
            "WITH held AS MATERIALIZED (SELECT token FROM queuedeck.lease WHERE token = ANY ("
            TEXTS(":tokens") ") AND expires_at > clock_timestamp() ORDER BY token FOR UPDATE), "
            "kept AS (UPDATE queuedeck.lease l SET expires_at = " AFTER(":ttl")
            " FROM held h WHERE l.token = h.token "
            "RETURNING l.token, l.job_ids, l.row_versions, l.cancel) "
            // A row that somebody else has written is no longer ours.
            "SELECT k.token, u.job_id, u.cancel::int FROM kept k, "
            "LATERAL unnest(k.job_ids, k.row_versions, k.cancel) AS u(job_id, version, cancel) "
            "WHERE u.cancel OR EXISTS (SELECT 1 FROM \"Job\" j WHERE j.\"id\" = " AS_ID("u.job_id")
            " AND j.\"status\" = 'processing' AND j.xmin::text = u.version)",
        .settleById =
            "WITH " SETTLE_INPUT ", "
            // A lease that is over is the rescue's: taking jobs out of it would leave them to nobody.
            "held AS MATERIALIZED (SELECT token, engine, job_ids, attempts, row_versions, cancel "
            "FROM queuedeck.lease WHERE token = :token::text AND expires_at > clock_timestamp() "
            "FOR UPDATE), "
            // The guard: our lease, alive and not cancelled, on a row nobody else has written.
            "mine AS MATERIALIZED (SELECT i.*, h.engine, u.attempt, u.version FROM held h, "
            "LATERAL unnest(h.job_ids, h.attempts, h.row_versions, h.cancel) "
            "AS u(job_id, attempt, version, cancel) JOIN input i ON i.job_id = u.job_id "
            "WHERE NOT u.cancel), "
            "done AS (UPDATE \"Job\" j SET \"status\" = m.status, "
            "\"attempts\" = j.\"attempts\" - m.refund, "
            "\"error\" = CASE m.refund WHEN 1 THEN j.\"error\" ELSE m.error END, "
            "\"completedAt\" = CASE m.status WHEN 'completed' THEN " NOW_FOR("Job") " END "
            "FROM mine m WHERE j.\"id\" = " AS_ID("m.job_id") " AND j.\"status\" = 'processing' "
            "AND j.xmin::text = m.version RETURNING m.*), "
            "history AS (INSERT INTO queuedeck.attempt (job_id, token, attempt, engine, "
            "started_at, ended_at, outcome, error) SELECT job_id, :token::text, attempt, engine, "
            "started_at, clock_timestamp(), outcome, error FROM done), "
            "back_off AS (INSERT INTO queuedeck.retry (job_id, not_before) SELECT job_id, "
            "clock_timestamp() + retry_in * interval '1 millisecond' FROM done WHERE retry_in > 0 "
            "ON CONFLICT (job_id) DO UPDATE SET not_before = excluded.not_before), "
            "scans AS (" SETTLE_SCANS "), "
            "rest AS MATERIALIZED (SELECT array_agg(u.job_id ORDER BY u.place) AS job_ids, "
            "array_agg(u.attempt ORDER BY u.place) AS attempts, "
            "array_agg(u.version ORDER BY u.place) AS row_versions, "
            "array_agg(u.cancel ORDER BY u.place) AS cancel FROM held h, "
            "LATERAL unnest(h.job_ids, h.attempts, h.row_versions, h.cancel) "
            "WITH ORDINALITY AS u(job_id, attempt, version, cancel, place) "
            "WHERE u.job_id NOT IN (SELECT job_id FROM input WHERE job_id IS NOT NULL)), "
            "less AS (UPDATE queuedeck.lease l SET job_ids = r.job_ids, attempts = r.attempts, "
            "row_versions = r.row_versions, cancel = r.cancel FROM rest r "
            "WHERE l.token = :token::text AND r.job_ids IS NOT NULL), "
            "none AS (DELETE FROM queuedeck.lease l USING rest r "
            "WHERE l.token = (SELECT token FROM held) AND r.job_ids IS NULL) "
            "SELECT job_id FROM done",
        .settle =
            "WITH " SETTLE_ARRAYS ", "
            "held AS MATERIALIZED (SELECT engine, job_ids, attempts, row_versions, cancel "
            "FROM queuedeck.lease WHERE token = :token::text AND expires_at > clock_timestamp() "
            "FOR UPDATE), "
            // The guard: our lease, alive, on a row that nobody else has written or moved.
            "done AS (" SETTLE_AT_ADDRESS " AND EXISTS (SELECT 1 FROM held) "
            "RETURNING m.*, j.\"attempts\" + m.refund AS attempt), "
            "history AS (INSERT INTO queuedeck.attempt (job_id, token, attempt, engine, "
            "started_at, ended_at, outcome, error) SELECT id::text, :token::text, attempt, "
            "(SELECT engine FROM held), started_at, clock_timestamp(), outcome, error FROM done), "
            "back_off AS (INSERT INTO queuedeck.retry (job_id, not_before) SELECT id::text, "
            "clock_timestamp() + retry_in * interval '1 millisecond' FROM done WHERE retry_in > 0 "
            "ON CONFLICT (job_id) DO UPDATE SET not_before = excluded.not_before), "
            "scans AS (" SETTLE_SCANS "), "
            "none AS (DELETE FROM queuedeck.lease l USING held h WHERE l.token = :token::text "
            "AND cardinality(h.job_ids) = (SELECT COUNT(*) FROM done)), "
            "less AS (UPDATE queuedeck.lease l SET (job_ids, attempts, row_versions, cancel) = "
            "(SELECT array_agg(u.job_id), array_agg(u.attempt), array_agg(u.version), "
            "array_agg(u.cancel) FROM unnest(h.job_ids, h.attempts, h.row_versions, h.cancel) "
            "AS u(job_id, attempt, version, cancel) WHERE u.job_id NOT IN (SELECT id::text FROM done)) "
            "FROM held h WHERE l.token = :token::text "
            "AND cardinality(h.job_ids) > (SELECT COUNT(*) FROM done)) "
            "SELECT id::text FROM done",
        .rescue =
            "WITH lost AS MATERIALIZED (SELECT token, engine, job_ids, attempts, row_versions, "
            "cancel FROM queuedeck.lease WHERE expires_at <= clock_timestamp() "
            "ORDER BY token LIMIT 100 FOR UPDATE SKIP LOCKED), "
            "mine AS MATERIALIZED (SELECT l.token, l.engine, u.job_id, u.attempt, u.version "
            "FROM lost l, LATERAL unnest(l.job_ids, l.attempts, l.row_versions, l.cancel) "
            "AS u(job_id, attempt, version, cancel) WHERE NOT u.cancel), "
            "done AS (UPDATE \"Job\" j SET \"status\" = CASE WHEN j.\"attempts\" >= :max::int "
            "THEN 'failed' ELSE 'pending' END, "
            "\"error\" = 'worker lost (engine ' || m.engine || ')' FROM mine m "
            "WHERE j.\"id\" = " AS_ID("m.job_id") " AND j.\"status\" = 'processing' "
            "AND j.xmin::text = m.version RETURNING m.job_id, m.token, m.attempt, m.engine, "
            "j.\"type\", j.\"status\", j.\"error\", " SCAN_ID("j") " AS scan_id), "
            "history AS (INSERT INTO queuedeck.attempt (job_id, token, attempt, engine, ended_at, "
            "outcome, error) SELECT job_id, token, attempt, engine, clock_timestamp(), 'lost', "
            "\"error\" FROM done ON CONFLICT DO NOTHING), "
            "scans AS (" SYNC_SCANS("done") "), "
            "gone AS (DELETE FROM queuedeck.lease l USING lost WHERE l.token = lost.token) "
            "SELECT job_id FROM done",
        .watch =
            "WITH alone AS MATERIALIZED (SELECT j.\"id\"::text AS job_id, j.xmin::text AS version "
            "FROM \"Job\" j WHERE j.\"status\" = 'processing' AND j.\"id\"::text NOT IN " LIVE
            " ORDER BY j.\"createdAt\" LIMIT 10000), "
            "gone AS (DELETE FROM queuedeck.watch w WHERE NOT EXISTS "
            "(SELECT 1 FROM alone a WHERE a.job_id = w.job_id)) "
            "INSERT INTO queuedeck.watch AS w (job_id, row_version, first_seen) "
            "SELECT job_id, version, clock_timestamp() FROM alone ORDER BY job_id "
            "ON CONFLICT (job_id) DO UPDATE SET row_version = excluded.row_version, "
            "first_seen = excluded.first_seen WHERE w.row_version <> excluded.row_version",
        .freeOrphans =
            "WITH lost AS MATERIALIZED (SELECT job_id, row_version FROM queuedeck.watch "
            "WHERE first_seen <= " AGO(":grace") " AND job_id NOT IN " LIVE
            " ORDER BY job_id LIMIT 100 FOR UPDATE SKIP LOCKED), "
            "done AS (UPDATE \"Job\" j SET \"status\" = CASE WHEN j.\"attempts\" >= :max::int "
            "THEN 'failed' ELSE 'pending' END, \"error\" = :error::text FROM lost l "
            "WHERE j.\"id\" = " AS_ID("l.job_id") " AND j.\"status\" = 'processing' "
            "AND j.xmin::text = l.row_version RETURNING l.job_id, j.\"type\", j.\"status\", "
            "j.\"error\", " SCAN_ID("j") " AS scan_id), "
            "scans AS (" SYNC_SCANS("done") "), "
            "gone AS (DELETE FROM queuedeck.watch w USING lost l WHERE w.job_id = l.job_id) "
            "SELECT job_id FROM done",
        .engineSeen =
            "INSERT INTO queuedeck.engine (id, host, pid, version, started_at, seen_at, state) "
            "VALUES (:id, :host, :pid, :version, clock_timestamp(), clock_timestamp(), :state) "
            "ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at, state = excluded.state",
        .engineGone = "DELETE FROM queuedeck.engine WHERE id = :id",
        .engines = "SELECT e.id, e.host, e.pid, e.version, " MS("e.started_at") ", " MS("e.seen_at")
                   ", e.state, (SELECT COALESCE(SUM(cardinality(l.job_ids)), 0) FROM "
                   "queuedeck.lease l WHERE l.engine = e.id AND l.expires_at > clock_timestamp()) "
                   "FROM queuedeck.engine e ORDER BY e.seen_at DESC LIMIT 200",

        .addImage = "INSERT INTO queuedeck.image (id, scan_id, job_id, sha256, media_type, "
                    "file_name, bytes, created_at) VALUES (:image, :scan, :job, :sha256, "
                    ":mediaType, :fileName, :bytes, clock_timestamp())",
        .addScan = "INSERT INTO \"ImageScan\" (\"id\", \"tenantId\", \"userId\", \"imageUrl\", "
                   "\"scanType\", \"extractedData\", \"status\", \"createdAt\") VALUES (:scan, "
                   ":tenant, :user, :imageUrl, :scanType, '{}', 'processing', :nowText)",
        .addScanJob = "INSERT INTO \"Job\" (\"id\", \"type\", \"payload\", \"status\", "
                      "\"attempts\", \"createdAt\") VALUES (:job, 'image_extraction', :payload, "
                      "'pending', 0, :nowText)",
        .scanList =
            "SELECT " SCAN_COLUMNS " FROM {image_scans} s "
            "LEFT JOIN queuedeck.image i ON i.scan_id = s.\"id\"::text "
            "LEFT JOIN {jobs} j ON j.\"id\" = " AS_ID("i.job_id")
            " WHERE (:status::text = '' OR s.\"status\" = :status::text) "
            "AND (:scanType::text = '' OR s.\"scanType\" = :scanType::text) "
            "AND (:pattern::text = '%%' OR s.\"extractedData\"::text ILIKE :pattern::text) "
            "AND " CONFIDENCE_BELOW " "
            "ORDER BY s.\"createdAt\" DESC, s.\"id\" DESC LIMIT :limit OFFSET :offset",
        .scanById = "SELECT " SCAN_COLUMNS " FROM {image_scans} s "
                    "LEFT JOIN queuedeck.image i ON i.scan_id = s.\"id\"::text "
                    "LEFT JOIN {jobs} j ON j.\"id\" = " AS_ID("i.job_id")
                    " WHERE s.\"id\" = " AS_SCAN_ID(":id::text"),
        .imageById = "SELECT bytes FROM queuedeck.image WHERE id = :id",
        .imageBySha256 = "SELECT file_name, scan_id FROM queuedeck.image WHERE sha256 = :sha256 "
                         "LIMIT 1",
    };
    return text;
}

} // namespace queuedeck::store
