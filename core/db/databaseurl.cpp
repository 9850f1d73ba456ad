// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/db/databaseurl.h"

#include "core/base/sentence.h"
#include "core/db/fileaddress.h"
#include "core/db/pgaddress.h"

#include <QFileInfo>
#include <QRegularExpression>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace queuedeck::db {

using base::ErrorKind;
using base::Sentence;

namespace {
// Removes what an env file or a provider's "connect" box puts around the address.
base::Result<QString> unwrapped(const QString& text)
{
    static const QRegularExpression before(
        u"^(?:(?:(?:export|set)\\s+)?[A-Za-z_][A-Za-z0-9_]*\\s*=|psql\\s)\\s*"
        "(?=[\"']?(?:(?:jdbc:)?postgres(?:ql)?(?:\\+\\w+)?://|sqlite:|file:))"_s);
    QString inner = text.trimmed();
    if (const auto match = before.match(inner); match.hasMatch())
        inner.remove(0, match.capturedLength());
    for (const QChar quote : {u'"', u'\''}) {
        if (!inner.startsWith(quote))
            continue;
        const qsizetype end = inner.lastIndexOf(quote);
        if (end == 0)
            return base::fail(
                ErrorKind::Invalid,
                Sentence::tr("The database address begins with a quote that does not end. Take "
                             "the quotes of the env file off."));
        return inner.mid(1, end - 1).trimmed();
    }
    return inner;
}

QString shown(const DatabaseUrl::Server& server, bool isSole)
{
    const QString host = server.host.contains(u':') ? u'[' + server.host + u']' : server.host;
    return isSole && server.host.isEmpty() ? QString() : u"%1:%2"_s.arg(host).arg(server.port);
}

base::Error otherAddress(const QString& text)
{
    Sentence known =
        Sentence::tr("The database address must begin with postgresql:// or sqlite:, as in "
                     "postgresql://user:password@host:5432/database or sqlite:/path/jobs.db.");
    static const QRegularExpression ado(u"^\\s*[A-Za-z][A-Za-z ]*=[^;]*;"_s);
    static const QRegularExpression shell(u"^(?:PG[A-Z]+=|psql\\s)"_s);
    if (ado.match(text).hasMatch())
        known += Sentence::tr(" This looks like a list for .NET (Host=…;Username=…).");
    else if (shell.match(text).hasMatch())
        known += Sentence::tr(" This looks like a command line for psql.");
    else if (text.startsWith("prisma"_L1))
        known +=
            Sentence::tr(" This is an address of Prisma's own service, not of a database: take the "
                         "direct one (DIRECT_URL).");
    return base::fail(ErrorKind::Invalid, known);
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
    const auto address = unwrapped(text);
    if (!address)
        return address.error();
    if (isPostgresUrl(*address))
        return parsePostgresUrl(*address);
    if (isFileAddress(*address))
        return parseFileAddress(*address);
    if (isKeywordList(*address))
        return parseKeywordList(*address);
    return otherAddress(*address);
}

base::Result<QString> DatabaseUrl::withTable(const QString& text, const QString& schema,
                                             const QString& table)
{
    const auto address = unwrapped(text);
    if (!address)
        return address.error();
    const auto encoded = [](const QString& name) {
        return QString::fromLatin1(QUrl::toPercentEncoding(name));
    };
    if (isKeywordList(*address))
        return base::fail(
            ErrorKind::Unsupported,
            Sentence::tr("Keywords (host=…) cannot name the table. Write the address as "
                         "postgresql://user:password@host/database?schema=%1&table=%2.")
                .arg(encoded(schema), encoded(table)));
    static const QRegularExpression key(
        u"(?<=[?&])(?:schema|currentSchema|search_path|table)=[^&]*&?"_s);
    QString named = *address;
    named.remove(key);
    while (named.endsWith(u'&') || named.endsWith(u'?'))
        named.chop(1);
    named += named.contains(u'?') ? u'&' : u'?';
    if (isPostgresUrl(named))
        named += u"schema="_s + encoded(schema) + u'&';
    named += u"table="_s + encoded(table);
    const auto url = parse(named);
    if (!url)
        return url.error();
    if (url->table != table || (url->dialect == Dialect::Postgres && url->schema != schema))
        return base::fail(ErrorKind::Invalid,
                          Sentence::tr("The address names a schema in a way that cannot be "
                                       "replaced here. Write the address "
                                       "without it."));
    return named;
}

bool DatabaseUrl::isThere() const
{
    return dialect == Dialect::Sqlite && QFileInfo::exists(path);
}

QVector<DatabaseUrl::Server> DatabaseUrl::servers() const
{
    return QVector<Server>{{host, port}} + standIns;
}

QString DatabaseUrl::display() const
{
    if (dialect == Dialect::Sqlite)
        return u"sqlite:"_s + path;
    QString text = u"postgresql://"_s + user;
    if (!password.isEmpty())
        text += u":•••"_s;
    if (!text.endsWith(u'/'))
        text += u'@';
    QStringList at;
    for (const Server& server : servers())
        at += shown(server, standIns.isEmpty());
    QStringList keys;
    if (isSocket() && standIns.isEmpty()) {
        at.clear();
        keys += u"host="_s + host;
        if (port != 5432)
            keys += u"port=%1"_s.arg(port);
    }
    if (schema != "public"_L1)
        keys += u"schema="_s + schema;
    text += at.join(u',') + u'/' + database;
    return keys.isEmpty() ? text : text + u'?' + keys.join(u'&');
}

QString DatabaseUrl::name() const
{
    return dialect == Dialect::Sqlite ? QFileInfo(path).fileName() : database;
}

} // namespace queuedeck::db
