// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/image_extraction/jpegparts.h"

#include <QtEndian>

namespace queuedeck::handlers {

namespace {
constexpr uchar kEnd = 0xD9;
constexpr uchar kScan = 0xDA;

bool standsAlone(uchar marker)
{
    return marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8);
}

// The next FF that begins a marker: in scan data, FF 00 is a byte and FF D0 … D7 a restart.
qsizetype nextMarker(const QByteArray& bytes, qsizetype from)
{
    for (qsizetype at = bytes.indexOf('\xFF', from); at >= 0 && at + 1 < bytes.size();
         at = bytes.indexOf('\xFF', at + 1)) {
        const uchar next = uchar(bytes[at + 1]);
        if (next != 0x00 && next != 0xFF && !standsAlone(next))
            return at;
    }
    return -1;
}
} // namespace

QList<JpegPart> jpegParts(const QByteArray& bytes)
{
    QList<JpegPart> parts;
    for (qsizetype at = nextMarker(bytes, 2); at >= 0;) {
        JpegPart part{uchar(bytes[at + 1]), at, 0};
        if (part.marker == kEnd)
            return parts;
        if (at + 4 > bytes.size())
            break;
        const qsizetype after = at + 2 + qFromBigEndian<quint16>(bytes.constData() + at + 2);
        at = nextMarker(bytes, after);
        part.to = part.marker == kScan ? at : after;
        parts.append(part);
    }
    return {};
}

} // namespace queuedeck::handlers
