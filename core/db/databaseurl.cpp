// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/db/databaseurl.h"

#include <QDir>
#include <QFileInfo>
#include <QUrl>
#include <QUrlQuery>

using namespace Qt::StringLiterals;

namespace queuedeck::db {

using base::ErrorKind;

namespace {
base::Result<int> wholeNumber(const QString& key, const QString& text, int least, int most)
{
    bool ok = false;
    const int value = text.toInt(&ok);
    if (!ok || value < least || value > most)
        return base::fail(
            ErrorKind::Invalid,
            u"%1=%2 in the database address is not a whole number from %3 to %4."_s.arg(key, text)
                .arg(least)
                .arg(most));
    return value;
}

base::Status applyOption(DatabaseUrl& url, const QString& key, const QString& value)
{
    static const QStringList sslModes{u"disable"_s, u"allow"_s,     u"prefer"_s,
                                      u"require"_s, u"verify-ca"_s, u"verify-full"_s};
    // Prisma's pool size and time-outs and libpq's label mean nothing to a connection of ours.
    static const QStringList ignored{u"connection_limit"_s, u"pool_timeout"_s, u"socket_timeout"_s,
                                     u"application_name"_s, u"statement_cache_size"_s};
    if (key == "schema"_L1) {
        url.schema = value;
    } else if (key == "table"_L1) {
        url.table = value;
    } else if (key == "sslmode"_L1) {
        if (!sslModes.contains(value))
            return base::fail(ErrorKind::Invalid,
                              u"sslmode=%1 is none of %2."_s.arg(value, sslModes.join(u", "_s)));
        url.sslMode = value;
    } else if (key == "connect_timeout"_L1) {
        const auto seconds = wholeNumber(key, value, 1, 300);
        if (!seconds)
            return seconds.error();
        url.connectTimeout = *seconds;
    } else if (key == "pgbouncer"_L1) {
        url.pooled = value == "true"_L1;
    } else if (!ignored.contains(key)) {
        return base::fail(ErrorKind::Denied,
                          u"The database address has the key \"%1\", which is not accepted. "
                          "Known keys: schema, sslmode, connect_timeout, pgbouncer."_s.arg(key));
    }
    return {};
}

base::Result<DatabaseUrl> parsePostgres(const QString& text)
{
    const QUrl parsed(text, QUrl::StrictMode);
    if (!parsed.isValid())
        return base::fail(ErrorKind::Invalid,
                          u"The database address cannot be read. Write it as "
                          "postgresql://user:password@host:5432/database; special characters of "
                          "the password are written as %XX."_s);
    DatabaseUrl url;
    url.dialect = Dialect::Postgres;
    url.host = parsed.host(QUrl::FullyDecoded);
    url.port = parsed.port(5432);
    url.user = parsed.userName(QUrl::FullyDecoded);
    url.password = parsed.password(QUrl::FullyDecoded);
    url.database = parsed.path(QUrl::FullyDecoded).mid(1);
    if (url.host.isEmpty() || url.database.isEmpty())
        return base::fail(ErrorKind::Invalid,
                          u"The database address lacks the %1, as in "
                          "postgresql://user:password@host:5432/database."_s.arg(
                              url.host.isEmpty() ? u"host"_s : u"database"_s));
    const QUrlQuery query(parsed);
    for (const auto& [key, value] : query.queryItems(QUrl::FullyDecoded)) {
        if (const base::Status status = applyOption(url, key, value); !status)
            return status.error();
    }
    return url;
}
} // namespace

DatabaseUrl DatabaseUrl::sqliteFile(const QString& path)
{
    DatabaseUrl url;
    url.path = QFileInfo(path).absoluteFilePath();
    return url;
}

base::Result<DatabaseUrl> DatabaseUrl::parse(const QString& text)
{
    const QString trimmed = text.trimmed();
    if (trimmed.startsWith("postgresql://"_L1) || trimmed.startsWith("postgres://"_L1))
        return parsePostgres(trimmed);
    for (const QLatin1String scheme : {"sqlite:"_L1, "file:"_L1}) {
        if (!trimmed.startsWith(scheme))
            continue;
        QString path = trimmed.mid(scheme.size());
        if (path.startsWith("//"_L1))
            path.remove(0, 2);
        path = path.section(u'?', 0, 0);
        if (path.isEmpty())
            return base::fail(ErrorKind::Invalid,
                              u"The database address names no file, as in sqlite:/path/jobs.db."_s);
        return sqliteFile(path);
    }
    return base::fail(ErrorKind::Invalid,
                      u"The database address must begin with postgresql:// or sqlite:, as in "
                      "postgresql://user:password@host:5432/database or sqlite:/path/jobs.db."_s);
}

QString DatabaseUrl::display() const
{
    if (dialect == Dialect::Sqlite)
        return u"sqlite:"_s + path;
    QString text = u"postgresql://"_s + user;
    if (!password.isEmpty())
        text += u":•••"_s;
    return text + u"@%1:%2/%3"_s.arg(host).arg(port).arg(database);
}

QString DatabaseUrl::name() const
{
    return dialect == Dialect::Sqlite ? QFileInfo(path).fileName() : database;
}

} // namespace queuedeck::db
