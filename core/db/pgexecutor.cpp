// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/db/pgexecutor.h"

#include "core/base/logging.h"
#include "core/db/pgconnect.h"

#include <libpq-fe.h>

using namespace Qt::StringLiterals;

namespace queuedeck::db {

using base::ErrorKind;

namespace {
constexpr std::chrono::seconds kConnectAgain{5};
constexpr int kMostParsedStatements = 500;
constexpr unsigned int kByteaOid = 17;

QString quotedName(QString name)
{
    return u'"' + name.replace(u'"', u"\"\""_s) + u'"';
}

// What opens every transaction behind a pooler; empty where nothing has to be said.
QString prologueFor(const DatabaseUrl& url, OpenMode mode)
{
    QStringList lines;
    if (mode == OpenMode::ReadOnly)
        lines += u"SET TRANSACTION READ ONLY"_s;
    if (url.schema != "public"_L1)
        lines += u"SET LOCAL search_path TO "_s + quotedName(url.schema);
    return lines.join(u"; "_s);
}

Rows rowsFrom(const PGresult* result)
{
    const int columns = PQnfields(result);
    const int rows = PQntuples(result);
    std::vector<QVariant> cells;
    cells.reserve(size_t(columns) * size_t(rows));
    for (int row = 0; row < rows; ++row) {
        for (int column = 0; column < columns; ++column) {
            const char* text = PQgetvalue(result, row, column);
            if (PQgetisnull(result, row, column)) {
                cells.emplace_back();
            } else if (PQftype(result, column) == kByteaOid) {
                size_t size = 0;
                unsigned char* bytes =
                    PQunescapeBytea(reinterpret_cast<const unsigned char*>(text), &size);
                cells.emplace_back(QByteArray(reinterpret_cast<char*>(bytes), qsizetype(size)));
                PQfreemem(bytes);
            } else {
                cells.emplace_back(QString::fromUtf8(text, PQgetlength(result, row, column)));
            }
        }
    }
    const qint64 changed = QByteArray(PQcmdTuples(const_cast<PGresult*>(result))).toLongLong();
    return Rows(size_t(columns), std::move(cells), changed);
}
} // namespace

base::Result<std::unique_ptr<Executor>>
PgExecutor::open(const DatabaseUrl& url, OpenMode mode, const QString& name, QSqlDatabase& database)
{
    const auto connected = connectPostgres(url, mode, name, database);
    if (!connected)
        return connected.error();
    DatabaseUrl actual = url;
    actual.pooled = connected->pooled;
    std::unique_ptr<PgExecutor> executor(new PgExecutor(
        actual, database, connected->handle, actual.pooled ? prologueFor(url, mode) : QString()));
    if (const base::Status ready =
            executor->setUpSession(QDeadlineTimer(std::chrono::seconds(url.connectTimeout)));
        !ready)
        return ready.error();
    return executor;
}

PgExecutor::PgExecutor(const DatabaseUrl& url, QSqlDatabase database, pg_conn* handle,
                       QString prologue)
    : m_where(url.display())
    , m_database(std::move(database))
    , m_handle(handle)
    , m_wire(handle, m_where)
    , m_prologue(std::move(prologue))
    , m_pooled(url.pooled)
{
}

base::Status PgExecutor::ensureConnected(const QDeadlineTimer& deadline)
{
    if (m_wire.isAlive())
        return {};
    qCInfo(lcDb) << "connecting again to" << m_where;
    if (const base::Status again = m_wire.reconnect(deadline); !again)
        return again;
    return setUpSession(deadline);
}

base::Status PgExecutor::setUpSession(const QDeadlineTimer& deadline)
{
    if (!m_pooled) { // the rest came with the connection
        if (const base::Status done = m_wire.prepareStatements(deadline); !done)
            return done;
        return listen(deadline);
    }
    // A pooler keeps the zone for each of its clients, as it does for an encoding.
    if (const auto done = m_wire.simple(u"SET TIME ZONE 'UTC'"_s, deadline); !done)
        return done.error();
    return {};
}

const NamedSql& PgExecutor::parsed(const QString& sql)
{
    const auto known = m_statements.constFind(sql);
    if (known != m_statements.constEnd())
        return *known;
    if (m_statements.size() >= kMostParsedStatements)
        m_statements.clear();
    return *m_statements.insert(sql, NamedSql::parse(sql));
}

base::Status PgExecutor::copyIn(const QString& sql, const RowSource& next,
                                std::chrono::milliseconds deadline)
{
    const QDeadlineTimer until = m_wire.begin(deadline);
    if (m_transactionLost || PQtransactionStatus(m_handle) != PQTRANS_INTRANS)
        return m_wire.connectionLost();
    const base::Status done = m_wire.copyIn(sql, next, until);
    if (PQstatus(m_handle) != CONNECTION_OK)
        m_transactionLost = true;
    return done;
}

base::Status PgExecutor::listen(const QDeadlineTimer& deadline)
{
    if (m_channel.isEmpty())
        return {};
    m_mayHaveMissed = true;
    if (const auto done = m_wire.simple(u"LISTEN \""_s + m_channel + u'"', deadline); !done)
        return done.error();
    return {};
}

bool PgExecutor::takeNotices()
{
    bool any = std::exchange(m_mayHaveMissed, false);
    while (PGnotify* notice = PQnotifies(m_handle)) {
        any = true;
        PQfreemem(notice);
    }
    return any;
}

base::Result<bool> PgExecutor::waitForNotice(const QString& channel,
                                             std::chrono::milliseconds patience)
{
    if (m_pooled)
        return base::fail(ErrorKind::Unsupported,
                          u"A pooler in transaction mode passes no notices on."_s);
    if (const base::Status ready = ensureConnected(QDeadlineTimer(kConnectAgain)); !ready)
        return ready.error();
    if (m_channel != channel) {
        m_channel = channel;
        if (const base::Status done = listen(QDeadlineTimer(kConnectAgain)); !done) {
            m_channel.clear();
            return done.error();
        }
    }
    const QDeadlineTimer until(patience);
    while (!takeNotices()) {
        const auto heard = m_wire.listenOnce(until);
        if (!heard || !*heard)
            return heard;
    }
    return true;
}

base::Result<Rows> PgExecutor::execute(const QString& sql, const Params& params, const Table* given,
                                       std::chrono::milliseconds deadline)
{
    if (given)
        return base::fail(ErrorKind::Unsupported, u"PostgreSQL is given arrays, no tables."_s);
    const QDeadlineTimer until = m_wire.begin(deadline);
    const bool isBegin = sql.startsWith("BEGIN"_L1);
    const bool isCommit = sql == "COMMIT"_L1;
    if (m_transactionLost) {
        m_transactionLost = sql != "ROLLBACK"_L1;
        return m_transactionLost ? base::Result<Rows>(base::fail(
                                       ErrorKind::Unreachable,
                                       u"The connection to %1 was lost. The database has "
                                       "taken the unfinished change back."_s.arg(m_where)))
                                 : base::Result<Rows>(Rows());
    }
    if (const base::Status ready = ensureConnected(until); !ready)
        return ready.error();

    const bool inTransaction = PQtransactionStatus(m_handle) != PQTRANS_IDLE;
    const bool wrapped = !m_prologue.isEmpty() && !inTransaction && !isBegin;
    if (wrapped) {
        if (const auto begun = m_wire.simple(u"BEGIN; "_s + m_prologue, until); !begun)
            return begun.error();
    }
    auto result = isBegin && !m_prologue.isEmpty()
                      ? m_wire.simple(sql + u"; "_s + m_prologue, until)
                      : m_wire.statement(parsed(sql), params, until);
    if (result && isCommit && qstrcmp(PQcmdStatus(result->get()), "ROLLBACK") == 0)
        return base::fail(ErrorKind::Conflict,
                          u"The database took the change back. Nothing was changed."_s);
    const bool isLost = !m_wire.isUsable();
    m_transactionLost = isLost && inTransaction && !isCommit && sql != "ROLLBACK"_L1;
    if (wrapped && !isLost) {
        m_wire.goOn(); // the stop was for the statement, not for the end of its transaction
        const auto ended = m_wire.simple(result ? u"COMMIT"_s : u"ROLLBACK"_s,
                                         QDeadlineTimer(std::chrono::seconds(5)));
        if (result && !ended)
            return ended.error();
    }
    if (!result)
        return result.error();
    return rowsFrom(result->get());
}

} // namespace queuedeck::db
