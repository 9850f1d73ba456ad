// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/image_extraction/imagecheck.h"
#include "core/handlers/image_extraction/jpegparts.h"
#include "core/handlers/image_extraction/pictureparts.h"

#include <QBuffer>
#include <QImageReader>
#include <QtEndian>

namespace queuedeck::handlers {

namespace {
// Exif with nothing but the orientation.
QByteArray orientationSegment(int orientation)
{
    QByteArray segment = QByteArray::fromHex(
        "ffe1002245786966000049492a0008000000010012010300010000000600000000000000");
    segment[28] = char(orientation);
    return segment;
}

// 1 … 8 as in Exif; 1 is upright.
int orientationOf(const QByteArray& jpeg)
{
    QByteArray copy = jpeg;
    QBuffer buffer(&copy);
    switch (QImageReader(&buffer, "jpeg").transformation()) {
    case QImageIOHandler::TransformationMirror: return 2;
    case QImageIOHandler::TransformationRotate180: return 3;
    case QImageIOHandler::TransformationFlip: return 4;
    case QImageIOHandler::TransformationFlipAndRotate90: return 5;
    case QImageIOHandler::TransformationRotate90: return 6;
    case QImageIOHandler::TransformationMirrorAndRotate90: return 7;
    case QImageIOHandler::TransformationRotate270: return 8;
    default: return 1;
    }
}

// Tables, frames and scans, and of the application segments those that determine the colours.
bool belongsToJpeg(const JpegPart& part, const QByteArray& bytes)
{
    const QByteArrayView content = QByteArrayView(bytes).sliced(part.from, part.to - part.from);
    switch (part.marker) {
    case 0xE0: return content.sliced(4).startsWith("JFIF\0");
    case 0xE2: return content.sliced(4).startsWith("ICC_PROFILE\0");
    case 0xEE: return content.sliced(4).startsWith("Adobe");
    case 0xFE: return false; // a comment
    default: return part.marker < 0xE0 || part.marker > 0xEF;
    }
}

QByteArray plainJpeg(const QByteArray& bytes)
{
    QByteArray plain("\xFF\xD8");
    const QList<JpegPart> parts = jpegParts(bytes);
    const int orientation = orientationOf(bytes);
    bool isTurned = orientation == 1; // then no segment is needed
    for (const JpegPart& part : parts) {
        // JFIF wants to be first, and so does Exif; readers accept both in this order.
        if (!isTurned && part.marker != 0xE0) {
            plain += orientationSegment(orientation);
            isTurned = true;
        }
        if (belongsToJpeg(part, bytes))
            plain += QByteArrayView(bytes).sliced(part.from, part.to - part.from);
    }
    return parts.isEmpty() ? bytes : plain + "\xFF\xD9";
}

QByteArray plainPng(const QByteArray& bytes)
{
    static const QList<QByteArray> needed{"tRNS", "gAMA", "cHRM", "sRGB", "iCCP",
                                          "sBIT", "pHYs", "bKGD", "hIST"};
    QByteArray plain = bytes.left(8);
    for (const PicturePart& part : pngParts(bytes)) {
        if (part.isCritical() || (needed.contains(part.type) && part.isSound))
            plain += QByteArrayView(bytes).sliced(part.from, part.to - part.from);
    }
    return plain.size() > 8 ? plain : bytes;
}

QByteArray plainWebP(const QByteArray& bytes)
{
    static const QList<QByteArray> needed{"VP8 ", "VP8L", "VP8X", "ALPH", "ICCP", "ANIM", "ANMF"};
    constexpr char kExifAndXmp = 0x0C; // flags of VP8X
    QByteArray plain = bytes.left(12);
    for (const PicturePart& part : webpParts(bytes)) {
        const qsizetype start = plain.size();
        if (needed.contains(part.type))
            plain += QByteArrayView(bytes).sliced(part.from, part.to - part.from);
        if (part.type == "VP8X" && part.to > part.from + 8)
            plain[start + 8] = char(plain[start + 8] & ~kExifAndXmp);
    }
    if (plain.size() == 12)
        return bytes;
    qToLittleEndian(quint32(plain.size() - 8), plain.data() + 4);
    return plain;
}
} // namespace

QByteArray withoutExtras(const QByteArray& bytes)
{
    if (bytes.startsWith("\xFF\xD8"))
        return plainJpeg(bytes);
    if (bytes.startsWith("\x89PNG"))
        return plainPng(bytes);
    if (bytes.startsWith("RIFF") && bytes.size() >= 12)
        return plainWebP(bytes);
    return bytes;
}

} // namespace queuedeck::handlers
