// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/db/sqliteexecutor.h"

#include "core/db/sqlerror.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSqlDriver>
#include <QSqlError>
#include <QSqlRecord>

#include <sqlite3.h>

using namespace Qt::StringLiterals;

namespace queuedeck::db {

using base::ErrorKind;

namespace {
constexpr int kBusyTimeoutMs = 5000;
constexpr int kStepsBetweenDeadlineChecks = 10'000;
constexpr int kMostPreparedStatements = 200;

base::Status prepareFile(const QString& path, OpenMode mode)
{
    const QFileInfo file(path);
    if (mode == OpenMode::Create) {
        if (!QDir().mkpath(file.absolutePath()))
            return base::fail(ErrorKind::Unreachable,
                              u"The folder %1 cannot be made. Check the path and its rights, or "
                              "choose another with QUEUEDECK_HOME."_s.arg(file.absolutePath()));
        return {};
    }
    if (!file.exists())
        return base::fail(ErrorKind::NotFound,
                          u"There is no database file %1. `queuedeckctl --db sqlite:%1 init` "
                          "creates one."_s.arg(path));
    if (file.isDir())
        return base::fail(ErrorKind::Invalid, u"%1 is a folder, not a database file."_s.arg(path));
    return {};
}
} // namespace

base::Result<std::unique_ptr<Executor>> SqliteExecutor::open(const DatabaseUrl& url, OpenMode mode,
                                                             const QString& name,
                                                             QSqlDatabase& database)
{
    if (const base::Status ready = prepareFile(url.path, mode); !ready)
        return ready.error();
    database = QSqlDatabase::addDatabase(u"QSQLITE"_s, name);
    if (!database.isValid())
        return base::fail(ErrorKind::Unsupported,
                          u"Qt's SQLite driver is missing. Install the package "
                          "libqt6sql6-sqlite."_s);
    database.setDatabaseName(url.path);
    QString options = u"QSQLITE_BUSY_TIMEOUT=%1"_s.arg(kBusyTimeoutMs);
    if (mode == OpenMode::ReadOnly)
        options += u";QSQLITE_OPEN_READONLY"_s;
    database.setConnectOptions(options);
    if (!database.open())
        return sqliteError(SQLITE_CANTOPEN, database.lastError().databaseText(), url.path);

    const QVariant handle = database.driver()->handle();
    std::unique_ptr<SqliteExecutor> executor(new SqliteExecutor(
        url.path, database, *static_cast<sqlite3* const*>(handle.constData())));
    // FULL: what was reported as done is there after a power cut; NORMAL may lose it. Opening
    // reads nothing, so the first pragma is also where a foreign or damaged file shows.
    QStringList pragmas{u"PRAGMA schema_version"_s};
    if (mode != OpenMode::ReadOnly)
        pragmas += u"PRAGMA journal_mode = WAL"_s;
    pragmas += {u"PRAGMA synchronous = FULL"_s, u"PRAGMA foreign_keys = ON"_s,
                u"PRAGMA cache_size = -65536"_s};
    for (const QString& pragma : pragmas) {
        if (const auto done = executor->execute(pragma, {}, std::chrono::seconds(10)); !done)
            return done.error();
    }
    return executor;
}

SqliteExecutor::SqliteExecutor(QString path, QSqlDatabase database, sqlite3* handle)
    : m_path(std::move(path))
    , m_database(std::move(database))
    , m_handle(handle)
{
    sqlite3_progress_handler(m_handle, kStepsBetweenDeadlineChecks, &SqliteExecutor::onProgress,
                             this);
}

SqliteExecutor::~SqliteExecutor()
{
    sqlite3_progress_handler(m_handle, 0, nullptr, nullptr);
}

int SqliteExecutor::onProgress(void* self)
{
    auto* executor = static_cast<SqliteExecutor*>(self);
    executor->m_timedOut = executor->m_running.elapsed() > executor->m_deadline;
    return executor->m_timedOut ? 1 : 0;
}

base::Status SqliteExecutor::copyIn(const QString&, const QByteArray&, std::chrono::milliseconds)
{
    return base::fail(base::ErrorKind::Unsupported, u"SQLite has no COPY."_s);
}

base::Result<bool> SqliteExecutor::waitForNotice(const QString&, std::chrono::milliseconds)
{
    return base::fail(base::ErrorKind::Unsupported, u"A file sends no notices."_s);
}

void SqliteExecutor::interrupt()
{
    m_interrupted = true;
    sqlite3_interrupt(m_handle);
}

base::Error SqliteExecutor::lastError() const
{
    if (m_timedOut)
        return base::fail(ErrorKind::Timeout,
                          u"The database took longer than %1 s, so the question was ended."_s.arg(
                              m_deadline / 1000));
    return sqliteError(sqlite3_errcode(m_handle), QString::fromUtf8(sqlite3_errmsg(m_handle)),
                       m_path);
}

base::Result<SqliteExecutor::Prepared*> SqliteExecutor::prepared(const QString& sql)
{
    if (const auto known = m_statements.constFind(sql); known != m_statements.constEnd())
        return known->get();
    if (m_statements.size() >= kMostPreparedStatements)
        m_statements.clear();
    auto fresh = std::make_shared<Prepared>(Prepared{QSqlQuery(m_database), {}});
    fresh->query.setForwardOnly(true);
    if (!fresh->query.prepare(sql))
        return lastError();
    fresh->names = NamedSql::parse(sql).names;
    return m_statements.insert(sql, fresh)->get();
}

base::Result<Rows> SqliteExecutor::execute(const QString& sql, const Params& params,
                                           std::chrono::milliseconds deadline)
{
    m_running.start();
    m_deadline = deadline.count();
    m_timedOut = false;
    m_interrupted = false;

    const auto statement = prepared(sql);
    if (!statement)
        return statement.error();
    QSqlQuery& query = (*statement)->query;
    for (const QString& name : (*statement)->names) {
        const auto value = params.find(name);
        Q_ASSERT_X(value != params.end(), "SqliteExecutor", qPrintable(name));
        query.bindValue(u':' + name, value == params.end() ? QVariant() : value->second);
    }
    const qint64 changedBefore = sqlite3_total_changes64(m_handle);
    if (!query.exec()) {
        const base::Error error = lastError();
        query.finish();
        return error;
    }

    std::vector<QVariant> cells;
    const int columns = query.isSelect() ? query.record().count() : 0;
    if (columns > 0) {
        while (query.next()) {
            for (int column = 0; column < columns; ++column)
                cells.push_back(query.value(column));
        }
        // next() says false at the end and on an error alike; only the handle knows which.
        if (const int code = sqlite3_errcode(m_handle);
            code != SQLITE_OK && code != SQLITE_DONE && code != SQLITE_ROW) {
            const base::Error error = lastError();
            query.finish();
            return error;
        }
    }
    const qint64 changed = sqlite3_total_changes64(m_handle) - changedBefore;
    query.finish(); // a statement with RETURNING holds the write lock until then
    return Rows(size_t(columns), std::move(cells), changed);
}

} // namespace queuedeck::db
