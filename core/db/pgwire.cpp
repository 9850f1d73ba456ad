// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/db/pgwire.h"

#include "core/base/logging.h"
#include "core/base/sentence.h"
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
using base::Sentence;

namespace {
/// How long the server may take to confirm that it has stopped a statement.
constexpr auto kCancelGrace = std::chrono::milliseconds(400);

void logNotice(void*, const PGresult* notice)
{
    qCDebug(lcDb, "%s", PQresultErrorField(notice, PG_DIAG_MESSAGE_PRIMARY));
}

base::Error stopped()
{
    return base::fail(ErrorKind::Cancelled, Sentence::tr("The query was stopped."));
}

// SQLSTATEs for: no such prepared statement, the name is already taken, or the tables' columns have
// changed since.
constexpr auto kNameIsUnknown = "26000"_L1, kNameIsTaken = "42P05"_L1, kIsStale = "0A000"_L1;

bool isOfPreparing(const QString& state)
{
    return state == kNameIsUnknown || state == kNameIsTaken || state == kIsStale;
}
} // namespace

int PgWire::pollTime(const QDeadlineTimer& deadline)
{
    return int(std::min<qint64>(deadline.remainingTime() + 1, 60'000));
}

void PgResultDeleter::operator()(pg_result* result) const
{
    PQclear(result);
}

PgWire::PgWire(pg_conn* handle, QString where)
    : m_handle(handle)
    , m_where(std::move(where))
    , m_wake(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC))
{
    PQsetNoticeReceiver(m_handle, &logNotice, nullptr);
    PQsetnonblocking(m_handle, 1);
}

PgWire::~PgWire()
{
    ::close(m_wake);
}

QDeadlineTimer PgWire::begin(std::chrono::milliseconds deadline)
{
    m_interrupted = false;
    uint64_t stale = 0;
    (void)!::read(m_wake, &stale, sizeof stale);
    m_deadlineMs = deadline.count();
    return QDeadlineTimer(deadline);
}

void PgWire::interrupt()
{
    m_interrupted = true;
    const uint64_t one = 1;
    (void)!::write(m_wake, &one, sizeof one);
}

base::Error PgWire::connectionLost() const
{
    return postgresError({}, QString::fromUtf8(PQerrorMessage(m_handle)), m_where);
}

bool PgWire::isUsable() const
{
    return !m_broken && PQstatus(m_handle) == CONNECTION_OK;
}

bool PgWire::isAlive()
{
    // A server that went away while idle has left a last message or a closed socket.
    pollfd said{PQsocket(m_handle), POLLIN, 0};
    const bool isIdle = PQtransactionStatus(m_handle) == PQTRANS_IDLE;
    for (int i = 0; i < 2 && isIdle && ::poll(&said, 1, 0) > 0; ++i) {
        if (!PQconsumeInput(m_handle))
            break;
    }
    return isUsable();
}

// One attempt. PQreset could block for as long as the network does.
base::Status PgWire::reconnect(const QDeadlineTimer& deadline)
{
    m_broken = true;
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
        m_broken = state != PGRES_POLLING_OK;
    }
    if (m_broken)
        return m_interrupted ? stopped() : connectionLost();
    PQsetnonblocking(m_handle, 1);
    m_prepared.forbid(); // until allowed for the new session
    return {};
}

base::Result<bool> PgWire::listenOnce(const QDeadlineTimer& deadline)
{
    if (m_interrupted || deadline.hasExpired())
        return false;
    pollfd wait[]{{PQsocket(m_handle), POLLIN, 0}, {m_wake, POLLIN, 0}};
    ::poll(wait, 2, pollTime(deadline));
    if (wait[1].revents)
        return false;
    if (wait[0].revents && !PQconsumeInput(m_handle))
        return connectionLost();
    return true;
}

PgWire::Stop PgWire::waitForAnswer(const QDeadlineTimer& deadline)
{
    int unsent = PQflush(m_handle);
    while (unsent == 1 || PQisBusy(m_handle)) {
        if (m_interrupted)
            return Stop::Interrupted;
        if (deadline.hasExpired())
            return Stop::TimedOut;
        pollfd wait[]{{PQsocket(m_handle), short(POLLIN | (unsent == 1 ? POLLOUT : 0)), 0},
                      {m_wake, POLLIN, 0}};
        const int ready = ::poll(wait, 2, pollTime(deadline));
        if (ready < 0 && errno != EINTR)
            break;
        if (wait[0].revents && !PQconsumeInput(m_handle))
            break; // lost; PQgetResult says how
        if (unsent == 1)
            unsent = PQflush(m_handle);
    }
    return Stop::None;
}

// Asks the server to cancel and waits for its confirmation. PQcancel opens a connection of its own
// and can block for minutes on a network that drops packets, hence the thread.
bool PgWire::cancelOnServer()
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
        // The result may arrive before the thread is done, so check often.
        ::poll(&wait, PQisBusy(m_handle) ? 1 : 0, PQisBusy(m_handle) ? 20 : 2);
        PQflush(m_handle);
        if (!PQconsumeInput(m_handle))
            return true; // the connection is lost, which ends the result as well
    }
    return false;
}

base::Result<PgResult> PgWire::judged(PgResult result, Stop stop)
{
    const ExecStatusType status = PQresultStatus(result.get());
    if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK || status == PGRES_EMPTY_QUERY)
        return result; // even if a cancel was requested: it finished first
    const QString state = QString::fromLatin1(PQresultErrorField(result.get(), PG_DIAG_SQLSTATE));
    m_state = state;
    if (stop == Stop::Interrupted && state == "57014"_L1)
        return stopped();
    if (stop == Stop::TimedOut && state == "57014"_L1)
        return base::fail(
            ErrorKind::Timeout,
            Sentence::tr("The database took longer than %1 s, so the query was cancelled.")
                .arg(double(m_deadlineMs) / 1000));
    QString message = QString::fromUtf8(PQresultErrorField(result.get(), PG_DIAG_MESSAGE_PRIMARY));
    if (message.isEmpty())
        message = QString::fromUtf8(PQresultErrorMessage(result.get()));
    return postgresError(state, message, m_where);
}

base::Result<PgResult> PgWire::answer(const QDeadlineTimer& deadline)
{
    PgResult last;
    Stop stop = Stop::None;
    m_state.clear();
    while (true) {
        if (stop == Stop::None) {
            stop = waitForAnswer(deadline);
            if (stop != Stop::None && !cancelOnServer()) {
                // The server may still be working: this connection can no longer be used.
                m_broken = true;
                return stop == Stop::Interrupted
                           ? stopped()
                           : base::fail(ErrorKind::Timeout,
                                        Sentence::tr("%1 did not answer within %2 s. Whether the "
                                                     "change was made is "
                                                     "not known.")
                                            .arg(m_where)
                                            .arg(double(m_deadlineMs) / 1000));
            }
        }
        PgResult next(PQgetResult(m_handle));
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

base::Result<PgResult> PgWire::simple(const QString& sql, const QDeadlineTimer& deadline)
{
    if (!PQsendQuery(m_handle, sql.toUtf8().constData()))
        return connectionLost();
    return answer(deadline);
}

base::Result<PgResult> PgWire::statement(const NamedSql& sql, const Params& params,
                                         const QDeadlineTimer& deadline)
{
    const PgParams values(sql.names, params);
    const PGTransactionStatusType state = PQtransactionStatus(m_handle);
    if (state == PQTRANS_INERROR || !m_prepared.isWorthIt(sql.numbered))
        return sendWhole(sql, values, deadline);
    auto done = sendPrepared(sql, values, deadline);
    if (done || !isOfPreparing(m_state))
        return done;
    // It was rejected before it ran. Either the tables were altered, or a pooler between us and the
    // server switches sessions.
    qCInfo(lcDb).noquote() << "no more prepared statements on" << m_where << m_state;
    m_prepared.forbid();
    return state == PQTRANS_IDLE ? sendWhole(sql, values, deadline) : std::move(done);
}

base::Result<PgResult> PgWire::sendWhole(const NamedSql& sql, const PgParams& values,
                                         const QDeadlineTimer& deadline)
{
    if (!PQsendQueryParams(m_handle, sql.numbered.toUtf8().constData(), values.count(),
                           values.types(), values.values(), values.lengths(), values.formats(), 0))
        return connectionLost();
    return answer(deadline);
}

base::Result<PgResult> PgWire::sendPrepared(const NamedSql& sql, const PgParams& values,
                                            const QDeadlineTimer& deadline)
{
    PgPrepared::Statement& known = m_prepared.statement(sql.numbered);
    if (!known.isOnServer) {
        if (!PQsendPrepare(m_handle, known.name.constData(), sql.numbered.toUtf8().constData(),
                           values.count(), values.types()))
            return connectionLost();
        if (auto done = answer(deadline); !done)
            return done;
        known.isOnServer = true;
    }
    if (!PQsendQueryPrepared(m_handle, known.name.constData(), values.count(), values.values(),
                             values.lengths(), values.formats(), 0))
        return connectionLost();
    return answer(deadline);
}

base::Status PgWire::prepareStatements(const QDeadlineTimer& deadline)
{
    if (PQserverVersion(m_handle) < 120'000) // it has no plan_cache_mode
        return {};
    if (const auto done = simple(Sentence::tr("SET plan_cache_mode = force_custom_plan"), deadline);
        !done)
        return done.error();
    m_prepared.allow();
    return {};
}

} // namespace queuedeck::db
