// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/db/pgexecutor.h"

#include "core/base/logging.h"
#include "core/db/pgconnect.h"
#include "core/db/pgparams.h"
#include "core/db/sqlerror.h"

#include <cerrno>
#include <libpq-fe.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <thread>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace queuedeck::db {

using base::ErrorKind;

namespace {
constexpr std::chrono::seconds kConnectAgain{5};
constexpr int kMostParsedStatements = 500;
constexpr unsigned int kByteaOid = 17;
/// How long the server may take to confirm that it has stopped a statement.
constexpr auto kCancelGrace = std::chrono::milliseconds(400);

void logNotice(void*, const PGresult* notice)
{
    qCDebug(lcDb, "%s", PQresultErrorField(notice, PG_DIAG_MESSAGE_PRIMARY));
}

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

void PgExecutor::ResultDeleter::operator()(pg_result* result) const
{
    PQclear(result);
}

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
    , m_prologue(std::move(prologue))
    , m_pooled(url.pooled)
    , m_wake(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC))
{
    PQsetNoticeReceiver(m_handle, &logNotice, nullptr);
    PQsetnonblocking(m_handle, 1);
}

PgExecutor::~PgExecutor()
{
    ::close(m_wake);
}

void PgExecutor::interrupt()
{
    m_interrupted = true;
    const uint64_t one = 1;
    (void)!::write(m_wake, &one, sizeof one);
}

base::Error PgExecutor::connectionLost()
{
    return postgresError({}, QString::fromUtf8(PQerrorMessage(m_handle)), m_where);
}

base::Status PgExecutor::ensureConnected(const QDeadlineTimer& deadline)
{
    // A server that has gone while nothing was asked has left a last word or a closed socket.
    pollfd said{PQsocket(m_handle), POLLIN, 0};
    const bool isIdle = PQtransactionStatus(m_handle) == PQTRANS_IDLE;
    for (int i = 0; i < 2 && isIdle && ::poll(&said, 1, 0) > 0; ++i) {
        if (!PQconsumeInput(m_handle))
            break;
    }
    if (!m_broken && PQstatus(m_handle) == CONNECTION_OK)
        return {};
    // One try. PQreset itself would block for as long as the network likes.
    qCInfo(lcDb) << "connecting again to" << m_where;
    bool reconnected = false;
    if (PQresetStart(m_handle)) {
        PostgresPollingStatusType state = PGRES_POLLING_WRITING;
        while (!deadline.hasExpired() && !m_interrupted && state != PGRES_POLLING_OK &&
               state != PGRES_POLLING_FAILED) {
            pollfd wait[]{
                {PQsocket(m_handle), short(state == PGRES_POLLING_READING ? POLLIN : POLLOUT), 0},
                {m_wake, POLLIN, 0}};
            if (::poll(wait, 2, int(deadline.remainingTime())) > 0 && wait[0].revents)
                state = PQresetPoll(m_handle);
        }
        reconnected = state == PGRES_POLLING_OK;
    }
    if (!reconnected) {
        m_broken = true;
        if (m_interrupted)
            return base::fail(ErrorKind::Cancelled, u"The question to the database was stopped."_s);
        return connectionLost();
    }
    m_broken = false;
    PQsetnonblocking(m_handle, 1);
    return setUpSession(deadline);
}

base::Status PgExecutor::setUpSession(const QDeadlineTimer& deadline)
{
    if (!m_pooled)
        return listen(deadline); // the rest came with the connection
    // A pooler keeps the zone for each of its clients, as it does for an encoding.
    if (const auto done = simple(u"SET TIME ZONE 'UTC'"_s, deadline); !done)
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

PgExecutor::Stop PgExecutor::waitForAnswer(const QDeadlineTimer& deadline)
{
    int unsent = PQflush(m_handle);
    while (unsent == 1 || PQisBusy(m_handle)) {
        if (m_interrupted)
            return Stop::Interrupted;
        if (deadline.hasExpired())
            return Stop::TimedOut;
        pollfd wait[]{{PQsocket(m_handle), short(POLLIN | (unsent == 1 ? POLLOUT : 0)), 0},
                      {m_wake, POLLIN, 0}};
        // Rounded up, so that the last millisecond does not spin.
        const int ready =
            ::poll(wait, 2, int(std::min<qint64>(deadline.remainingTime() + 1, 60'000)));
        if (ready < 0 && errno != EINTR)
            break;
        if (wait[0].revents && !PQconsumeInput(m_handle))
            break; // lost; PQgetResult says how
        if (unsent == 1)
            unsent = PQflush(m_handle);
    }
    return Stop::None;
}

// Asks the server to stop and waits until it says that it has. PQcancel opens a connection of its
// own and blocks: on a network that swallows packets for minutes, hence the thread.
bool PgExecutor::cancelOnServer()
{
    PGcancel* cancel = PQgetCancel(m_handle);
    if (!cancel)
        return false;
    auto asked = std::make_shared<std::atomic<bool>>(false);
    std::thread([cancel, asked] {
        char message[256];
        PQcancel(cancel, message, sizeof message);
        PQfreeCancel(cancel);
        *asked = true;
    }).detach();

    const QDeadlineTimer grace(kCancelGrace);
    while (!grace.hasExpired()) {
        if (*asked && !PQisBusy(m_handle))
            return true;
        pollfd wait{PQsocket(m_handle), POLLIN, 0};
        // The answer may be there before the thread has noticed, so look often.
        ::poll(&wait, PQisBusy(m_handle) ? 1 : 0, PQisBusy(m_handle) ? 20 : 2);
        PQflush(m_handle);
        if (!PQconsumeInput(m_handle))
            return true; // lost: the end of an answer as well
    }
    return false;
}

base::Result<PgExecutor::ResultPtr> PgExecutor::judged(ResultPtr result, Stop stop)
{
    const ExecStatusType status = PQresultStatus(result.get());
    if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK || status == PGRES_EMPTY_QUERY)
        return result; // also when it was faster than the wish to stop it
    const QString state = QString::fromLatin1(PQresultErrorField(result.get(), PG_DIAG_SQLSTATE));
    if (stop == Stop::Interrupted && state == "57014"_L1)
        return base::fail(ErrorKind::Cancelled, u"The question to the database was stopped."_s);
    if (stop == Stop::TimedOut && state == "57014"_L1)
        return base::fail(ErrorKind::Timeout,
                          u"The database took longer than %1 s, so the question was ended."_s.arg(
                              double(m_deadlineMs) / 1000));
    QString message = QString::fromUtf8(PQresultErrorField(result.get(), PG_DIAG_MESSAGE_PRIMARY));
    if (message.isEmpty())
        message = QString::fromUtf8(PQresultErrorMessage(result.get()));
    return postgresError(state, message, m_where);
}

base::Result<PgExecutor::ResultPtr> PgExecutor::answer(const QDeadlineTimer& deadline)
{
    ResultPtr last;
    Stop stop = Stop::None;
    while (true) {
        if (stop == Stop::None) {
            stop = waitForAnswer(deadline);
            if (stop != Stop::None && !cancelOnServer()) {
                // The server may still be at work: nothing more can be said on this connection.
                m_broken = true;
                return stop == Stop::Interrupted
                           ? base::fail(ErrorKind::Cancelled,
                                        u"The question to the database was stopped."_s)
                           : base::fail(
                                 ErrorKind::Timeout,
                                 u"%1 did not answer within %2 s. Whether the change was made is "
                                 "not known."_s.arg(m_where)
                                     .arg(double(m_deadlineMs) / 1000));
            }
        }
        ResultPtr next(PQgetResult(m_handle));
        if (!next)
            break;
        const ExecStatusType status = PQresultStatus(next.get());
        const bool isError = status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE;
        if (!last || isError || PQresultStatus(last.get()) == PGRES_COMMAND_OK)
            last = std::move(next);
        if (PQstatus(m_handle) != CONNECTION_OK)
            break;
    }
    if (PQstatus(m_handle) != CONNECTION_OK && !last)
        return connectionLost();
    return judged(std::move(last), stop);
}

base::Result<PgExecutor::ResultPtr> PgExecutor::simple(const QString& sql,
                                                       const QDeadlineTimer& deadline)
{
    if (!PQsendQuery(m_handle, sql.toUtf8().constData()))
        return connectionLost();
    return answer(deadline);
}

base::Result<PgExecutor::ResultPtr> PgExecutor::statement(const NamedSql& sql, const Params& params,
                                                          const QDeadlineTimer& deadline)
{
    const PgParams values(sql.names, params);
    if (!PQsendQueryParams(m_handle, sql.numbered.toUtf8().constData(), values.count(),
                           values.types(), values.values(), values.lengths(), values.formats(), 0))
        return connectionLost();
    return answer(deadline);
}

// Puts the rows on the wire; false once the deadline has passed, the person has stopped it, or the
// connection is lost.
bool PgExecutor::sendRows(const QByteArray& rows, const QDeadlineTimer& deadline)
{
    constexpr int kChunk = 1 << 16;
    for (qsizetype from = 0; from < rows.size();) {
        const int size = int(std::min<qsizetype>(kChunk, rows.size() - from));
        const int put = PQputCopyData(m_handle, rows.constData() + from, size);
        if (put < 0)
            return false;
        if (put == 1) {
            from += size;
            continue;
        }
        if (m_interrupted || deadline.hasExpired())
            return false;
        pollfd wait[]{{PQsocket(m_handle), POLLIN | POLLOUT, 0}, {m_wake, POLLIN, 0}};
        ::poll(wait, 2, int(std::min<qint64>(deadline.remainingTime() + 1, 60'000)));
        if (((wait[0].revents & POLLIN) && !PQconsumeInput(m_handle)) || PQflush(m_handle) < 0)
            return false;
    }
    return true;
}

base::Result<std::vector<qint64>> PgExecutor::executeEach(const QString&, const Params&,
                                                          const Table&, std::chrono::milliseconds)
{
    return base::fail(base::ErrorKind::Unsupported,
                      u"A round trip for each row; PostgreSQL takes arrays."_s);
}

base::Status PgExecutor::copyIn(const QString& sql, const QByteArray& rows,
                                std::chrono::milliseconds deadline)
{
    m_interrupted = false;
    m_deadlineMs = deadline.count();
    const QDeadlineTimer until(deadline);
    if (m_transactionLost || PQtransactionStatus(m_handle) != PQTRANS_INTRANS)
        return connectionLost();
    if (!PQsendQuery(m_handle, sql.toUtf8().constData()))
        return connectionLost();
    if (waitForAnswer(until) == Stop::None) {
        ResultPtr ready(PQgetResult(m_handle));
        if (PQresultStatus(ready.get()) != PGRES_COPY_IN) {
            const auto refused = judged(std::move(ready), Stop::None);
            (void)answer(until);
            return refused ? connectionLost() : refused.error();
        }
        const bool sent = sendRows(rows, until);
        PQputCopyEnd(m_handle, sent ? nullptr : "the writer stopped");
    }
    const auto done = answer(until);
    if (PQstatus(m_handle) != CONNECTION_OK)
        m_transactionLost = true;
    if (!done)
        return done.error();
    return {};
}

base::Status PgExecutor::listen(const QDeadlineTimer& deadline)
{
    if (m_channel.isEmpty())
        return {};
    m_mayHaveMissed = true;
    if (const auto done = simple(u"LISTEN \""_s + m_channel + u'"', deadline); !done)
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
        if (m_interrupted || until.hasExpired())
            return false;
        pollfd wait[]{{PQsocket(m_handle), POLLIN, 0}, {m_wake, POLLIN, 0}};
        ::poll(wait, 2, int(std::min<qint64>(until.remainingTime() + 1, 60'000)));
        if (wait[1].revents)
            return false;
        if (wait[0].revents && !PQconsumeInput(m_handle))
            return connectionLost();
    }
    return true;
}

base::Result<Rows> PgExecutor::execute(const QString& sql, const Params& params,
                                       std::chrono::milliseconds deadline)
{
    m_interrupted = false;
    uint64_t stale = 0;
    (void)!::read(m_wake, &stale, sizeof stale);
    m_deadlineMs = deadline.count();
    const QDeadlineTimer until(deadline);

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
        if (const auto begun = simple(u"BEGIN; "_s + m_prologue, until); !begun)
            return begun.error();
    }
    auto result = isBegin && !m_prologue.isEmpty() ? simple(sql + u"; "_s + m_prologue, until)
                                                   : statement(parsed(sql), params, until);
    if (result && isCommit && qstrcmp(PQcmdStatus(result->get()), "ROLLBACK") == 0)
        return base::fail(ErrorKind::Conflict,
                          u"The database took the change back. Nothing was changed."_s);
    const bool isLost = m_broken || PQstatus(m_handle) != CONNECTION_OK;
    m_transactionLost = isLost && inTransaction && !isCommit && sql != "ROLLBACK"_L1;
    if (wrapped && !isLost) {
        m_interrupted = false; // it was for the statement, not for the end of its transaction
        const auto ended =
            simple(result ? u"COMMIT"_s : u"ROLLBACK"_s, QDeadlineTimer(std::chrono::seconds(5)));
        if (result && !ended)
            return ended.error();
    }
    if (!result)
        return result.error();
    return rowsFrom(result->get());
}

} // namespace queuedeck::db
