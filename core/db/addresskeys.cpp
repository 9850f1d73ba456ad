// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/db/addresskeys.h"

#include "core/base/sentence.h"
#include "core/db/addresstext.h"

#include <QFileInfo>
#include <QHash>
#include <QRegularExpression>

#include <libpq-fe.h>

using namespace Qt::StringLiterals;

namespace queuedeck::db {

using base::ErrorKind;
using base::Sentence;

namespace {
base::Error refused(const QString& key)
{
    return base::fail(
        ErrorKind::Denied,
        Sentence::tr("The database address has the key \"%1\", which is not accepted: it could "
                     "reach other files or servers. Known keys: schema, sslmode, sslrootcert, "
                     "connect_timeout, target_session_attrs, pgbouncer.")
            .arg(key));
}

base::Error noneOf(const QString& key, const QStringList& values)
{
    return base::fail(ErrorKind::Invalid,
                      Sentence::tr("%1 in the database address must be one of %2.")
                          .arg(key, values.join(u", "_s)));
}

base::Result<int> wholeNumber(const QString& key, const QString& text, int least, int most)
{
    bool ok = false;
    const int value = text.toInt(&ok);
    if (!ok || value < least || value > most)
        return base::fail(
            ErrorKind::Invalid,
            Sentence::tr("%1 in the database address is not a whole number from %2 to %3.")
                .arg(key)
                .arg(least)
                .arg(most));
    return value;
}

const QStringList& refusedKeys()
{
    static const QStringList keys{
        u"service"_s,     u"servicefile"_s,   u"passfile"_s,   u"hostaddr"_s,    u"sslkey"_s,
        u"sslcert"_s,     u"sslcrl"_s,        u"sslcrldir"_s,  u"sslpassword"_s, u"sslidentity"_s,
        u"replication"_s, u"socketfactory"_s, u"sslfactory"_s, u"loggerfile"_s,  u"oauth_issuer"_s};
    return keys;
}

// Passed to libpq unchanged. An empty list of values means a whole number.
const QHash<QString, QStringList>& passedKeys()
{
    static const QStringList flag{u"0"_s, u"1"_s};
    static const QStringList tls{u"TLSv1"_s, u"TLSv1.1"_s, u"TLSv1.2"_s, u"TLSv1.3"_s};
    static const QStringList wish{u"disable"_s, u"prefer"_s, u"require"_s};
    static const QHash<QString, QStringList> keys{
        {u"channel_binding"_s, wish},
        {u"gssencmode"_s, wish},
        {u"target_session_attrs"_s,
         {u"any"_s, u"read-write"_s, u"read-only"_s, u"primary"_s, u"standby"_s,
          u"prefer-standby"_s}},
        {u"load_balance_hosts"_s, {u"disable"_s, u"random"_s}},
        {u"sslnegotiation"_s, {u"postgres"_s, u"direct"_s}},
        {u"ssl_min_protocol_version"_s, tls},
        {u"ssl_max_protocol_version"_s, tls},
        {u"sslsni"_s, flag},
        {u"sslcompression"_s, flag},
        {u"keepalives"_s, flag},
        {u"keepalives_idle"_s, {}},
        {u"keepalives_interval"_s, {}},
        {u"keepalives_count"_s, {}},
        {u"tcp_user_timeout"_s, {}}};
    return keys;
}

// They matter to the pool or driver they were written for, but not to us.
const QStringList& silentKeys()
{
    static const QStringList keys{u"connection_limit"_s,     u"pool_timeout"_s,
                                  u"socket_timeout"_s,       u"application_name"_s,
                                  u"statement_cache_size"_s, u"fallback_application_name"_s,
                                  u"client_encoding"_s,      u"max_idle_connection_lifetime"_s};
    return keys;
}

bool isKnownToLibpq(const QString& key)
{
    PQconninfoOption* const all = PQconndefaults();
    bool isKnown = false;
    for (const PQconninfoOption* each = all; each && each->keyword && !isKnown; ++each)
        isKnown = key == QLatin1StringView(each->keyword);
    PQconninfoFree(all);
    return isKnown;
}
} // namespace

void AddressKeys::ignore(const QString& key)
{
    // An unencoded & in a password is followed by what looks like a key.
    const QString shown = m_hasPassword ? QString() : showableKey(key);
    m_url.notes +=
        shown.isEmpty()
            ? Sentence::tr("A key of the database address is not known here and is ignored.")
            : Sentence::tr(
                  "The key \"%1\" of the database address is not known here and is ignored.")
                  .arg(shown);
}

base::Status AddressKeys::apply(const QString& key, const QString& value)
{
    if (refusedKeys().contains(key.toLower()))
        return refused(key);
    if (key == "schema"_L1 || key == "currentSchema"_L1 || key == "search_path"_L1)
        return key == "schema"_L1 && value.contains(u',') // Prisma's: a name, not a path
                   ? applySchema(u'"' + QString(value).replace(u'"', u"\"\""_s) + u'"')
                   : applySchema(value);
    if (key == "table"_L1) { // ours: the application's name for the queue
        m_url.table = value;
        return {};
    }
    if (key == "options"_L1)
        return applyOptions(value);
    if (key == "connect_timeout"_L1) {
        const auto seconds = wholeNumber(key, value, 0, 300);
        if (!seconds)
            return seconds.error();
        constexpr int kWithoutEnd = 60; // 0 to libpq and Prisma, but a person is waiting
        m_url.connectTimeout = *seconds == 0 ? kWithoutEnd : *seconds;
        return {};
    }
    if (key == "pgbouncer"_L1) {
        m_url.pooled = value == "true"_L1 || value == "1"_L1;
        return {};
    }
    if (const auto known = passedKeys().constFind(key); known != passedKeys().constEnd()) {
        if (known->isEmpty()) {
            if (const auto number = wholeNumber(key, value, 0, 1'000'000'000); !number)
                return number.error();
        } else if (!known->contains(value)) {
            return noneOf(key, *known);
        }
        if (isKnownToLibpq(key))
            m_url.libpqKeys[key] = value;
        else
            ignore(key);
        return {};
    }
    if (key.startsWith("ssl"_L1))
        return applyTls(key, value);
    static const QStringList target{u"host"_s,   u"port"_s,     u"user"_s,     u"password"_s,
                                    u"dbname"_s, u"database"_s, u"unix_sock"_s};
    if (target.contains(key))
        return applyTarget(key, value);
    if (!silentKeys().contains(key))
        ignore(key);
    return {};
}

base::Status AddressKeys::applyTarget(const QString& key, const QString& value)
{
    const bool isList = m_from == From::Keywords;
    if (key == "user"_L1 && m_url.user.isEmpty()) {
        m_url.user = value;
    } else if (key == "password"_L1 && m_url.password.isEmpty()) {
        m_url.password = value;
        m_hasPassword = true;
    } else if (key == "host"_L1 && !value.startsWith(u'/')) {
        return isList ? setServers(value) : base::Status(refused(key));
    } else if (key == "host"_L1) {
        return setSocket(value);
    } else if (key == "unix_sock"_L1 && value.startsWith(u'/')) {
        return setSocket(value.section("/.s.PGSQL."_L1, 0, 0));
    } else if (key == "port"_L1 && (isList || m_url.host.isEmpty() || m_url.isSocket())) {
        return setPorts(value);
    } else if (m_url.database.isEmpty() && (key == "dbname"_L1 || key == "database"_L1)) {
        if (value.contains("://"_L1) || value.contains(u'='))
            return unreadableAddress();
        m_url.database = value;
    } else {
        return refused(key);
    }
    return {};
}

// A keyword list may name several hosts; servers are tried in this order.
base::Status AddressKeys::setServers(const QString& hosts)
{
    static const QRegularExpression name(u"^[\\p{L}\\p{N}._:%/-]+$"_s);
    m_url.standIns.clear();
    const QStringList each = hosts.split(u',');
    for (const QString& host : each) {
        if (!name.match(host).hasMatch())
            return unreadableAddress();
        if (&host == &each.front())
            m_url.host = host;
        else
            m_url.standIns += DatabaseUrl::Server{host, m_url.port};
    }
    return {};
}

base::Status AddressKeys::setPorts(const QString& ports)
{
    const QStringList each = ports.split(u',');
    for (qsizetype i = 0; i < std::max<qsizetype>(each.size(), m_url.standIns.size() + 1); ++i) {
        const auto port = wholeNumber(u"port"_s, each.value(i, each.front()), 1, 65'535);
        if (!port)
            return port.error();
        if (i == 0)
            m_url.port = *port;
        else if (i <= m_url.standIns.size())
            m_url.standIns[i - 1].port = *port;
    }
    return {};
}

base::Status AddressKeys::setSocket(const QString& folder)
{
    static const QRegularExpression never(u"[,;\\p{Cc}]"_s);
    if (folder.contains(never))
        return unreadableAddress();
    m_url.host = folder; // the host of the URL is the framework's placeholder: localhost
    m_url.standIns.clear();
    return {};
}

base::Status AddressKeys::applyTls(const QString& key, const QString& value)
{
    static const QStringList modes{u"disable"_s, u"allow"_s,     u"prefer"_s,
                                   u"require"_s, u"verify-ca"_s, u"verify-full"_s};
    if (key == "sslmode"_L1) {
        if (value == "no-verify"_L1)
            return base::fail(
                ErrorKind::Invalid,
                Sentence::tr("sslmode=no-verify belongs to another driver: write sslmode=require, "
                             "which encrypts and does not check the certificate."));
        if (!modes.contains(value))
            return noneOf(key, modes);
        m_url.sslMode = value;
    } else if (key == "ssl"_L1) {
        m_wantsTls = value != "false"_L1 && value != "0"_L1;
    } else if (key == "sslaccept"_L1) {
        if (value != "strict"_L1 && value != "accept_invalid_certs"_L1)
            return noneOf(key, {u"strict"_s, u"accept_invalid_certs"_s});
        m_wantsVerified = value == "strict"_L1;
    } else if (key == "sslrootcert"_L1) {
        // Trusted certificates are read, never shown, and can only make a connection stricter. A
        // device or a pipe would block, and a relative path depends on the current directory.
        const bool isFile =
            value.startsWith(u'/') && !value.contains(u';') && QFileInfo(value).isFile();
        if (value != "system"_L1 && !isFile)
            return base::fail(
                ErrorKind::Denied,
                Sentence::tr("The key \"sslrootcert\" of the database address is not accepted: "
                             "it names no file by its whole path, and is not \"system\"."));
        m_url.libpqKeys[key] = value;
    } else {
        ignore(key);
    }
    return {};
}

// One schema only: with several, any of them could supply the table.
base::Status AddressKeys::applySchema(const QString& path)
{
    static const QRegularExpression quoted(u"^\\s*\"((?:[^\"]|\"\")+)\"\\s*$"_s);
    QString name = path;
    if (const auto match = quoted.match(path); match.hasMatch())
        name = match.captured(1).replace("\"\""_L1, "\""_L1);
    else if (path.contains(u','))
        return base::fail(
            ErrorKind::Invalid,
            Sentence::tr("The search_path of the database address names several schemas. Write "
                         "the one that has the table Job, as in ?schema=app."));
    if (name.isEmpty() || (!m_schema.isEmpty() && m_schema != name))
        return base::fail(
            ErrorKind::Invalid,
            name.isEmpty()
                ? Sentence::tr("The database address names a schema without a name.")
                : Sentence::tr("The database address names two schemas. Write one of them."));
    m_url.schema = m_schema = name;
    return {};
}

// endpoint=… selects a Neon database, project=… and reference=… a Supabase one; of libpq's -c
// settings only the schema is used.
base::Status AddressKeys::applyOptions(const QString& value)
{
    static const QRegularExpression blanks(u"[\\s+]+"_s);
    static const QRegularExpression routing(
        u"^(?:endpoint|project|reference|cluster)[=][\\w.-]+$"_s);
    static const QRegularExpression setting(u"^(?:-c|--)?([A-Za-z_][\\w.]*)=(.+)$"_s);
    QStringList words = value.split(blanks, Qt::SkipEmptyParts);
    while (!words.isEmpty()) {
        QString word = words.takeFirst();
        const bool isDashC = word == "-c"_L1 && !words.isEmpty();
        if (isDashC)
            word = words.takeFirst();
        if (!isDashC && routing.match(word).hasMatch()) {
            m_url.routing += (m_url.routing.isEmpty() ? u""_s : u" "_s) + word;
            continue;
        }
        const auto match = setting.match(word);
        if (!match.hasMatch() || !(isDashC || word.startsWith(u'-')))
            return refused(u"options"_s);
        if (match.captured(1) != "search_path"_L1)
            ignore(match.captured(1));
        else if (const base::Status status = applySchema(match.captured(2)); !status)
            return status;
    }
    return {};
}

void AddressKeys::finish()
{
    // libpq accepts "system" for the system's certificates since version 16.
    static const QString system = u"/etc/ssl/certs/ca-certificates.crt"_s;
    if (m_wantsVerified && !m_url.libpqKeys.contains(u"sslrootcert"_s))
        m_url.libpqKeys[u"sslrootcert"_s] = u"system"_s;
    if (m_url.libpqKeys.value(u"sslrootcert"_s) == "system"_L1) {
        m_url.sslMode = u"verify-full"_s; // as libpq does: a public CA signs for anyone
        if (PQlibVersion() < 160'000)
            m_url.libpqKeys[u"sslrootcert"_s] = system;
    }
    if (m_wantsVerified)
        m_url.sslMode = u"verify-full"_s;
    else if (m_wantsTls && m_url.sslMode.isEmpty())
        m_url.sslMode = u"require"_s;
}

} // namespace queuedeck::db
