// SPDX-License-Identifier: GPL-3.0-or-later
// The table of all statements, one line or two each, and therefore long.
#pragma once

#include "core/db/connection.h"

#include <optional>
#include <vector>

namespace queuedeck::store {

/// A named step of the store: a statement, or (SQLite) several that run in one transaction. Its
/// text is in core/store/sql; words in braces are filled in at connect. There is no default text,
/// so a statement that one dialect lacks is a compile error.
class Sql
{
public:
    Sql(const char* name, const char* text)
        : m_name(QString::fromUtf8(name))
        , m_text(QString::fromUtf8(text))
    {
    }
    const QString& name() const { return m_name; }
    const QString& text() const { return m_text; }

private:
    QString m_name;
    QString m_text;
};

// Below, `:name → columns` says what a statement takes and returns. Lists are arrays on PostgreSQL
// and JSON on SQLite; where SQLite reads a table that is passed with the step, its name is given.

/// What exists. Read before the words are known; only {job}, {scan} and {own} are.
struct TablesSql
{
    Sql columns; ///< → is Job (else ImageScan), kind (r table, w one without rowids, p partitioned,
                 ///< else a view), column, type, base type, its name for a cast, maximum length,
                 ///< not null, has default, is generated, is identity, enum labels (JSON);
                 ///< on SQLite also is strict
    Sql facts; ///< → as 0 or 1: Job was created by us, may be read, changed, added to; ImageScan
               ///< may be read, changed; an index on (status, createdAt) exists; the server is a
               ///< replica; row level security applies; the locale is C; ICU is available
    Sql companions;    ///< → schema or prefix, are of this version's kind, may be read, may be
                       ///< written
    Sql similarTables; ///< → schema, table of what looks like a queue under another name
    /// → table, what happens to its rows (c cascade, n set null, d set default; or in words), the
    /// table they refer to if that is not Job
    Sql references;
    Sql deleteTriggers; ///< → names
    Sql mayCreate;      ///< → 1 if this user may create our tables
    Sql prepareSession; ///< once per connection
};

struct ReadingSql
{
    Sql statuses;   ///< → the distinct statuses, including NULL, without a table scan
    Sql changeMark; ///< → a value that differs after any change by another connection
    Sql jobDetail;  ///< :id :now :grace → {job_columns}, error, payload, not_before, expedited,
                    ///< alone since, is stuck
    Sql jobStates;  ///< :ids → id, status, attempts
    Sql countsByStatusAndType; ///< :max :since :sinceMs → status, type, jobs, dead, completed and
                               ///< failed since, by any processor; :since may be NULL
    Sql oldestPending;         ///< :max → createdAt
    Sql waitingCount;          ///< :max → pending rows with attempts left
    Sql waitingJobs;           ///< :max :limit → {job_columns}, oldest first
    Sql isStuck;               ///< :now :grace; a condition on a row j
    Sql stuckCount;            ///< :now :grace → stuck rows; processing rows not watched yet
    Sql recentFailures;        ///< → {job_columns}
    Sql completedOddities; ///< :max :limit → of the newest completed jobs: all, with an error,
                           ///< run by no code, imports without a batch, run too often
    Sql cleanUpLines;      ///< :before :statuses :type → status, type, jobs, bytes
    Sql cleanUpIds;        ///< :before :statuses :type → id, oldest first
    Sql cleanUpUnknown;    ///< :before → rows of unknown status that stay
    Sql jobContents;       ///< :ids (SQLite: queuedeck_ids) → {job_columns}, error, payload
    Sql wholeRows; ///< :ids → id, all columns (JSON); SQLite: queuedeck_ids → id, column, value
};

/// A *move* is a row: id, type, status and error before, status and error now (NULL: deleted), and
/// the payload where the type is among :following.
struct ChangingSql
{
    Sql retry;     ///< :ids (queuedeck_ids) :journal :max :keepTries (0, 1) :following → moves
    Sql cancel;    ///< the same plus :error
    Sql remove;    ///< the same as retry
    Sql repair;    ///< the same, without :max
    Sql enqueue;   ///< :createdAt plus the parameters of noteAdded, which it includes. PostgreSQL:
                   ///< one job, :id :type :payload; SQLite: queuedeck_adding of these
    Sql importJob; ///< :id :type :payload :status :attempts :error :createdAt :completedAt
};

struct ScansSql
{
    Sql scanCounts;  ///< → scanType, status, scans
    Sql scanList;    ///< :status :scanType :pattern :below :limit :offset → {scan_columns}
    Sql scanById;    ///< :id → {scan_columns}
    Sql jobsOfScans; ///< :scans :since → scan, job, its status; oldest first
    Sql ownerTables; ///< → column (tenantId, userId), table, key, column of names, names a tenant
    Sql scansToMove; ///< :scans :oldStatuses :oldErrors :statuses (queuedeck_moving) → number from
                     ///< 1 (SQLite 0), image before
    Sql moveScans;    ///< :scans :statuses :errors :data (queuedeck_moving) → id, image after
    Sql restoreScans; ///< :targets :befores :afters (queuedeck_effects) → id
};

/// The figures of reports. A span is from :from up to :to, the one before begins at :before.
struct ReportsSql
{
    Sql reportSession;    ///< within the transaction of a report
    Sql reportJobs;       ///< :before :to → hour of creation since 1970, type, status, jobs
    Sql reportErrors;     ///< :from :to :limit → error with # for digits, type, jobs, first, last
                          ///< created
    Sql reportScans;      ///< :before :to → day since 1970, scanType, status, scans
    Sql reportScanErrors; ///< as reportErrors
    Sql importColumns;    ///< → how many columns that reportImports reads exist
    Sql reportImports; ///< :before :to → day since 1970, dataType, status, batches, longest in ms
};

/// What customer_enrichment does with the application's tables. The words of {enriched_…}, {sku_…}
/// and so on are filled in for each table from its catalog: see EnrichedTable.
struct EnrichmentSql
{
    Sql enrichedColumns; ///< :table → column, type, its name for a cast, maximum length, may be
                         ///< read, may be written
    Sql enrichedRow;     ///< :id → facts, version, image (JSON each), tenant
    Sql enrichedSkus;    ///< :id → facts (JSON)
    Sql boughtProducts;  ///< :id → name
    Sql writeEnriched;   ///< :id :guard :values :now → image
};

/// Statements that need Queuedeck's own tables; a guest has none.
struct CompanionSql
{
    Sql runNext;      ///< as ChangingSql::retry, plus :at
    Sql journalOpen;  ///< :journal :at :actor :host :action :scope :undoes
    Sql journalClose; ///< :journal; drops an entry that changed nothing
    Sql noteAdded;    ///< as journalOpen, plus :count; for actions whose rows are not kept
    Sql journalList;  ///< :limit :at :leftMs → {journal_columns}
    Sql journalEntry; ///< :journal :at :leftMs → the same, one row
    Sql journalRows;  ///< :journal :after :limit → job_id, 1 if it was deleted
    Sql journalImages; ///< the same parameters → job_id, was there, is there, columns before, after
                       ///< (JSON)
    Sql journalSize;          ///< → entries, the oldest's time, bytes
    Sql journalOlder;         ///< :before :at :leftMs → entries that nobody works on
    Sql journalOldest;        ///< the same parameters → id of one of them
    Sql journalForgetRows;    ///< :journal :limit
    Sql journalForgetEffects; ///< the same
    Sql journalForget;        ///< :journal
    Sql undoOf;               ///< :journal → id
    Sql bulkOpen;             ///< as journalOpen, plus :runner :total :done :skipped :undoes
    Sql bulkAddPart;          ///< :journal :part :jobs :ids
    Sql bulkParts;            ///< :journal → jobs, ids
    Sql bulkProgress;  ///< :journal :runner :done :reached :at; changes no row if it is another's
    Sql bulkEnd;       ///< :journal :runner :state :skipped
    Sql bulkDropParts; ///< :journal
    Sql bulkTake;      ///< :journal :runner :at :leftMs → done, reached, changed; no row if it is
                       ///< another's
    Sql standing;      ///< :entry :ids (queuedeck_ids) → job_id; locks them
    Sql stillGone;     ///< the same, for deleted rows
    Sql undo;          ///< the same plus :journal, for the rows of those two → job_id
    Sql undone;        ///< :journal :at; what was left of it is not resumed
    Sql noteEffects;   ///< :journal :kind :targets :befores :afters (queuedeck_effects)
    Sql notedEffects;  ///< :journal :kind :target :limit → kind, target, before, after
    Sql importAttempt; ///< :id :token :attempt :engine :startedAt :endedAt :outcome :error :result
    Sql jobHistory; ///< :id → attempt, engine, started_at, ended_at, outcome, error, token, result
    Sql lastAttempts; ///< :ids (SQLite: queuedeck_ids) → job_id, started_at, ended_at (ms)
    Sql finishedHere; ///< :sinceMs → outcome, attempts; from our history
    Sql noteProgress; ///< :token :progress (JSON), of the running jobs of one claim
    Sql progress;     ///< :now → job_id, [fraction or null, "text"] (JSON), of live leases
    Sql watch;        ///< :now; records processing rows without a lease and since when
    Sql lostJobs; ///< :now → token, job_id (NULL: none left); SQLite also claim, attempt, engine
    Sql rescue;   ///< :max :now :following; :tokens :ids (queuedeck_losing) → moves
    Sql dropLeases;    ///< :tokens; those that lostJobs returned
    Sql orphans;       ///< :now :grace → job_id; SQLite also :error
    Sql freeOrphans;   ///< :max :now :grace :error :following; :ids (queuedeck_losing) → moves
    Sql engineSeen;    ///< :id :host :pid :version :state :now
    Sql engineGone;    ///< :id
    Sql engines;       ///< :now → id, host, pid, version, started_at, seen_at, state, jobs held
    Sql addImage;      ///< :image :scan :job :sha256 :mediaType :fileName :bytes :now
    Sql addScan;       ///< :scan :tenant :user :imageUrl :scanType :createdAt
    Sql addScanJob;    ///< :job :payload :createdAt
    Sql imageById;     ///< :id → bytes
    Sql imageBySha256; ///< :sha256 → file_name, scan_id
    Sql reportTimes; ///< :before :beforeMs :from :to → 1 a wait, 2 a run, 3 an hour; in the span
                     ///< before, type, ms to three digits, the hour (of the start, since 1970),
                     ///< jobs, longest wait in ms
    Sql noteEnrichment;    ///< :job :kind :target :name :state :fields :before :storedBefore
                           ///< :storedAfter :edited :model :journal :now
    Sql enrichmentOfJob;   ///< :job → {enrichment_columns}, the row as stored before and after
    Sql enrichedFields;    ///< :kind :target → fields (JSON)
    Sql enrichmentUndone;  ///< :job
    Sql addSpend;          ///< :day :type :model :tokensIn :tokensOut
    Sql reportEnrichments; ///< :beforeMs :toMs → day since 1970, kind, state, model, jobs
    Sql reportSpend; ///< :beforeMs :toMs → day since 1970, type, model, requests, tokens in, out
    Sql lastEnded;   ///< → when an attempt ended last, in ms since 1970
};

/// What the checks of core/diagnosis ask; each is bounded whatever the size of the table.
struct DiagnosisSql
{
    Sql claimIndexes;         ///< → name, is valid, is of all rows
    Sql claimPlan;            ///< :max → the plan (JSON); SQLite: id, parent, unused, step
    Sql rowsUpTo;             ///< :limit → jobs, at most that many
    Sql finishedLately;       ///< :limit → status, type, error, createdAt, completedAt
    Sql waitingTypes;         ///< :max :limit → type, jobs, the oldest's createdAt
    Sql waitingPayloadSample; ///< :max :limit :bytes → id, type, payload (NULL: larger)
    Sql createdAfter;         ///< :after :limit → jobs, the newest's createdAt
    Sql makeClaimIndex;       ///< to be shown, never run
    Sql failedTooOften;       ///< :max :limit → failed jobs, of them run too often
};

/// How a PostgreSQL server is, as far as this user may see it.
struct ServerSql
{
    Sql serverClock; ///< → ms since 1970, its zone
    Sql rights;      ///< → user, owner of Job, may read, add, delete, change it; there is
                     ///< an ImageScan
    Sql sessions; ///< → all, of this database, of this user, may connect at all, to this database
                  ///< (-1: no limit), as this user (likewise), of this database but hidden
    Sql longTransactions; ///< :seconds → pid, user, application, state, age in seconds, query
    Sql blockers; ///< → the same, its lock on Job, whether reading waits too, how many wait for it
    Sql tableHealth; ///< → live rows, dead rows, last vacuum in ms, autovacuum is off, bytes, bytes
                     ///< and rows when last analysed, average width of a row
};

/// What attempts came to and what the queue looked like. A *figure row* is a time (ms since 1970),
/// type, completed, failed, retried, wait, run.
struct HistorySql
{
    Sql historyNumber;        ///< :engine :number :now → a row if this batch is new
    Sql historyPart;          ///< :minute and the other columns of a figure row
    Sql historyLatest;        ///< → when somebody last rolled up
    Sql historyLock;          ///< → 1 if this transaction may roll up
    Sql historyTake;          ///< removes parts → figure rows
    Sql historyAt;            ///< :step :at → figure rows
    Sql historyPut;           ///< :step :at and the other columns of a figure row
    Sql historyExpire;        ///< :step :before; the ten oldest times
    Sql historySeenExpire;    ///< the same
    Sql historyEnginesExpire; ///< :before
    Sql historyRunning;       ///< → processing jobs
    Sql historySee;           ///< :step :at :oldest (ms) :running; the highest stays
    Sql historyCounted;    ///< :now → the latest minute whose created jobs are counted, or NULL
    Sql historyCreated;    ///< :before :to → jobs created
    Sql historyPutCreated; ///< :at :created; of a minute
    Sql historySumCreated; ///< :step :at :end :below (the step that is summed)
    Sql historyRows;       ///< :step :from :end → figure rows
    Sql historyParts;      ///< → figure rows
    Sql historySeen;       ///< :step :from :end → at, oldest in ms, running, created
    Sql historyBegun;      ///< → since when
};

/// How PostgreSQL claims and settles: one statement, since a round trip costs more than its work.
struct AtOnceSql
{
    Sql announce; ///< wakes the engines that listen
    Sql copyJobs; ///< id, type, payload, status, attempts, createdAt
    Sql claim; ///< :token :engine :types :max :limit :ttl :deferred → id, type, payload, attempts,
               ///< version, address, createdAt
    Sql nextClaimable;   ///< :types :max :deferred → id
    Sql claimsPending;   ///< the same → 1 if a claim would find something now
    Sql waitingPending;  ///< the same → 1 if something is left, even if its back-off is not over
    Sql waitingByType;   ///< the same → type, how many are left
    Sql waitingPayloads; ///< the same, :limit :bytes → type, payload, 1 if it is larger
    Sql heartbeat; ///< :tokens :heldTokens :heldIds :heldVersions :ttl → token, job_id, cancel
    Sql settle; ///< :token and the arrays of {results}, :addresses → job_id of the accepted ones
    Sql settleById; ///< the same without the addresses
};

/// How SQLite claims and settles: a transaction of several statements, each for the whole batch.
struct StepwiseSql
{
    Sql pickHastened;  ///< :types :max :limit :deferred → id, type, payload, attempt, address, 1,
                       ///< createdAt
    Sql pick;          ///< the same plus :now → …, has been deferred, createdAt
    Sql nextClaimable; ///< :types :max :now :deferred → id
    Sql claimsPending; ///< the same → 1 if a claim would find something now
    Sql waitingPending;  ///< the same → 1 if something is left, even if its back-off is not over
    Sql waitingByType;   ///< the same → type, how many are left
    Sql waitingPayloads; ///< the same, :limit :bytes → type, payload, 1 if it is larger
    Sql take;            ///< queuedeck_taking, as lease, unwait and oust
    Sql open;            ///< :token :engine :now :ttl :held → the claim's number
    Sql lease;           ///< :claim
    Sql unwait;          ///< clears their back-off and run-next entries
    Sql oust;            ///< :claim; marks them as lost by other claims that still hold them
    Sql heartbeat;       ///< :tokens :ttl :now → token, job_id, cancel
    Sql held;            ///< :token :now → the claim's number, if it has not expired
    Sql mark;            ///< → three numbers, the same while nothing has written
    Sql elsewhere; ///< :claim, queuedeck_settling → row numbers of those not ours at their address
    Sql search;    ///< the same → row number, address of those that are ours; found by id
    Sql write;     ///< :status :refund :error :completedAt; for results with the same outcome
    Sql remember;  ///< :claim :now :outcome :error; likewise
    Sql keepResults; ///< :claim, queuedeck_results; after remember, for attempts with a result
    Sql tally;       ///< :now :outcome :count
    Sql defer;       ///< :now
    Sql lose;        ///< :claim; those not accepted and not lost before
    Sql release;     ///< :claim :count → how many the claim still holds
    Sql close;       ///< :claim; once it holds none
};

/// Which job table companions belong to, on PostgreSQL.
struct HomeSql
{
    Sql owner;  ///< → 1 if they belong to our table, else 0; 1 if their table still exists
    Sql isFree; ///< :name → 1 if companions may be created in this schema
};

/// What has to be found out about SQLite files, whose columns hold anything.
struct FilesSql
{
    Sql timeSample;   ///< → createdAt, completedAt of the newest rows
    Sql timeForms;    ///< :statuses → form of createdAt, jobs
    Sql noteOddTimes; ///< creates an index of the rows whose createdAt is not in our form
    Sql hasOddTimes;  ///< → 1 if there are any, or it cannot be told quickly
};

/// What an import does with the application's tables. The words of {import_…} are filled in for
/// each table from its catalog: see AppTable.
struct ImportsSql
{
    Sql importColumns; ///< :table → column, type, base type, its name for a cast, maximum length,
                       ///< not null, has default, is generated, is identity, enum labels (JSON)
    Sql importIds;     ///< → at most two ids
    Sql importLock;    ///< :key
    Sql importKeys;    ///< :tenant :after :limit → id, {import_keys}; :after may be NULL
    Sql importFind;    ///< :keys → {import_keys}
    Sql importAdd;     ///< an array for each column, :c0 …
    Sql importChange;  ///< the same; the first is the id; :ids → id, was changed, before, after
    Sql importRemove;  ///< :keys → id, key, the row
    Sql importBatch;   ///< :id → id, tenant, data type, file
    Sql importBatchStarted; ///< :id :now
    Sql importBatchEnded;   ///< :id :now :status :summary
    // What an import wrote, in the journal:
    Sql importNote;    ///< :journal :place :table :change :ids :units :befores :afters
    Sql importCounted; ///< :journal :count
    Sql importPlaces;  ///< :journal → place
    Sql importUnits;   ///< :journal :place → unit, 1 if it was added
    // Its undo:
    Sql importLast;       ///< :journal :below → the last place before that
    Sql importSteps;      ///< :journal :batch → place, what it did (JSON), the last first
    Sql importForget;     ///< :journal :batch
    Sql importKeep;       ///< :journal :place :before
    Sql importReferences; ///< :table → table, column
    Sql importTakeAdded;  ///< :ids :version → id
    Sql importPutRemoved; ///< :befores → id
    Sql importPutChanged; ///< :ids :befores :afters → id
};

/// Every statement of the store for one dialect.
struct SqlText
{
    std::vector<Sql> fragments; ///< words that several of them use
    TablesSql tables;
    ReadingSql reading;
    ChangingSql changing;
    ScansSql scans;
    ReportsSql reports;
    EnrichmentSql enrichment;
    DiagnosisSql diagnosis;
    std::optional<CompanionSql> companion = std::nullopt;
    std::optional<HistorySql> history = std::nullopt;
    std::optional<AtOnceSql> atOnce = std::nullopt;
    std::optional<StepwiseSql> stepwise = std::nullopt;
    std::optional<HomeSql> home = std::nullopt;
    std::optional<FilesSql> files = std::nullopt;
    std::optional<ImportsSql> imports = std::nullopt;
    std::optional<ServerSql> server = std::nullopt;
};

/// `isGuest`: without companion tables; on PostgreSQL only.
const SqlText& sqlText(db::Dialect dialect, bool isGuest = false);
/// All but those that inspect the catalog, or are filled in for each table of an import or an
/// enrichment, in the order of their files.
std::vector<const Sql*> sqlList(db::Dialect dialect, bool isGuest);

/// Generated from the folders of core/store/sql at build time.
const SqlText& sqliteText();
const SqlText& postgresText();
const SqlText& guestText();
std::vector<const Sql*> sqliteList();
std::vector<const Sql*> postgresList();
std::vector<const Sql*> guestList();

} // namespace queuedeck::store
