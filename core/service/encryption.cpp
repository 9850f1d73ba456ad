// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/encryption.h"

#include "core/db/databaseurl.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace queuedeck::service {

namespace {
// The keys by which an address asks for encryption, in all the spellings that are understood.
const QRegularExpression& keysInUrl()
{
    static const QRegularExpression keys(
        u"(?<=[?&])(?:sslmode|sslrootcert|sslaccept|ssl)=[^&]*&?"_s);
    return keys;
}

const QRegularExpression& keysInList()
{
    static const QRegularExpression keys(
        u"(?<![a-z])(?:sslmode|sslrootcert)\\s*=\\s*(?:'(?:[^'\\\\]|\\\\.)*'|\\S+)\\s*"_s);
    return keys;
}

bool isRemote(const db::DatabaseUrl& url)
{
    const QVector<db::DatabaseUrl::Server> servers = url.servers();
    return std::any_of(servers.cbegin(), servers.cend(), [](const auto& server) {
        return !server.host.startsWith(u'/') && server.host != "localhost"_L1 &&
               !server.host.startsWith("127."_L1) && server.host != "::1"_L1;
    });
}

bool isUrl(const QString& address)
{
    return address.contains("://"_L1);
}
} // namespace

std::optional<Encryption> encryptionOf(const QString& address)
{
    const auto url = db::DatabaseUrl::parse(address);
    if (!url || url->dialect == db::Dialect::Sqlite)
        return {};
    if (url->sslMode == "verify-full"_L1)
        return url->libpqKeys.contains(u"sslrootcert"_s) ? Encryption::Full : Encryption::FullOwn;
    if (url->sslMode == "verify-ca"_L1)
        return Encryption::FullOwn;
    if (url->sslMode == "require"_L1)
        return Encryption::Unchecked;
    if (url->sslMode == "disable"_L1)
        return Encryption::None;
    return Encryption::WhereOffered;
}

QString withEncryption(const QString& address, Encryption encryption)
{
    const auto now = encryptionOf(address);
    if (!now || *now == encryption)
        return address;
    QStringList keys;
    switch (encryption) {
    case Encryption::Full: keys = {u"sslmode=verify-full"_s, u"sslrootcert=system"_s}; break;
    case Encryption::FullOwn: keys = {u"sslmode=verify-full"_s}; break;
    case Encryption::Unchecked: keys = {u"sslmode=require"_s}; break;
    case Encryption::WhereOffered: keys = {u"sslmode=prefer"_s}; break;
    case Encryption::None: keys = {u"sslmode=disable"_s}; break;
    }
    QString text = address.trimmed();
    text.remove(isUrl(text) ? keysInUrl() : keysInList());
    while (text.endsWith(u'&') || text.endsWith(u'?') || text.endsWith(u' '))
        text.chop(1);
    if (isUrl(text))
        text += (text.contains(u'?') ? u'&' : u'?') + keys.join(u'&');
    else
        text += u' ' + keys.join(u' ');
    // Of an address that is written in some other way, nothing is changed.
    return encryptionOf(text) == encryption ? text : address;
}

QString withUsualEncryption(const QString& address)
{
    const auto url = db::DatabaseUrl::parse(address);
    if (!url || url->dialect == db::Dialect::Sqlite || !url->sslMode.isEmpty() || !isRemote(*url))
        return address;
    return withEncryption(address, Encryption::Full);
}

} // namespace queuedeck::service
