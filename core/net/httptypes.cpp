// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/httptypes.h"

#include <QHostAddress>
#include <QRegularExpression>
#include <QStringConverter>

using namespace Qt::StringLiterals;

namespace queuedeck::net {

QByteArray HttpAnswer::header(const QByteArray& name) const
{
    for (const auto& [key, value] : headers) {
        if (key == name)
            return value;
    }
    return {};
}

QByteArray HttpAnswer::text() const
{
    static const QRegularExpression kCharset(u"charset\\s*=\\s*[\"']?([\\w.:-]+)"_s,
                                             QRegularExpression::CaseInsensitiveOption);
    auto coding = QStringConverter::encodingForData(body);
    if (!coding) {
        const auto match = kCharset.match(QString::fromLatin1(header("content-type")));
        QString name = match.captured(1).toLower();
        // Close enough: they differ from ISO-8859-1 only in characters that JSON does not need.
        if (name == "windows-1252"_L1 || name == "us-ascii"_L1)
            name = u"iso-8859-1"_s;
        coding = QStringConverter::encodingForName(name.toLatin1().constData());
    }
    if (!coding || (*coding == QStringConverter::Utf8 && !body.startsWith("\xEF\xBB\xBF")))
        return body;
    return QString(QStringDecoder(*coding).decode(body)).toUtf8();
}

bool isLoopback(const QUrl& url)
{
    const QString host = url.host().toLower();
    // libcurl takes names below localhost to this computer without asking anyone (RFC 6761).
    return host == "localhost"_L1 || host.endsWith(".localhost"_L1) ||
           QHostAddress(host).isLoopback();
}

} // namespace queuedeck::net
