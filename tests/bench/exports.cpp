// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/exports.h"

#include "core/store/jobstore.h"

#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>

#include <sqlite3.h>

using namespace Qt::StringLiterals;

namespace queuedeck::bench {

namespace {
constexpr int kJobs = 1'000'000;
constexpr int kOften = 20; // ms between two looks at the memory

void run(store::JobStore& store, const QString& sql)
{
    if (const auto done = store.connection().run(sql); !done)
        qFatal("%s", qPrintable(done.error().detail));
}

void make(const db::DatabaseUrl& url)
{
    if (const base::Status done = store::JobStore::initialise(url); !done)
        qFatal("%s", qPrintable(done.error().detail));
    auto store = store::JobStore::open(url, db::OpenMode::ReadWrite);
    if (!store)
        qFatal("%s", qPrintable(store.error().detail));
    (*store)->connection().setDeadline(std::chrono::minutes(10));
    run(**store, uR"(INSERT INTO "Job" ("id", "type", "payload", "status", "attempts", "error",
            "createdAt", "completedAt")
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %1)
        SELECT printf('%08x-0000-7000-8000-%012x', i, i), 'image_extraction',
            json_object('scanId', printf('%08x-1111-7000-8000-%012x', i, i), 'imageUrl',
                'https://cdn.example/t/' || i || '.jpg', 'scanType', 'business_card'),
            CASE WHEN i % 50 = 0 THEN 'failed' ELSE 'completed' END, 1,
            CASE WHEN i % 50 = 0 THEN 'timeout after ' || (i % 997) || ' s' END,
            strftime('%Y-%m-%dT%H:%M:%f+00:00', 1793491200 + i * 2592000.0 / %1, 'unixepoch'),
            CASE WHEN i % 50 <> 0 THEN
                strftime('%Y-%m-%dT%H:%M:%f+00:00', 1793491205 + i * 2592000.0 / %1, 'unixepoch')
            END FROM n)"_s.arg(kJobs));
}

/// Seconds that SQLite itself takes to hand out every value, in the order of its rows.
double bareRead(const QString& path)
{
    QElapsedTimer timer;
    timer.start();
    sqlite3* file = nullptr;
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_open_v2(QFile::encodeName(path), &file, SQLITE_OPEN_READONLY, nullptr) !=
            SQLITE_OK ||
        sqlite3_prepare_v2(file,
                           "SELECT \"id\", \"type\", \"status\", \"attempts\", \"createdAt\", "
                           "\"completedAt\", \"error\", \"payload\" FROM \"Job\"",
                           -1, &statement, nullptr) != SQLITE_OK)
        qFatal("%s", sqlite3_errmsg(file));
    qint64 bytes = 0;
    int rows = 0;
    for (; sqlite3_step(statement) == SQLITE_ROW; ++rows) {
        for (int column = 0; column < 8; ++column)
            bytes += sqlite3_column_text(statement, column)
                         ? sqlite3_column_bytes(statement, column)
                         : 0;
    }
    sqlite3_finalize(statement);
    sqlite3_close(file);
    if (rows != kJobs || bytes == 0)
        qFatal("The bare read missed rows.");
    return double(timer.elapsed()) / 1000;
}

qint64 peakOf(qint64 pid)
{
    QFile status(u"/proc/%1/status"_s.arg(pid));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray& line : status.readAll().split('\n')) {
        if (line.startsWith("VmHWM:"))
            return line.mid(6).chopped(2).trimmed().toLongLong();
    }
    return 0;
}

struct Measured
{
    double seconds = 0;
    qint64 peakKilobytes = 0;
};

Measured exported(const QString& database, const QStringList& arguments)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    QElapsedTimer timer;
    timer.start();
    process.start(QStringLiteral(QUEUEDECK_BIN_DIR "/queuedeckctl"),
                  QStringList{u"--db"_s, u"sqlite:"_s + database, u"export"_s} + arguments);
    process.waitForStarted();
    Measured measured;
    while (!process.waitForFinished(kOften) && process.state() != QProcess::NotRunning)
        measured.peakKilobytes = std::max(measured.peakKilobytes, peakOf(process.processId()));
    measured.seconds = double(timer.elapsed()) / 1000;
    if (process.exitCode() != 0)
        qFatal("queuedeckctl export failed.");
    return measured;
}
} // namespace

QJsonObject exports()
{
    const QTemporaryDir folder;
    const QString database = folder.filePath(u"jobs.db"_s);
    make(db::DatabaseUrl::sqliteFile(database));
    const Measured idle =
        exported(database, {u"--where"_s, u"id:none"_s, u"-o"_s, folder.filePath(u"none.csv"_s)});
    QJsonObject all;
    for (const QString& format : {u"csv"_s, u"jsonl"_s, u"xlsx"_s}) {
        const double bare = bareRead(database);
        const QString file = folder.filePath(u"jobs."_s + format);
        const Measured measured = exported(database, {u"-o"_s, file});
        all[format] = QJsonObject{{u"jobs"_s, kJobs},
                                  {u"seconds"_s, measured.seconds},
                                  {u"jobsASecond"_s, kJobs / measured.seconds},
                                  {u"timesBareRead"_s, measured.seconds / bare},
                                  {u"megabytes"_s, double(QFileInfo(file).size()) / 1e6},
                                  {u"extraMemoryMegabytes"_s,
                                   double(measured.peakKilobytes - idle.peakKilobytes) / 1024}};
        QFile::remove(file);
    }
    return all;
}

} // namespace queuedeck::bench
