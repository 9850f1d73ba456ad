// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/page.h"

namespace queuedeck::domain {

QString Keyset::toCursor() const
{
    const QByteArray text = (createdAt + QLatin1Char('\n') + id).toUtf8();
    return QString::fromLatin1(
        text.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

base::Result<Keyset> Keyset::fromCursor(const QString& cursor)
{
    const auto decoded = QByteArray::fromBase64Encoding(
        cursor.toLatin1(), QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors);
    const QString text = QString::fromUtf8(decoded.decoded);
    const qsizetype split = text.indexOf(QLatin1Char('\n'));
    if (!decoded || split < 0 || split + 1 == text.size())
        return base::fail(
            base::ErrorKind::Invalid,
            QStringLiteral("The cursor \"%1\" is not one that `list` printed.").arg(cursor));
    return Keyset{text.left(split), text.mid(split + 1)};
}

} // namespace queuedeck::domain
