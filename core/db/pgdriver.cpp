// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/db/pgdriver.h"

#include "core/db/pgwire.h"

#include <QSqlError>
#include <QSqlResult>

#include <libpq-fe.h>

namespace queuedeck::db {

namespace {
/// Rows of a statement that was sent as text, as strings.
class Answer final : public QSqlResult
{
public:
    Answer(const QSqlDriver* driver, pg_conn* handle)
        : QSqlResult(driver)
        , m_handle(handle)
    {
    }

protected:
    bool reset(const QString& query) override
    {
        setAt(QSql::BeforeFirstRow);
        m_rows.reset(PQexec(m_handle, query.toUtf8().constData()));
        const ExecStatusType status = PQresultStatus(m_rows.get());
        setSelect(status == PGRES_TUPLES_OK);
        setActive(isSelect() || status == PGRES_COMMAND_OK);
        if (!isActive())
            setLastError(QSqlError(QString(), QString::fromUtf8(PQerrorMessage(m_handle)),
                                   QSqlError::StatementError));
        return isActive();
    }
    bool fetch(int row) override
    {
        const bool isThere = row >= 0 && row < size();
        setAt(isThere ? row : row < 0 ? int(QSql::BeforeFirstRow) : int(QSql::AfterLastRow));
        return isThere;
    }
    bool fetchFirst() override { return fetch(0); }
    bool fetchLast() override { return fetch(size() - 1); }
    int size() override { return isSelect() ? PQntuples(m_rows.get()) : -1; }
    int numRowsAffected() override { return QByteArray(PQcmdTuples(m_rows.get())).toInt(); }
    bool isNull(int column) override { return PQgetisnull(m_rows.get(), at(), column); }
    QVariant data(int column) override
    {
        if (isNull(column))
            return {};
        return QString::fromUtf8(PQgetvalue(m_rows.get(), at(), column),
                                 PQgetlength(m_rows.get(), at(), column));
    }

private:
    pg_conn* m_handle;
    PgResult m_rows;
};
} // namespace

PgDriver::PgDriver(DatabaseUrl url, const PgSession& session)
    : m_url(std::move(url))
    , m_session(session)
{
}

PgDriver::~PgDriver() = default;

bool PgDriver::open(const QString&, const QString&, const QString&, const QString&, int,
                    const QString&)
{
    close();
    auto handle = connectPostgres(m_url, m_session);
    if (!handle)
        m_error = handle.error();
    else
        m_handle = std::move(*handle);
    setOpen(m_handle != nullptr);
    setOpenError(!isOpen());
    if (!isOpen())
        setLastError(QSqlError(QString(), m_error.detail, QSqlError::ConnectionError));
    return isOpen();
}

void PgDriver::close()
{
    m_handle.reset();
    setOpen(false);
    setOpenError(false);
}

QVariant PgDriver::handle() const
{
    return QVariant::fromValue(m_handle.get());
}

bool PgDriver::hasFeature(DriverFeature feature) const
{
    return feature == Transactions || feature == QuerySize || feature == Unicode ||
           feature == MultipleResultSets;
}

QSqlResult* PgDriver::createResult() const
{
    return new Answer(this, m_handle.get());
}

bool PgDriver::run(const char* statement)
{
    const PgResult done(PQexec(m_handle.get(), statement));
    return PQresultStatus(done.get()) == PGRES_COMMAND_OK;
}

} // namespace queuedeck::db
