// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/databaseurl.h"

#include <QString>

namespace queuedeck::store {

/// The text of one step: a statement, or several that run in one transaction. There is no default
/// text, so a statement that one dialect forgot is a compile error.
class Sql
{
public:
    template <size_t N>
    Sql(const char (&text)[N])
        : m_text(QString::fromUtf8(text, N - 1))
    {
    }
    const QString& text() const { return m_text; }

private:
    QString m_text;
};

/// Every statement of the store, whole, as one can paste it into psql or sqlite3; one table of
/// them a dialect. Values are `:name` parameters, lists of ids and settlements are JSON arrays.
/// Only the lists' WHERE and ORDER are composed elsewhere, in jobquery.
struct SqlText
{
    // What is there.
    Sql tableColumns; ///< → table, kind (r = table, w = one without rowids), column, type,
                      ///< not null, default, type kind
    Sql tableFacts;   ///< → as 0 or 1: companions are there, and may be written; Job was made by
                      ///< us, may be read, changed, added to; ImageScan may be changed; Job has
                      ///< an index on (status, createdAt); the server is a replica
    Sql mayCreate;    ///< → 1 if this user may make tables of ours
    Sql prepareSession; ///< once a connection

    // Reading.
    Sql statuses;   ///< → the distinct statuses, NULL too, without reading the table
    Sql changeMark; ///< → a value that differs after any change by anybody else
    Sql jobDetail; ///< :id :now :grace → JOB_COLUMNS, error, payload, not_before, expedited, scan,
                   ///< alone since, is stuck
    Sql jobHistory; ///< :id → attempt, engine, started_at, ended_at, outcome, error, token
    Sql jobStates;  ///< :ids → id, status, attempts
    Sql countsByStatusAndType; ///< :max :since :sinceMs → status, type, jobs, dead, completed and
                               ///< failed since, whoever ran them; :since may be NULL
    Sql oldestPending;         ///< :max → createdAt
    Sql waitingCount;          ///< :max → pending rows with attempts left
    Sql waitingJobs;           ///< :max :limit → JOB_COLUMNS, oldest first
    Sql isStuck;        ///< :now :grace; a condition on a row j: processing without a live lease,
                        ///< and unchanged so long
    Sql stuckCount;     ///< :now :grace → rows that are; processing rows that nobody watches
    Sql finishedHere;   ///< :sinceMs → outcome, attempts; by our history
    Sql recentFailures; ///< → JOB_COLUMNS
    Sql scanCounts;     ///< → scanType, status, scans
    Sql cleanUpLines;   ///< :before :statuses :type → status, type, jobs, bytes
    Sql cleanUpIds;     ///< :before :statuses :type → id, oldest first
    Sql cleanUpUnknown; ///< :before → rows of unknown status that stay

    // Changes by people. All take :journal :ids and give the ids that were changed.
    Sql journalOpen;  ///< :journal :at :actor :host :action :scope
    Sql noteAdded;    ///< the same and :count; for actions whose rows are not kept; announces too
    Sql journalClose; ///< :journal; drops an entry that changed nothing
    Sql retry;        ///< :max
    Sql cancel;       ///< :error
    Sql remove;
    Sql runNext;       ///< :max :at
    Sql enqueue;       ///< :createdAt and what noteAdded takes, which it includes. PostgreSQL:
                       ///< one job, :id :type :payload; SQLite: `queuedeck_adding` of these
    Sql copyJobs;      ///< id, type, payload, status, attempts, createdAt; PostgreSQL only
    Sql announce;      ///< wakes the engines that listen
    Sql importJob;     ///< :id :type :payload :status :attempts :error :createdAt :completedAt
    Sql importAttempt; ///< :id :token :attempt :engine :startedAt :endedAt :outcome :error
    Sql journalList;   ///< :limit → id, at, actor, host, action, scope, changed, undone_at, rows
    Sql journalEntry;  ///< :journal → the same, one row
    Sql undo;          ///< :journal :at → job_id of the rows restored
    Sql undoBlocked;   ///< :journal → job_id of rows that have changed since

    // The engine.
    Sql claim; ///< :token :engine :types (on PostgreSQL an array) :max :limit :ttl :now :deferred
               ///< (ids) → id, type, payload, attempts, version, address
    Sql claimsPending;  ///< :types :max :now :deferred → 1 if a claim would find something now
    Sql waitingPending; ///< :types :max → 1 if something is left, even if its back-off is not over
    Sql heartbeat;  ///< :tokens :held ([{token,id,version}]) :ttl :now → token, job_id, cancel of
                    ///< the leases kept
    Sql settleById; ///< :token :results :now :nowText → job_id of the accepted ones
    Sql settle;     ///< the same for rows that lie where the claim left them: :token and arrays
                    ///< side by side; PostgreSQL only
    Sql rescue;     ///< :max :now → job_id
    Sql watch;      ///< :now; notes processing rows without a lease and since when
    Sql freeOrphans; ///< :max :now :grace :error → job_id of those unchanged for so long
    Sql engineSeen;  ///< :id :host :pid :version :state :now
    Sql engineGone;  ///< :id
    Sql engines;     ///< :now → id, host, pid, version, started_at, seen_at, state, jobs held

    // Scans.
    Sql addImage;      ///< :image :scan :job :sha256 :mediaType :fileName :bytes :now
    Sql addScan;       ///< :scan :tenant :user :imageUrl :scanType :nowText
    Sql addScanJob;    ///< :job :payload :nowText
    Sql scanList;      ///< :status :scanType :pattern :below :limit :offset → SCAN_COLUMNS
    Sql scanById;      ///< :id → SCAN_COLUMNS
    Sql imageById;     ///< :id → bytes
    Sql imageBySha256; ///< :sha256 → file_name, scan_id
};

/// `isGuest`: without companion tables; on PostgreSQL only.
const SqlText& sqlText(db::Dialect dialect, bool isGuest = false);

/// Defined in sql_sqlite.cpp, sql_postgres.cpp and sql_guest.cpp.
const SqlText& sqliteText();
const SqlText& postgresText();
/// For a PostgreSQL database in which nothing of ours was created: names no companion table.
const SqlText& guestText();

} // namespace queuedeck::store
