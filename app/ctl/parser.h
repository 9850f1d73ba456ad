// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ctl/commandline.h"

#include <CLI/CLI.hpp>
#include <functional>

namespace queuedeck::ctl {

inline QString text(const std::string& value)
{
    return QString::fromStdString(value);
}

inline QStringList texts(const std::vector<std::string>& values)
{
    QStringList list;
    for (const std::string& value : values)
        list += text(value);
    return list;
}

/// The descriptions of CLI11's own checks would clutter the help.
inline CLI::Validator numberFrom(int least, int most)
{
    return CLI::Range(least, most).description("");
}

inline CLI::Validator oneOf(std::vector<std::string> words)
{
    return CLI::IsMember(std::move(words)).description("");
}

/// Converts what CLI11 parsed into our own structs; nothing else knows CLI11. The commands and
/// their options are defined in several files: those on jobs in commandline.cpp, retry in
/// retrying.cpp, the journal in journalcommands.cpp, stats in statscommand.cpp, errors in
/// errorscommand.cpp, watch in watchcommand.cpp, those on engines and endpoints in
/// enginecommands.cpp, scan in scancommand.cpp, import in importcommand.cpp, export in
/// exportcommand.cpp, reports in reportcommands.cpp.
class Parser
{
public:
    Parser();
    tl::expected<CommandLine, NoCommand> parse(int argc, const char* const* argv);

private:
    CLI::App* command(const char* name, const char* description, const char* examples,
                      std::function<Command()> make);
    void addReading();
    void addViews();
    void addStats();
    void addErrors();
    void addWatch();
    void addChanging();
    CLI::App* addBulkChange(const char* name, domain::JobAction action, const char* description,
                            const char* examples);
    void addRetry();
    void addJournal();
    domain::ChangePlan plan() const;
    void addRunning();
    void addScan();
    void addReports();
    void addImport();
    void addExport();
    void addPictures(CLI::App* command);
    void addReader(CLI::App* command);
    Pictures pictures() const;
    void addServing();
    void addRemote();
    void addKeys();
    void addSchedule();

    // The targets of the options. A process parses one command line, so the commands may share
    // them.
    struct Values
    {
        std::string db, connection, view, type, payload, status, where, after, id, archive,
            certificate, privateKey, url;
        std::string listen = "127.0.0.1:3000";
        std::vector<std::string> ids, statuses, types, files, hosts;
        int count = 1, limit = 50, groupLimit = 20, journalLimit = 100, days = 30, maxJobs = 0,
            concurrency = 0;
        int mostJobs = 1000, jobsACall = 10, timeout = 900, statusTimeout = 60;
        bool json = false, readOnly = false, printSql = false, anyType = false, withPayload = false,
             all = false;
        bool dryRun = false, untilEmpty = false, watch = false, wait = false, inOrder = false,
             alone = false;
        int freeOrphans = 0, stopAfterFailures = 0;
        bool drain = false, storeKey = false, claudeKey = false;
        std::string statement, doctorEndpoint, tenant, user, target, zone, folder,
            cron = "*/5 * * * *";
        std::string exportFormat, exportColumns, groupStatus = "failed";
        std::vector<std::string> exportPaths, exportMasks;
        bool plainTimes = false, bom = false, gzip = false;
        std::string report = "queue_health", period, from, to, format = "pdf";
        bool keepReports = false, everyWeek = false;
        bool force = false;
        std::vector<std::string> mapping;
        std::string mappingFile, encoding, separator, numbers, dates, rejected;
        bool keepExisting = false;
        std::string historyPeriod = "1h";
        bool keepTries = false;
        int first = 0, perSecond = 0;
        std::string then = "all", at;
        std::string fetchPictures, reader, uploadTo, picturesFolder, picturesPlace;
        bool listOwners = false, compare = false;
        std::string alertRules, watchEndpoint;
        bool once = false;
        std::vector<std::string> pictureHosts;
    };

    CLI::App m_app{"Watch and run a database-backed job queue, without a window.", "queuedeckctl"};
    Values m_values;
    std::vector<std::pair<CLI::App*, std::function<Command()>>> m_commands;
};

} // namespace queuedeck::ctl
