// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/image_extraction/pictureparts.h"

#include <QtEndian>

#include <algorithm>
#include <zlib.h>

namespace queuedeck::handlers {

namespace {
qint64 countOf(const QList<PicturePart>& parts, QByteArrayView type)
{
    return std::count_if(parts.cbegin(), parts.cend(),
                         [type](const PicturePart& part) { return part.type == type; });
}
} // namespace

QList<PicturePart> pngParts(const QByteArray& bytes)
{
    QList<PicturePart> parts;
    for (qsizetype at = 8; at + 12 <= bytes.size();) {
        const qint64 length = qFromBigEndian<quint32>(bytes.constData() + at);
        if (at + 12 + length > bytes.size())
            return {};
        const auto* checked = reinterpret_cast<const Bytef*>(bytes.constData() + at + 4);
        const auto sum = quint32(::crc32_z(0, checked, size_t(length + 4)));
        const qsizetype end = at + 12 + qsizetype(length);
        parts += {bytes.mid(at + 4, 4), at, end,
                  sum == qFromBigEndian<quint32>(bytes.constData() + end - 4)};
        if (parts.last().type == "IEND")
            return parts;
        at = end;
    }
    return {};
}

QList<PicturePart> webpParts(const QByteArray& bytes)
{
    QList<PicturePart> parts;
    const qint64 end = 8 + qint64(qFromLittleEndian<quint32>(bytes.constData() + 4));
    if (end > bytes.size())
        return {};
    for (qsizetype at = 12; at + 8 <= end;) {
        const qint64 length = qFromLittleEndian<quint32>(bytes.constData() + at + 4);
        if (length > end - at - 8)
            return {};
        const qsizetype next = at + qsizetype(std::min(8 + length + (length & 1), end - at));
        parts += {bytes.mid(at, 4), at, next};
        at = next;
    }
    return parts;
}

qint64 framesOf(const QByteArray& bytes)
{
    if (bytes.startsWith("\x89PNG")) // each frame begins with one; the plain picture may be another
        return std::max<qint64>(1, countOf(pngParts(bytes), "fcTL"));
    if (bytes.startsWith("RIFF") && bytes.size() >= 16)
        return std::max<qint64>(1, countOf(webpParts(bytes), "ANMF"));
    return 1;
}

} // namespace queuedeck::handlers
