// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/db/pgaddress.h"

#include "core/base/sentence.h"
#include "core/db/addresskeys.h"
#include "core/db/addresstext.h"

#include <QRegularExpression>
#include <QUrl>

#include <libpq-fe.h>

using namespace Qt::StringLiterals;

namespace queuedeck::db {

using base::ErrorKind;
using base::Sentence;

namespace {
const QRegularExpression& scheme()
{
    static const QRegularExpression pattern(u"^(?:jdbc:)?postgres(?:ql)?(?:\\+[a-z0-9_]+)?://"_s,
                                            QRegularExpression::CaseInsensitiveOption);
    return pattern;
}

base::Status readUser(DatabaseUrl& url, QStringView text)
{
    const qsizetype colon = text.indexOf(u':');
    const auto user = decoded(colon < 0 ? text : text.first(colon));
    const auto password = decoded(colon < 0 ? QStringView() : text.sliced(colon + 1));
    if (!user || !password)
        return unreadableAddress();
    static const QRegularExpression placeholder(u"^[\\[<{].*pass.*[\\]>}]$"_s,
                                                QRegularExpression::CaseInsensitiveOption);
    if (placeholder.match(*password).hasMatch())
        return base::fail(ErrorKind::Invalid,
                          Sentence::tr("The database address still has the placeholder "
                                       "where the password belongs."));
    url.user = *user;
    url.password = *password;
    return {};
}

// name, name:5432, [::1]:5432, %2Fvar%2Frun%2Fpostgresql
base::Result<DatabaseUrl::Server> readServer(QStringView text)
{
    static const QRegularExpression pattern(
        u"^(?:\\[([0-9A-Fa-f:.]+(?:%[0-9A-Za-z]+)?)\\]|([^:\\[\\]]*))"
        "(?::([0-9]{1,5}))?$"_s);
    static const QRegularExpression name(u"^[\\p{L}\\p{N}._-]*$"_s);
    static const QRegularExpression bareIPv6(u"^[0-9A-Fa-f]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*$"_s);
    const auto match = pattern.match(text.toString());
    if (!match.hasMatch() && bareIPv6.match(text.toString()).hasMatch())
        return base::fail(ErrorKind::Invalid,
                          Sentence::tr("The database address has an IPv6 address without "
                                       "brackets. Write it as [::1]:5432."));
    if (!match.hasMatch())
        return unreadableAddress();
    DatabaseUrl::Server server;
    if (match.hasCaptured(3)) {
        server.port = match.captured(3).toInt();
        if (server.port < 1 || server.port > 65'535)
            return unreadableAddress();
    }
    if (!match.captured(1).isEmpty()) {
        server.host = match.captured(1);
        server.host.replace(u"%25"_s, u"%"_s);
        return server;
    }
    const auto host = decoded(match.captured(2));
    if (!host || !(host->startsWith(u'/') || name.match(*host).hasMatch()))
        return unreadableAddress();
    const bool isAscii =
        std::all_of(host->cbegin(), host->cend(), [](QChar c) { return c.unicode() < 0x80; });
    server.host = isAscii ? *host : QString::fromLatin1(QUrl::toAce(*host));
    return server;
}

base::Status readServers(DatabaseUrl& url, QStringView text)
{
    QVector<DatabaseUrl::Server> servers;
    for (const QStringView each : text.split(u',')) {
        const auto server = readServer(each);
        if (!server)
            return server.error();
        if (server->host.isEmpty() && text.contains(u','))
            return unreadableAddress();
        servers += *server;
    }
    url.host = servers.front().host;
    url.port = servers.front().port;
    url.standIns = servers.mid(1);
    return {};
}

base::Status readQuery(AddressKeys& keys, QStringView text)
{
    for (const QStringView pair : text.split(u'&', Qt::SkipEmptyParts)) {
        const qsizetype equals = pair.indexOf(u'=');
        const auto key = decoded(equals < 0 ? pair : pair.first(equals));
        const auto value = decoded(equals < 0 ? QStringView() : pair.sliced(equals + 1));
        if (!key || !value)
            return unreadableAddress();
        if (const base::Status status = keys.apply(*key, *value); !status)
            return status;
    }
    return {};
}

base::Result<DatabaseUrl> checked(DatabaseUrl url)
{
    if (!url.host.isEmpty() && !url.database.isEmpty())
        return url;
    if (!url.database.isEmpty())
        return base::fail(
            ErrorKind::Invalid,
            Sentence::tr("The database address lacks the host, as in "
                         "postgresql://user:password@host:5432/database, or for a unix socket "
                         "postgresql:///database?host=/var/run/postgresql."));
    return base::fail(ErrorKind::Invalid,
                      Sentence::tr("The database address lacks the database, as in "
                                   "postgresql://user:password@host:5432/database."));
}
} // namespace

bool isPostgresUrl(const QString& text)
{
    return scheme().match(text).hasMatch();
}

base::Result<DatabaseUrl> parsePostgresUrl(const QString& text)
{
    const QString rest = text.mid(scheme().match(text).capturedLength());
    static const QRegularExpression never(u"[\\s#\\p{Cc}]"_s);
    static const QRegularExpression afterServer(u"[/?]"_s);
    const qsizetype at = rest.lastIndexOf(u'@');
    const qsizetype found = rest.indexOf(afterServer);
    const qsizetype end = found < 0 ? rest.size() : found;
    // An @ after the server belongs to a password with an unencoded / or ?.
    if (rest.contains(never) || at > end)
        return unreadableAddress();
    DatabaseUrl url;
    url.dialect = Dialect::Postgres;
    if (at >= 0) {
        if (const base::Status read = readUser(url, QStringView(rest).first(at)); !read)
            return read.error();
    }
    if (const base::Status read = readServers(url, QStringView(rest).sliced(at + 1, end - at - 1));
        !read)
        return read.error();
    const qsizetype question = rest.indexOf(u'?');
    QStringView path = QStringView(rest).sliced(end, (question < 0 ? rest.size() : question) - end);
    while (path.endsWith(u'/'))
        path.chop(1);
    const auto database = decoded(path.isEmpty() ? path : path.sliced(1));
    if (!database || path.lastIndexOf(u'/') > 0)
        return unreadableAddress();
    url.database = *database;
    AddressKeys keys(url, AddressKeys::From::Url);
    if (question >= 0) {
        if (const base::Status read = readQuery(keys, QStringView(rest).sliced(question + 1));
            !read)
            return read.error();
    }
    keys.finish();
    return checked(std::move(url));
}

bool isKeywordList(const QString& text)
{
    static const QRegularExpression pattern(
        u"^(?:host|hostaddr|port|dbname|user|password|service|passfile|sslmode|connect_timeout|"
        "application_name|options|target_session_attrs)\\s*=[^;]*$"_s);
    return pattern.match(text).hasMatch();
}

base::Result<DatabaseUrl> parseKeywordList(const QString& text)
{
    char* problem = nullptr; // libpq's message quotes pieces of the text
    PQconninfoOption* const options = PQconninfoParse(text.toUtf8().constData(), &problem);
    PQfreemem(problem);
    if (!options)
        return base::fail(
            ErrorKind::Invalid,
            Sentence::tr("The list of keywords that the database address is made of cannot be "
                         "read. Write it as host=db.example port=5432 dbname=jobs user=me; values "
                         "with blanks stand in single quotes, and in these \\' is a quote."));
    DatabaseUrl url;
    url.dialect = Dialect::Postgres;
    AddressKeys keys(url, AddressKeys::From::Keywords);
    base::Status read;
    for (const PQconninfoOption* option = options; option->keyword && read; ++option) {
        if (option->val)
            read = keys.apply(QString::fromUtf8(option->keyword), QString::fromUtf8(option->val));
    }
    PQconninfoFree(options);
    if (!read)
        return read.error();
    keys.finish();
    return checked(std::move(url));
}

} // namespace queuedeck::db
