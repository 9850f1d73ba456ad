// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/db/addresspassword.h"

#include "core/db/addresstext.h"
#include "core/db/pgaddress.h"

#include <QRegularExpression>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace queuedeck::db {

namespace {
const QRegularExpression& authority()
{
    static const QRegularExpression pattern(u"[A-Za-z][A-Za-z0-9+_.-]*://"_s);
    return pattern;
}

QString encoded(const QString& text)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(text));
}

/// user:password@host: up to the last @, like the parser.
void takeFromUser(AddressParts& parts)
{
    const auto match = authority().match(parts.address);
    if (!match.hasMatch())
        return;
    const qsizetype at = parts.address.lastIndexOf(u'@');
    const qsizetype colon = parts.address.indexOf(u':', match.capturedEnd());
    if (colon < 0 || at < colon)
        return;
    const QString raw = parts.address.mid(colon + 1, at - colon - 1);
    parts.password = decoded(raw).value_or(raw);
    parts.address.remove(colon, at - colon);
}

/// password=… in a URL query, a keyword list or a .NET list; PGPASSWORD=… in a shell command.
void takeFromKeys(AddressParts& parts)
{
    static const QRegularExpression key(
        u"(?<![A-Za-z])(?:PG)?(?:password|pwd)\\s*=\\s*(?:'((?:[^'\\\\]|\\\\.)*)'?|([^\\s&;\"]*))([&;]?\\s*)"_s,
        QRegularExpression::CaseInsensitiveOption);
    const bool isUrl = authority().match(parts.address).hasMatch();
    for (auto match = key.match(parts.address); match.hasMatch();
         match = key.match(parts.address, match.capturedStart())) {
        QString value = match.captured(2);
        if (match.hasCaptured(1) && !match.captured(1).isEmpty()) {
            static const QRegularExpression escape(u"\\\\(.)"_s);
            value = match.captured(1).replace(escape, u"\\1"_s);
        } else if (isUrl) {
            value = decoded(value).value_or(value);
        }
        if (parts.password.isEmpty())
            parts.password = value;
        parts.address.remove(match.capturedStart(), match.capturedLength());
    }
    while (parts.address.endsWith(u'&') || parts.address.endsWith(u'?') ||
           parts.address.endsWith(u' '))
        parts.address.chop(1);
}
} // namespace

AddressParts splitAddress(const QString& text)
{
    AddressParts parts{text.trimmed(), {}};
    takeFromUser(parts);
    takeFromKeys(parts);
    return parts;
}

QString joinAddress(const AddressParts& parts)
{
    QString text = parts.address.trimmed();
    if (parts.password.isEmpty())
        return text;
    const auto match = authority().match(text);
    if (!match.hasMatch()) {
        if (!isKeywordList(text))
            return text;
        QString quoted = parts.password;
        quoted.replace(u'\\', u"\\\\"_s).replace(u'\'', u"\\'"_s);
        return text + u" password='"_s + quoted + u'\'';
    }
    if (!match.captured().contains("postgres"_L1, Qt::CaseInsensitive))
        return text;
    const qsizetype at = text.lastIndexOf(u'@');
    if (at >= 0)
        return text.insert(at, u':' + encoded(parts.password));
    // The closing quote of an env line stays last.
    const qsizetype end =
        text.endsWith(u'"') || text.endsWith(u'\'') ? text.size() - 1 : text.size();
    return text.insert(end, (text.contains(u'?') ? u"&password="_s : u"?password="_s) +
                                encoded(parts.password));
}

} // namespace queuedeck::db
