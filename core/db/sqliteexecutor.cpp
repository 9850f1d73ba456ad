// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/db/sqliteexecutor.h"

#include "core/db/jsonpath.h"
#include "core/db/sqlerror.h"
#include "core/db/sqlitefile.h"
#include "core/db/sqlitelike.h"

#include <QDeadlineTimer>
#include <QScopeGuard>
#include <QSqlDriver>
#include <QSqlError>
#include <QStringEncoder>
#include <QThread>
#include <QUuid>

#include <sqlite3.h>

using namespace Qt::StringLiterals;

namespace queuedeck::db {

using base::ErrorKind;
using base::Sentence;

namespace {
template <class T>
const T& as(const QVariant& value)
{
    return *static_cast<const T*>(value.constData());
}

constexpr int kBusyTimeoutMs = 5000;
constexpr int kStepsBetweenDeadlineChecks = 10'000;
constexpr int kMostPreparedStatements = 200;

/// A running statement and the texts bound to it, which SQLite does not copy. The destructor always
/// resets it, since an unfinished statement keeps its lock.
class Running
{
public:
    explicit Running(sqlite3_stmt* statement)
        : m_statement(statement)
        , m_texts(size_t(sqlite3_bind_parameter_count(statement)))
    {
    }
    ~Running()
    {
        sqlite3_reset(m_statement);
        sqlite3_clear_bindings(m_statement);
    }
    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;

    /// `index` is SQLite's, from 1. Only before the first step.
    void bind(int index, const QVariant& value)
    {
        if (value.isNull()) {
            sqlite3_bind_null(m_statement, index);
            return;
        }
        QByteArray& text = m_texts[size_t(index - 1)];
        switch (value.typeId()) {
        // Common types without conversions, which add up over a batch.
        case QMetaType::Int: sqlite3_bind_int64(m_statement, index, as<int>(value)); break;
        case QMetaType::LongLong: sqlite3_bind_int64(m_statement, index, as<qint64>(value)); break;
        case QMetaType::QString: bindText(index, as<QString>(value), text); break;
        case QMetaType::Bool:
        case QMetaType::UInt: sqlite3_bind_int64(m_statement, index, value.toLongLong()); break;
        case QMetaType::Double: sqlite3_bind_double(m_statement, index, value.toDouble()); break;
        case QMetaType::QByteArray:
            text = value.toByteArray();
            sqlite3_bind_blob64(m_statement, index, text.isEmpty() ? "" : text.constData(),
                                sqlite3_uint64(text.size()), SQLITE_STATIC);
            break;
        default: bindText(index, value.toString(), text);
        }
    }

private:
    // Encoded into the buffer of the previous row's text.
    void bindText(int index, const QString& from, QByteArray& to)
    {
        QStringEncoder encoder(QStringEncoder::Utf8, QStringEncoder::Flag::Stateless);
        to.resize(encoder.requiredSpace(from.size()));
        to.truncate(encoder.appendToBuffer(to.data(), from) - to.constData());
        sqlite3_bind_text64(m_statement, index, to.isEmpty() ? "" : to.constData(),
                            sqlite3_uint64(to.size()), SQLITE_STATIC, SQLITE_UTF8);
    }

    sqlite3_stmt* m_statement;
    std::vector<QByteArray> m_texts;
};

// Shares the value of `above`, the cell in the previous row, if equal: types and small payloads
// often are.
QVariant cell(sqlite3_stmt* statement, int column, const QVariant* above)
{
    switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER: return qint64(sqlite3_column_int64(statement, column));
    case SQLITE_FLOAT: return sqlite3_column_double(statement, column);
    case SQLITE_NULL: return {};
    case SQLITE_BLOB: {
        const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement, column));
        const QByteArrayView view(bytes ? bytes : "", sqlite3_column_bytes(statement, column));
        if (above && above->typeId() == QMetaType::QByteArray && as<QByteArray>(*above) == view)
            return *above;
        return view.toByteArray();
    }
    default: {
        const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
        const QUtf8StringView view(text, sqlite3_column_bytes(statement, column));
        if (above && above->typeId() == QMetaType::QString &&
            QAnyStringView(as<QString>(*above)) == view)
            return *above;
        return view.toString();
    }
    }
}
} // namespace

base::Result<std::unique_ptr<Executor>> SqliteExecutor::open(const DatabaseUrl& url, OpenMode mode)
{
    const auto file = prepareSqliteFile(url.path, mode);
    if (!file)
        return file.error();
    Registered database(u"QSQLITE"_s);
    if (!database->isValid())
        return base::fail(ErrorKind::Unsupported,
                          Sentence::tr("Qt's SQLite driver is missing. Install the package "
                                       "libqt6sql6-sqlite."));
    database->setDatabaseName(url.path);
    QString options = u"QSQLITE_BUSY_TIMEOUT=%1"_s.arg(kBusyTimeoutMs);
    if (mode == OpenMode::ReadOnly)
        options += u";QSQLITE_OPEN_READONLY"_s;
    database->setConnectOptions(options);
    if (!database->open())
        return aboutItsFolder(
            sqliteError(SQLITE_CANTOPEN, database->lastError().databaseText(), url.path), url.path);

    const QVariant handle = database->driver()->handle();
    auto* const sqlite = *static_cast<sqlite3* const*>(handle.constData());
    std::unique_ptr<SqliteExecutor> executor(
        new SqliteExecutor(url.path, std::move(database), sqlite));
    // FULL: whatever was reported as done survives a power failure; NORMAL may lose it. Opening
    // reads nothing, so the first pragma is also where a foreign or damaged file is noticed.
    // The journal mode is stored in the file, so another program's file keeps its own.
    QStringList pragmas{u"PRAGMA schema_version"_s};
    if (file->isFresh)
        pragmas += u"PRAGMA journal_mode = WAL"_s;
    pragmas += {u"PRAGMA synchronous = FULL"_s, u"PRAGMA foreign_keys = ON"_s,
                u"PRAGMA cache_size = -65536"_s, u"PRAGMA wal_autocheckpoint = 4000"_s};
    for (const QString& pragma : pragmas) {
        if (const base::Status done = executor->adjust(pragma); !done)
            return aboutItsFolder(done.error(), url.path);
    }
    return executor;
}

// SQLite does not wait for another writer when it changes the journal mode.
base::Status SqliteExecutor::adjust(const QString& pragma)
{
    const QDeadlineTimer patience(kBusyTimeoutMs);
    while (true) {
        const auto done = execute(pragma, {}, nullptr, std::chrono::seconds(10));
        if (done)
            return {};
        if ((sqlite3_errcode(m_handle) & 0xFF) != SQLITE_BUSY || patience.hasExpired())
            return done.error();
        QThread::msleep(10);
    }
}

SqliteExecutor::SqliteExecutor(QString path, Registered database, sqlite3* handle)
    : m_path(std::move(path))
    , m_database(std::move(database))
    , m_handle(handle)
    , m_given(handle)
{
    foldAllLettersInLike(m_handle);
    addPayloadFunction(m_handle);
    sqlite3_progress_handler(m_handle, kStepsBetweenDeadlineChecks, &SqliteExecutor::onProgress,
                             this);
}

SqliteExecutor::~SqliteExecutor()
{
    forgetStatements();
    sqlite3_progress_handler(m_handle, 0, nullptr, nullptr);
}

void SqliteExecutor::forgetStatements()
{
    for (const Prepared& prepared : std::as_const(m_statements))
        sqlite3_finalize(prepared.statement);
    m_statements.clear();
}

int SqliteExecutor::onProgress(void* self)
{
    auto* executor = static_cast<SqliteExecutor*>(self);
    executor->m_timedOut = executor->m_running.elapsed() > executor->m_deadline;
    return executor->m_timedOut ? 1 : 0;
}

base::Status SqliteExecutor::plain(const QString& sql, std::chrono::milliseconds deadline)
{
    const auto done = execute(sql, {}, nullptr, deadline);
    return done ? base::Status() : base::Status(done.error());
}

// Immediate: a deferred transaction cannot begin to write once another connection has written.
base::Status SqliteExecutor::begin(TransactionKind kind, std::chrono::milliseconds deadline)
{
    return plain(kind == TransactionKind::Write ? u"BEGIN IMMEDIATE"_s : u"BEGIN DEFERRED"_s,
                 deadline);
}

base::Status SqliteExecutor::commit(std::chrono::milliseconds deadline)
{
    return plain(u"COMMIT"_s, deadline);
}

void SqliteExecutor::rollback(std::chrono::milliseconds deadline)
{
    if (!sqlite3_get_autocommit(m_handle)) // else SQLite has already rolled back
        (void)plain(u"ROLLBACK"_s, deadline);
}

base::Status SqliteExecutor::copyIn(const QString&, const RowSource&, std::chrono::milliseconds)
{
    return base::fail(base::ErrorKind::Unsupported, Sentence::tr("SQLite has no COPY."));
}

base::Result<bool> SqliteExecutor::waitForNotice(const QString&, std::chrono::milliseconds)
{
    return base::fail(base::ErrorKind::Unsupported, Sentence::tr("A file sends no notices."));
}

void SqliteExecutor::interrupt()
{
    m_interrupted = true;
    sqlite3_interrupt(m_handle);
}

base::Error SqliteExecutor::lastError() const
{
    if (m_timedOut)
        return base::fail(
            ErrorKind::Timeout,
            Sentence::tr("The database took longer than %1 s, so the query was cancelled.")
                .arg(m_deadline / 1000));
    return sqliteError(sqlite3_errcode(m_handle), QString::fromUtf8(sqlite3_errmsg(m_handle)),
                       m_path);
}

base::Result<SqliteExecutor::Prepared*> SqliteExecutor::prepared(const QString& sql)
{
    if (const auto known = m_statements.find(sql); known != m_statements.end())
        return &*known;
    if (m_statements.size() >= kMostPreparedStatements)
        forgetStatements();
    const QByteArray text = sql.toUtf8();
    sqlite3_stmt* fresh = nullptr;
    if (sqlite3_prepare_v3(m_handle, text.constData(), int(text.size()), SQLITE_PREPARE_PERSISTENT,
                           &fresh, nullptr) != SQLITE_OK)
        return lastError();
    return &*m_statements.insert(sql, {fresh});
}

base::Result<SqliteExecutor::Prepared*> SqliteExecutor::start(const QString& sql,
                                                              std::chrono::milliseconds deadline)
{
    m_running.start();
    m_deadline = deadline.count();
    m_timedOut = false;
    m_interrupted = false;
    return prepared(sql);
}

base::Result<Rows> SqliteExecutor::execute(const QString& sql, const Params& params,
                                           const Table* given, std::chrono::milliseconds deadline)
{
    if (given) {
        if (const base::Status done = m_given.give(*given); !done)
            return done.error();
    }
    const auto takeBack = qScopeGuard([this] { m_given.takeBack(); });
    const auto found = start(sql, deadline);
    if (!found)
        return found.error();
    sqlite3_stmt* statement = (*found)->statement;
    Running running(statement);
    for (int i = 1; i <= sqlite3_bind_parameter_count(statement); ++i) {
        const QString name = QString::fromUtf8(sqlite3_bind_parameter_name(statement, i) + 1);
        const auto value = params.find(name);
        Q_ASSERT_X(value != params.end(), "SqliteExecutor", qPrintable(name));
        running.bind(i, value == params.end() ? QVariant() : value->second);
    }
    const qint64 changedBefore = sqlite3_total_changes64(m_handle);
    std::vector<QVariant> cells;
    cells.reserve((*found)->cells);
    int code = sqlite3_step(statement);
    const int columns = sqlite3_column_count(statement);
    for (; code == SQLITE_ROW; code = sqlite3_step(statement)) {
        for (int column = 0; column < columns; ++column)
            cells.push_back(cell(
                statement, column,
                cells.size() < size_t(columns) ? nullptr : &cells[cells.size() - size_t(columns)]));
    }
    if (code != SQLITE_DONE)
        return lastError();
    (*found)->cells = cells.size();
    return Rows(size_t(columns), std::move(cells),
                sqlite3_total_changes64(m_handle) - changedBefore);
}

} // namespace queuedeck::db
