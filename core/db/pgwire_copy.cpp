// SPDX-License-Identifier: GPL-3.0-or-later
// COPY … FROM STDIN.
#include "core/db/pgwire.h"

#include <libpq-fe.h>
#include <poll.h>

namespace queuedeck::db {

// Sends the rows; false on a passed deadline, an interruption or a lost connection.
bool PgWire::sendRows(const QByteArray& rows, const QDeadlineTimer& deadline)
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
        ::poll(wait, 2, pollTime(deadline));
        if (((wait[0].revents & POLLIN) && !PQconsumeInput(m_handle)) || PQflush(m_handle) < 0)
            return false;
    }
    return true;
}

base::Status PgWire::copyIn(const QString& sql, const RowSource& next,
                            const QDeadlineTimer& deadline)
{
    if (!PQsendQuery(m_handle, sql.toUtf8().constData()))
        return connectionLost();
    if (waitForAnswer(deadline) == Stop::None) {
        PgResult ready(PQgetResult(m_handle));
        if (PQresultStatus(ready.get()) != PGRES_COPY_IN) {
            const auto refused = judged(std::move(ready), Stop::None);
            (void)answer(deadline);
            return refused ? connectionLost() : refused.error();
        }
        bool sent = true;
        for (QByteArray rows = next(); sent && !rows.isEmpty(); rows = next())
            sent = sendRows(rows, deadline);
        PQputCopyEnd(m_handle, sent ? nullptr : "the writer stopped");
    }
    if (const auto done = answer(deadline); !done)
        return done.error();
    return {};
}

} // namespace queuedeck::db
