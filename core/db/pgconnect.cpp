// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/db/pgconnect.h"

#include "core/db/pgsession.h"
#include "core/db/sqlerror.h"

#include <QRegularExpression>

#include <libpq-fe.h>

using namespace Qt::StringLiterals;

namespace queuedeck::db {

namespace {
using Keys = QMap<QString, QString>;

Keys keysFor(const DatabaseUrl& url, const QString& sessionOptions)
{
    QStringList hosts;
    QStringList ports;
    for (const DatabaseUrl::Server& server : url.servers()) {
        hosts += server.host;
        ports += QString::number(server.port);
    }
    Keys keys{
        {u"host"_s, hosts.join(u',')},
        {u"port"_s, ports.join(u',')},
        {u"dbname"_s, url.database},
        {u"user"_s, url.user},
        {u"password"_s, url.password},
        {u"sslmode"_s, url.sslMode}, // empty: libpq's default
        {u"connect_timeout"_s, QString::number(url.connectTimeout)},
        {u"application_name"_s, u"queuedeck/" QUEUEDECK_VERSION ""_s},
        {u"client_encoding"_s, u"UTF8"_s},
        {u"keepalives_idle"_s, u"30"_s},
        // A hosting provider's proxy removes the part meant for it.
        {u"options"_s, (url.routing + u' ' + sessionOptions).trimmed()},
    };
    // Limits how long a server that drops packets keeps a reconnect from trying the next one.
    if (!url.standIns.isEmpty())
        keys[u"tcp_user_timeout"_s] = QString::number(url.connectTimeout * 1000);
    keys.insert(url.libpqKeys);
    return keys;
}

PgHandle connectWith(const Keys& keys)
{
    std::vector<QByteArray> texts;
    for (auto key = keys.cbegin(); key != keys.cend(); ++key) {
        texts.push_back(key.key().toUtf8());
        texts.push_back(key.value().toUtf8());
    }
    std::vector<const char*> names;
    std::vector<const char*> values;
    for (size_t i = 0; i < texts.size(); i += 2) {
        names.push_back(texts[i].constData());
        values.push_back(texts[i + 1].constData());
    }
    names.push_back(nullptr);
    values.push_back(nullptr);
    // Not expanded: a database name must not act as another address.
    return PgHandle(PQconnectdbParams(names.data(), values.data(), 0));
}

// Messages of a pooler or proxy that rejects startup options, or these ones.
bool isAboutOptions(const QString& message)
{
    static const QRegularExpression words(
        u"startup parameter|command-line option|startup option|unrecognized configuration"_s,
        QRegularExpression::CaseInsensitiveOption);
    return message.contains(words);
}
} // namespace

void PgHandleDeleter::operator()(pg_conn* handle) const
{
    PQfinish(handle);
}

base::Result<PgHandle> connectPostgres(const DatabaseUrl& url, const PgSession& session)
{
    const auto message = [](const PgHandle& handle) {
        return QString::fromUtf8(PQerrorMessage(handle.get()));
    };
    PgHandle handle = connectWith(keysFor(url, url.pooled ? QString() : session.startupOptions()));
    if (PQstatus(handle.get()) != CONNECTION_OK && !url.pooled && isAboutOptions(message(handle)))
        handle = connectWith(keysFor(url, {}));
    if (PQstatus(handle.get()) != CONNECTION_OK)
        return postgresError({}, message(handle), url.display());
    return handle;
}

} // namespace queuedeck::db
