// SPDX-License-Identifier: GPL-3.0-or-later
// What PostgreSQL's statements are made of, with companion tables (sql_postgres.cpp) and without
// (sql_guest.cpp). Macros, so that whole statements can be written as one literal.
#pragma once

#include "core/store/columns.h"

// Laid out to be read whole, which the tool would undo.
// clang-format off

// A text as an id: NULL, which finds nothing, if it cannot be one.
#define AS_ID(text) "(CASE WHEN " text " ~* '{job_id_shape}' THEN (" text ")::{job_id} END)"
#define AS_SCAN_ID(text)                                                                           \
    "(CASE WHEN " text " ~* '{scan_id_shape}' THEN (" text ")::{scan_id} END)"

// The scan that a job's payload names, where payloads are JSON.
#define SCAN_ID(row) "CASE WHEN {payload_is_json} THEN " row ".\"payload\"::{json} ->> 'scanId' END"

#define TEXTS(parameter) "ARRAY(SELECT json_array_elements_text(" parameter "::json))"
#define IDS "ARRAY(SELECT " AS_ID("e.v") " FROM json_array_elements_text(:ids::json) AS e(v))"

// Milliseconds since 1970, as SQLite's tables hold them.
#define MS(time) "(EXTRACT(EPOCH FROM " time ") * 1000)::bigint"
#define AGO(milliseconds) "clock_timestamp() - " milliseconds "::bigint * interval '1 millisecond'"
#define AFTER(milliseconds)                                                                        \
    "clock_timestamp() + " milliseconds "::bigint * interval '1 millisecond'"

// Now, as a value of the type that the column has; found out once a statement.
#define NOW_FOR(table)                                                                             \
    "(SELECT (jsonb_populate_record(NULL::\"" table "\", jsonb_build_object('completedAt', "       \
    "to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"+00\"')))).\"completedAt\")"

// The row as it stands, column by column; a payload stays a text, so that a restored row is equal
// to the byte.
#define ROW_IMAGE(row)                                                                             \
    "jsonb_build_object('id', " row ".\"id\"::text, 'type', " row ".\"type\", 'payload', " row     \
    ".\"payload\"::text, 'status', " row ".\"status\", 'attempts', " row                           \
    ".\"attempts\", 'error', " row ".\"error\", 'createdAt', " row                                 \
    ".\"createdAt\"::text, 'completedAt', " row ".\"completedAt\"::text)"

#define CLAIMABLE                                                                                  \
    "j.\"status\" = 'pending' AND j.\"attempts\" < :max::int AND j.\"type\" = ANY (:types::text[])"

// A failed row does not tell when it failed.
#define COUNTS(failed_since)                                                                       \
    "SELECT \"status\", \"type\", COUNT(*), SUM((\"attempts\" >= :max::int)::int), "                 \
    "SUM((\"status\" = 'completed' AND \"completedAt\" >= :since)::int), "                         \
    "SUM((\"status\" = 'failed' AND (" failed_since "))::int) "                                    \
    "FROM {jobs} jobs GROUP BY \"status\", \"type\""

// Locks the rows that an action may change and keeps them as they were.
#define PICK(where)                                                                                \
    "pick AS MATERIALIZED (SELECT j.\"id\", " ROW_IMAGE("j") " AS before FROM \"Job\" j "          \
    "WHERE j.\"id\" = ANY (" IDS ") AND " where " ORDER BY j.\"id\" FOR UPDATE)"

// What an UPDATE of Job in a CTE called `done` hands on.
#define CHANGED                                                                                    \
    "RETURNING j.\"id\"::text AS job_id, p.before, " ROW_IMAGE("j") " AS after, j.\"type\", "      \
    "j.\"status\", j.\"error\", " SCAN_ID("j") " AS scan_id"

// A scan follows the job that reads it.
#define SYNC_SCANS(jobs)                                                                           \
    "{if_scans} UPDATE \"ImageScan\" s SET \"status\" = CASE d.\"status\" WHEN 'failed' THEN 'failed' "       \
    "ELSE 'processing' END, \"errorMessage\" = CASE d.\"status\" WHEN 'failed' THEN d.\"error\" "  \
    "END, \"completedAt\" = NULL FROM " jobs " d WHERE d.\"type\" = 'image_extraction' "           \
    "AND d.\"status\" <> 'completed' AND s.\"id\" = " AS_SCAN_ID("d.scan_id") " {end_if_scans}"

// The results that an engine wants written. A text cannot hold the character 0, which an error of
// a foreign program may.
#define SETTLE_INPUT                                                                               \
    "input AS MATERIALIZED (SELECT v ->> 'id' AS job_id, v ->> 'status' AS status, "               \
    "CASE WHEN v ->> 'refund' IN ('1', 'true') THEN 1 ELSE 0 END AS refund, "                      \
    "v ->> 'error' AS error, v ->> 'outcome' AS outcome, v ->> 'version' AS row_version, "             \
    "to_timestamp((v ->> 'startedAt')::float8 / 1000) AS started_at, "                             \
    "(v ->> 'retryIn')::float8 AS retry_in, v ->> 'scanId' AS scan_id, "                           \
    "(v ->> 'scanData')::json AS scan_data FROM json_array_elements("                              \
    "(CASE WHEN strpos(:results::text, '\\u0000') = 0 THEN :results::text ELSE "                   \
    R"(regexp_replace(:results::text, '(?<!\\)((\\\\)*)\\u0000', '\1', 'g') END)::json) AS e(v)))"

// The same as arrays side by side, and the row that each is for as its claim left it.
#define SETTLE_ARRAYS                                                                              \
    "input AS MATERIALIZED (SELECT t.id, t.version, COALESCE(t.status, 'completed') AS status, "   \
    "COALESCE(t.refund, 0) AS refund, t.error, COALESCE(t.outcome, 'completed') AS outcome, "      \
    "to_timestamp(t.started_at) AS started_at, t.retry_in, t.scan_id, t.scan_data::json "          \
    "AS scan_data FROM unnest(:ids::{job_id}[], :versions::xid[], :statuses::text[], "             \
    ":refunds::int[], :errors::text[], :outcomes::text[], :startedAts::float8[], "                 \
    ":retryIns::float8[], :scans::text[], :data::text[]) AS t(id, version, status, refund, error, " \
    "outcome, started_at, retry_in, scan_id, scan_data))"

#define SETTLE_AT_ADDRESS                                                                          \
    "UPDATE \"Job\" j SET \"status\" = m.status, \"attempts\" = j.\"attempts\" - m.refund, "       \
    "\"error\" = CASE m.refund WHEN 1 THEN j.\"error\" ELSE m.error END, "                         \
    "\"completedAt\" = CASE m.status WHEN 'completed' THEN " NOW_FOR("Job") " END "                \
    "FROM input m WHERE j.ctid = ANY (:addresses::tid[]) AND j.\"id\" = m.id "                     \
    "AND j.\"status\" = 'processing' AND j.xmin = m.version"

// What a settled job's scan becomes.
#define SETTLE_SCANS                                                                               \
    "{if_scans} UPDATE \"ImageScan\" s SET \"status\" = CASE d.status "                            \
    "WHEN 'pending' THEN 'processing' ELSE d.status END, "                                         \
    "\"extractedData\" = COALESCE(d.scan_data, s.\"extractedData\"::json), "                       \
    "\"errorMessage\" = CASE d.status WHEN 'failed' THEN d.error END, "                            \
    "\"completedAt\" = CASE d.status WHEN 'completed' THEN " NOW_FOR("ImageScan") " END "          \
    "FROM done d WHERE s.\"id\" = " AS_SCAN_ID("d.scan_id") " {end_if_scans}"

#define CONFIDENCE_BELOW                                                                           \
    "(:below::float8 = 0 OR (s.\"status\" = 'completed' AND CASE WHEN "                            \
    "jsonb_typeof(s.\"extractedData\"::jsonb -> 'confidence') = 'number' THEN "                    \
    "(s.\"extractedData\"::jsonb ->> 'confidence')::float8 < :below::float8 END))"

// Stands in for a picture's companion and its job, which nobody remembers for a guest.
#define GUEST_IMAGE                                                                                \
    "CROSS JOIN (SELECT NULL::text AS job_id) i CROSS JOIN (SELECT NULL::text AS \"status\") j"

#define ADD_JOB                                                                                    \
    "added AS (INSERT INTO \"Job\" (\"id\", \"type\", \"payload\", \"status\", \"attempts\", "          \
    "\"createdAt\") VALUES (:id, :type, :payload, 'pending', 0, :createdAt))"

#define ANNOUNCE "SELECT pg_notify('queuedeck_jobs', '')"
