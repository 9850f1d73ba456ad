// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/changeplan.h"
#include "core/domain/importtarget.h"
#include "core/domain/jobrules.h"
#include "core/domain/scan.h"
#include "core/schedule/targets/schedulefiles.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <tl/expected.hpp>
#include <variant>

namespace queuedeck::ctl {

// The parsed commands: a struct of values each, checked as far as possible without a database.

struct Init
{
    bool printSql = false;
};

struct Enqueue
{
    QString type;
    QString payload; ///< JSON, or "-" for standard input
    int count = 1;
    bool anyType = false;
};

struct List
{
    QString status;
    QString type;
    QString where;
    int limit = 50;
    QString after;
    bool payload = false;
    QString view = {}; ///< the name of a saved view; empty: none
};

/// Lists the saved views of a database, or imports or exports them.
struct Views
{
    enum class Task { List, Import, Export };
    Task task = Task::List;
    QString file = {};
    bool force = false;
};

struct Export
{
    QString where;
    QString format;    ///< csv, jsonl or xlsx; empty: as the file is named
    QString out;       ///< a file; empty: standard output
    QString columns;   ///< separated by commas; empty: the usual ones
    QStringList paths; ///< places of the payload, a column each; empty: the payload as a whole
    QStringList masks; ///< PATH=hide, hash or host
    QString zone;      ///< UTC, local or a name of IANA; empty: UTC
    bool plainTimes = false;
    bool bom = false;
    bool gzip = false;
    bool force = false;
};

struct Show
{
    QString id;
};

struct Stats
{
    QString period = QStringLiteral("1h"); ///< as domain::periodText
    QString type;                          ///< empty: all
    bool watch = false;
};

/// A change to jobs; exactly one of ids, where and all is given.
struct Change
{
    domain::JobAction action = domain::JobAction::Retry;
    QStringList ids;
    std::optional<QString> where;
    bool all = false; ///< all failed jobs; for repair, all of unknown status
    bool dryRun = false;
    domain::ChangePlan plan = {}; ///< of retry
};

struct CleanUp
{
    int olderThanDays = 30;
    QStringList statuses;
    bool dryRun = false;
    QString archive;
    bool keepReports = false;
};

struct Undo
{
    QString entry; ///< empty: the newest that can be undone
};

struct Redo
{
    QString entry; ///< of an undo; empty: the newest that can be taken back
};

/// Carries on a change that was stopped or left.
struct Resume
{
    QString entry;
};

struct Forget
{
    int olderThanDays = 0;
    bool dryRun = false;
};

struct Journal
{
    int limit = 100;
    QString entry; ///< empty: the entries; else what this one did, job by job
};

struct Doctor
{
    QString url; ///< of the endpoint to ask as well; empty: the environment's, or none
};

struct Errors
{
    QString status = QStringLiteral("failed");
    QString type;
    QString where;
    int limit = 20;
};

/// Watches the alert rules.
struct Watch
{
    QString rules;     ///< a file; empty: that of the database
    bool once = false; ///< say how things stand and end
    QString endpoint;  ///< empty: the environment's, or none
};

struct PrintSql
{
    QString name; ///< empty: list the names
};

/// How a command deals with the pictures of jobs; empty: as the environment says, or as usual.
struct Pictures
{
    QString reader;    ///< local, claude
    QString fetch;     ///< yes, no
    QStringList hosts; ///< as given: HOST or HOST:PORT
};

struct Process
{
    std::optional<int> maxJobs;
    int concurrency = 0;
    bool untilEmpty = false;
    bool watch = false;
    QStringList types;
    bool inOrder = false;
    bool alone = false;
    int freeOrphansMinutes = 0; ///< 0: never
    int stopAfterFailures = 0;  ///< 0: never
    Pictures pictures = {};
};

struct Handlers
{
};

struct Scan
{
    QStringList files;
    domain::ScanType type = domain::ScanType::BusinessCard;
    bool wait = false;
    domain::OwnerChoice owner = {};
    Pictures pictures = {};
    QString to = {};         ///< a domain::UploadPlace; empty: as remembered
    bool alone = false;      ///< no other processor works on the table
    bool listOwners = false; ///< instead of uploading anything
    bool compare = false;    ///< read with both readers instead
};

struct MakeReport
{
    QString report;
    QString period; ///< empty: from and to
    QString from;
    QString to;
    QString format;
    bool wait = false;
    QString out; ///< a file or a folder; empty: it stays where it was made
    bool force = false;
    bool everyWeek = false; ///< save a schedule instead
};

struct Reports
{
    QString job; ///< to save; empty: list all
    QString out;
    bool force = false;
};

struct Import
{
    QString file;
    domain::ImportTarget target = domain::ImportTarget::Customers;
    QStringList mapping; ///< FIELD=COLUMN each
    QString mappingFile;
    QString tenant;
    QString user;
    QString encoding;
    QString separator;
    QString numbers;
    QString dates;
    bool keepExisting = false;
    bool dryRun = false;
    bool wait = false;
    QString rejected; ///< a file for rejected lines
};

struct Serve
{
    QString listen; ///< ADDRESS:PORT
    QString certificate;
    QString privateKey;
    QStringList hosts;
    int mostJobs = 1000;
    Pictures pictures = {};
    QString picturesFolder = {}; ///< empty: no pictures are served
};

struct Trigger
{
    QString url; ///< empty: from the environment
    int maxJobs = 10;
    bool drain = false;
    int timeoutSeconds = 900;
};

struct RemoteStatus
{
    QString url;
    int timeoutSeconds = 60;
};

struct Key
{
    enum class Task { Generate, Store, Forget, Look };
    Task task = Task::Generate;
    bool store = false;    ///< for Generate
    QString url;           ///< a remote endpoint; empty: the one served here
    bool isClaude = false; ///< the key for reading pictures with Claude
    QString place = {};    ///< the key for putting pictures there
};

struct WriteSchedule
{
    schedule::ScheduleTarget target = schedule::ScheduleTarget::Systemd;
    QString cron;
    QString zone;
    QString url; ///< empty: this computer, or from the environment for hosted targets
    int maxJobs = 10;
    QString folder; ///< empty: print
    bool force = false;
};

using Command =
    std::variant<Init, Enqueue, List, Views, Export, Show, Stats, Change, CleanUp, Undo, Redo,
                 Resume, Forget, Journal, Doctor, Errors, Watch, PrintSql, Process, Handlers, Scan,
                 MakeReport, Reports, Import, Serve, Trigger, RemoteStatus, Key, WriteSchedule>;

struct CommandLine
{
    QString db;         ///< from --db; empty if not given
    QString connection; ///< the name of a saved one; empty if not given
    bool json = false;
    bool readOnly = false;
    Command command;
};

/// Why there is no command: help or the version was requested, or the usage is wrong.
struct NoCommand
{
    int exitCode = 0;
    QString text; ///< the help, the version, or what is wrong
};

tl::expected<CommandLine, NoCommand> parseCommandLine(int argc, const char* const* argv);

/// Whether --json was given, even if the rest cannot be parsed.
bool wantsJson(int argc, const char* const* argv);

} // namespace queuedeck::ctl
