// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/db/pgconnect.h"

#include "core/db/sqlerror.h"

#include <QSqlDriver>
#include <QSqlError>

#include <cstring>

using namespace Qt::StringLiterals;

namespace queuedeck::db {

using base::ErrorKind;

namespace {
// As a value in libpq's key='value' list.
QString quoted(QString value)
{
    value.replace(u'\\', u"\\\\"_s).replace(u'\'', u"\\'"_s);
    return u'\'' + value + u'\'';
}

QString sessionOptions(const DatabaseUrl& url, OpenMode mode)
{
    // The server splits this text at blanks that have no backslash.
    QString schema = url.schema;
    schema.replace(u'"', u"\"\""_s).replace(u'\\', u"\\\\"_s).replace(u' ', u"\\ "_s);
    QString options =
        u"-c timezone=UTC -c client_min_messages=warning -c search_path=\"%1\""_s.arg(schema);
    if (mode == OpenMode::ReadOnly)
        options += u" -c default_transaction_read_only=on"_s;
    return options;
}

QString connectOptions(const DatabaseUrl& url, OpenMode mode, bool pooled)
{
    QStringList options{u"connect_timeout=%1"_s.arg(url.connectTimeout),
                        u"application_name=queuedeck/" QUEUEDECK_VERSION ""_s,
                        u"client_encoding=UTF8"_s, u"keepalives_idle=30"_s};
    if (!url.sslMode.isEmpty())
        options += u"sslmode="_s + url.sslMode;
    if (!pooled)
        options += u"options="_s + quoted(sessionOptions(url, mode));
    return options.join(u';');
}
} // namespace

base::Result<PgConnection> connectPostgres(const DatabaseUrl& url, OpenMode mode,
                                           const QString& name, QSqlDatabase& database)
{
    if (url.schema.contains(u';')) // QtSql's separator of options
        return base::fail(
            ErrorKind::Invalid,
            u"The schema's name \"%1\" holds a semicolon, which cannot be used."_s.arg(url.schema));
    database = QSqlDatabase::addDatabase(u"QPSQL"_s, name);
    if (!database.isValid())
        return base::fail(ErrorKind::Unsupported,
                          u"Qt's PostgreSQL driver is missing. Install the package "
                          "libqt6sql6-psql."_s);
    database.setHostName(url.host);
    database.setPort(url.port);
    database.setDatabaseName(url.database);
    database.setUserName(url.user);
    database.setPassword(url.password);

    bool pooled = url.pooled;
    database.setConnectOptions(connectOptions(url, mode, pooled));
    bool isOpen = database.open();
    if (!isOpen && !pooled &&
        database.lastError().databaseText().contains("unsupported startup parameter"_L1)) {
        pooled = true;
        database.setConnectOptions(connectOptions(url, mode, pooled));
        isOpen = database.open();
    }
    if (!isOpen)
        return postgresError({}, database.lastError().databaseText(), url.display());

    const QVariant handle = database.driver()->handle();
    if (std::strcmp(handle.typeName(), "pg_conn*") != 0)
        return base::fail(ErrorKind::Internal,
                          u"Qt's PostgreSQL driver gave no libpq connection but %1."_s.arg(
                              QLatin1StringView(handle.typeName())));
    return PgConnection{*static_cast<pg_conn* const*>(handle.constData()), pooled};
}

} // namespace queuedeck::db
