// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/db/pgexecutor.h"

#include "core/base/logging.h"
#include "core/db/pgdriver.h"

#include <libpq-fe.h>

using namespace Qt::StringLiterals;

namespace queuedeck::db {

using base::ErrorKind;
using base::Sentence;

namespace {
constexpr std::chrono::seconds kConnectAgain{5};
constexpr std::chrono::seconds kEnd{5}; // to end a transaction
constexpr int kMostParsedStatements = 500;
constexpr unsigned int kByteaOid = 17;

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

base::Result<std::unique_ptr<Executor>> PgExecutor::open(const DatabaseUrl& url, OpenMode mode)
{
    auto session = std::make_unique<PgSession>(url, mode);
    auto* const driver = new PgDriver(url, *session);
    Registered database(driver);
    if (!database->open())
        return driver->error();
    std::unique_ptr<PgExecutor> executor(
        new PgExecutor(url, mode, std::move(session), std::move(database)));
    if (const base::Status ready =
            executor->setUpSession(QDeadlineTimer(std::chrono::seconds(url.connectTimeout)));
        !ready)
        return ready.error();
    return executor;
}

PgExecutor::PgExecutor(const DatabaseUrl& url, OpenMode mode, std::unique_ptr<PgSession> session,
                       Registered database)
    : m_where(url.display())
    , m_isSaidToBeShared(url.pooled)
    , m_wantsWriter(mode != OpenMode::ReadOnly)
    , m_session(std::move(session))
    , m_database(std::move(database))
    , m_handle(m_database->driver()->handle().value<pg_conn*>())
    , m_wire(m_handle, m_where)
{
}

base::Status PgExecutor::ensureConnected(const QDeadlineTimer& deadline)
{
    const bool isAlive = m_wire.isAlive();
    if (isAlive && m_isReady)
        return {};
    if (!isAlive) {
        m_isReady = false;
        qCInfo(lcDb) << "connecting again to" << m_where;
        if (const base::Status again = m_wire.reconnect(deadline); !again)
            return again;
    }
    return setUpSession(deadline);
}

base::Status PgExecutor::setUpSession(const QDeadlineTimer& deadline)
{
    m_prologue.clear();
    const auto found = ask(deadline);
    if (!found)
        return found.error();
    // A pooler reports process ids of its own, and may use another session for each statement.
    const auto next = ask(deadline);
    if (!next)
        return next.error();
    m_isOurs = !m_isSaidToBeShared && found->hasOurMark && next->hasOurMark &&
               found->process == PQbackendPID(m_handle) && next->process == found->process;
    if (!m_isOurs || !found->wrong.isEmpty()) {
        m_prologue = m_session->prologue();
        if (const base::Status good = checkPrologue(deadline); !good)
            return good;
        qCInfo(lcDb).noquote() << m_where << (m_isOurs ? "our own session," : "through a pooler,")
                               << "settings in each transaction" << found->wrong.join(u", "_s);
    }
    if (m_isOurs) {
        if (const base::Status done = m_wire.prepareStatements(deadline); !done)
            return done;
        if (const base::Status done = listen(deadline); !done)
            return done;
    }
    m_isReady = true;
    return {};
}

base::Result<PgSession::Finding> PgExecutor::ask(const QDeadlineTimer& deadline)
{
    const auto answer = m_wire.simple(m_session->question(), deadline);
    if (!answer)
        return answer.error();
    return m_session->judge(rowsFrom(answer->get()));
}

// Whether settings made at the start of a transaction hold until its end.
base::Status PgExecutor::checkPrologue(const QDeadlineTimer& deadline)
{
    const base::Status begun = open(m_session->beginWrite(), deadline);
    const auto first = begun ? ask(deadline) : base::Result<PgSession::Finding>(begun.error());
    const auto last = first ? ask(deadline) : first;
    if (isOpen())
        (void)close(u"ROLLBACK"_s);
    if (!last && !m_wire.isUsable()) // earlier queries succeeded
        return base::fail(
            ErrorKind::Denied,
            Sentence::tr(
                "%1 closed the connection when a transaction began. A pooler that gives each "
                "statement to a different session (statement pooling) does so. Use one in "
                "transaction or session mode, or the database directly.")
                .arg(m_where));
    if (!last)
        return last.error();
    QStringList wrong = first->wrong + last->wrong;
    if (first->process != last->process)
        wrong += Sentence::tr("two statements of one transaction went to two sessions");
    wrong.removeDuplicates();
    if (wrong.isEmpty())
        return {};
    return base::fail(
        ErrorKind::Denied,
        Sentence::tr(
            "The connection to %1 is not safe to use, so nothing was done: %2. Something between "
            "here "
            "and the database changes what is sent to it. Connect to the database directly.")
            .arg(m_where, wrong.join(u"; "_s)));
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
    if (const base::Status good = checkTransaction(); !good)
        return good;
    return m_wire.copyIn(sql, next, until);
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
    if (const base::Status ready = ensureConnected(QDeadlineTimer(kConnectAgain)); !ready)
        return ready.error();
    if (!m_isOurs)
        return base::fail(ErrorKind::Unsupported, Sentence::tr("A pooler passes no notices on."));
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

base::Status PgExecutor::checkTransaction() const
{
    if (!m_inTransaction || m_wire.isUsable())
        return {};
    return base::fail(
        ErrorKind::Unreachable,
        Sentence::tr(
            "The connection to %1 was lost. The database has rolled back the unfinished change.")
            .arg(m_where));
}

// Runs `begin` and the settings that each transaction needs here.
base::Status PgExecutor::open(const QString& begin, const QDeadlineTimer& deadline)
{
    const auto begun =
        m_wire.simple(m_prologue.isEmpty() ? begin : begin + u"; "_s + m_prologue, deadline);
    if (begun)
        return {};
    if (isOpen()) // but the settings were rejected
        (void)close(u"ROLLBACK"_s);
    return begun.error();
}

bool PgExecutor::isOpen() const
{
    return m_wire.isUsable() && PQtransactionStatus(m_handle) != PQTRANS_IDLE;
}

// An interruption was meant for the statement, not for the end of its transaction.
base::Status PgExecutor::close(const QString& end)
{
    m_wire.goOn();
    const auto done = m_wire.simple(end, QDeadlineTimer(kEnd));
    return done ? base::Status() : base::Status(done.error());
}

base::Status PgExecutor::begin(TransactionKind kind, std::chrono::milliseconds deadline)
{
    const QDeadlineTimer until = m_wire.begin(deadline);
    if (const base::Status ready = ensureConnected(until); !ready)
        return ready;
    const base::Status begun = open(kind == TransactionKind::Snapshot
                                        ? u"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"_s
                                        : m_session->beginWrite(),
                                    until);
    m_inTransaction = bool(begun);
    return begun;
}

base::Status PgExecutor::commit(std::chrono::milliseconds deadline)
{
    const QDeadlineTimer until = m_wire.begin(deadline);
    if (const base::Status good = checkTransaction(); !good)
        return good;
    const auto done = m_wire.simple(u"COMMIT"_s, until);
    if (!done)
        return done.error();
    m_inTransaction = false;
    if (qstrcmp(PQcmdStatus(done->get()), "ROLLBACK") == 0)
        return base::fail(
            ErrorKind::Conflict,
            Sentence::tr("The database rolled the change back. Nothing was changed."));
    return {};
}

void PgExecutor::rollback(std::chrono::milliseconds deadline)
{
    m_wire.begin(deadline);
    m_inTransaction = false;
    if (isOpen())
        (void)close(u"ROLLBACK"_s);
}

base::Result<Rows> PgExecutor::execute(const QString& sql, const Params& params, const Table* given,
                                       std::chrono::milliseconds deadline)
{
    if (given)
        return base::fail(ErrorKind::Unsupported,
                          Sentence::tr("PostgreSQL is given arrays, no tables."));
    const QDeadlineTimer until = m_wire.begin(deadline);
    if (const base::Status ready = m_inTransaction ? checkTransaction() : ensureConnected(until);
        !ready)
        return ready.error();
    const bool isWrapped = !m_inTransaction && !m_prologue.isEmpty();
    if (isWrapped) {
        if (const base::Status begun = open(m_session->beginWrite(), until); !begun)
            return begun.error();
    }
    const auto result = m_wire.statement(parsed(sql), params, until);
    // A read-only server may be a demoted primary: reconnecting finds its successor.
    if (!result && m_wantsWriter && m_wire.state() == "25006"_L1)
        m_wire.giveUp();
    if (isWrapped && isOpen()) {
        const base::Status ended = close(result ? u"COMMIT"_s : u"ROLLBACK"_s);
        if (result && !ended)
            return ended.error();
    }
    if (!result)
        return result.error();
    return rowsFrom(result->get());
}

} // namespace queuedeck::db
