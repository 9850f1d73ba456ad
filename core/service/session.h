// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/domain/connectionrules.h"
#include "core/domain/queuemode.h"

#include <QFuture>
#include <QString>

#include <memory>

namespace queuedeck::remote {
class RemoteService;
}
namespace queuedeck::schedule {
class Scheduler;
}

namespace queuedeck::service {

class ChangeFeed;
class DiagnosisService;
class EngineService;
class ErrorGroupService;
class ExportService;
class HistoryService;
class ImportService;
class JobService;
class KeyService;
class OrphanWatch;
class ReportService;
class ScanService;
class SnapshotFeed;
class Session;
class SessionThreads;
struct PictureChoices;

/// See sampledata.h.
QFuture<base::Result<int>> addSampleData(Session& session);

/// What a session is connected to, for display.
struct SessionInfo
{
    QString name;    ///< the connection's, else the database's: "queuedeck.db"
    QString address; ///< masked: never a password
    QString server;  ///< "SQLite 3.40.1", "PostgreSQL 15.8"
    domain::QueueMode mode = domain::QueueMode::Own;
    bool isWatching = false; ///< for jobs that another processor left; see OrphanWatch
    bool readOnly = false;   ///< as requested, or because of `changesOff`
    base::Sentence changesOff =
        {}; ///< why jobs can only be viewed; empty if they can be changed and run
    base::Sentence enqueueOff = {}; ///< why jobs cannot be added; empty if they can
    base::Sentence deleteOff = {};  ///< why jobs cannot be deleted; empty if they can
    base::Sentences notes = {};     ///< what else was found, one sentence each
    bool embedded = false;          ///< the database in the user's data folder
    /// Distinguishes this database from others on this computer, whoever signs in: for names of
    /// files and groups of settings. 16 hexadecimal digits.
    QString key = {};
    QString user = {}; ///< who signed in; empty for a file
    /// As requested; a session that was asked to be read-only says so here too.
    domain::ConnectionRules rules = {};

    /// The group of this database in the user's settings.
    QString settingsGroup() const { return QStringLiteral("database-") + key; }
};

/// What was found when an address was opened: all that a Session is built from. A value, which may
/// be passed from thread to thread.
struct Opened
{
    struct Parts;

    SessionInfo info;
    std::shared_ptr<const Parts> parts; ///< known to this room only
};

/// One open database and all that a person can do with it: the single entry point for window,
/// command line and endpoint. It owns a thread for reading and one for writing, each with its own
/// connection, so that a slow page never delays a retry. Lives on the thread that creates it and
/// uses its services (the GUI thread); every call returns a future and never blocks.
class Session
{
public:
    struct Options
    {
        QString address;       ///< empty: the embedded database, created if missing
        bool create = false;   ///< create the file and the tables if missing
        bool readOnly = false; ///< the database itself rejects every change
        /// Keep the address's password in the keychain once it has worked; see info().notes.
        bool keepPassword = false;
        /// A session whose rules say read-only is opened so.
        domain::ConnectionRules rules = {};

        bool wantsReadOnly() const { return readOnly || rules.safety == domain::Safety::ReadOnly; }
    };

    /// Opens on a separate thread, to see whether it works and what is there. If an address without
    /// a password is denied, it is tried with the one stored for it. Errors: see db::Connection and
    /// store::JobStore::open.
    static QFuture<base::Result<Opened>> open(const Options& options);

    explicit Session(const Opened& opened);
    ~Session();

    const SessionInfo& info() const { return m_info; }
    /// What the user has chosen for pictures: for engines, and for showing them.
    void setPictures(const PictureChoices& choices);

    JobService& jobs() { return *m_jobs; }
    ScanService& scans() { return *m_scans; }
    ReportService& reports() { return *m_reports; }
    ImportService& imports() { return *m_imports; }
    ExportService& exports() { return *m_exports; }
    EngineService& engine() { return *m_engine; }
    remote::RemoteService& remote() { return *m_remote; }
    KeyService& keys() { return *m_keys; }
    /// Schedules run only once it is started.
    schedule::Scheduler& schedules() { return *m_schedules; }
    ChangeFeed& changes() { return *m_changes; }
    SnapshotFeed& snapshots() { return *m_snapshots; }
    DiagnosisService& diagnosis() { return *m_diagnosis; }
    OrphanWatch& watch() { return *m_watch; }
    HistoryService& history() { return *m_history; }
    ErrorGroupService& errorGroups() { return *m_errorGroups; }

private:
    friend QFuture<base::Result<int>> addSampleData(Session& session);

    const SessionInfo m_info;
    std::shared_ptr<SessionThreads> m_threads;
    std::unique_ptr<EngineService> m_engine;
    std::unique_ptr<JobService> m_jobs;
    std::unique_ptr<ScanService> m_scans;
    std::unique_ptr<ReportService> m_reports;
    std::unique_ptr<ImportService> m_imports;
    std::unique_ptr<ExportService> m_exports;
    std::unique_ptr<ChangeFeed> m_changes;
    std::unique_ptr<SnapshotFeed> m_snapshots;
    std::unique_ptr<OrphanWatch> m_watch;      ///< uses the changes
    std::unique_ptr<HistoryService> m_history; ///< likewise
    std::unique_ptr<ErrorGroupService> m_errorGroups;
    std::unique_ptr<KeyService> m_keys;
    std::unique_ptr<remote::RemoteService> m_remote;
    std::unique_ptr<schedule::Scheduler> m_schedules; ///< uses the others
    std::unique_ptr<DiagnosisService> m_diagnosis;    ///< asks engine and schedules
};

} // namespace queuedeck::service
