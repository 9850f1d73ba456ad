// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/image_extraction/imagecheck.h"

#include <QBuffer>
#include <QImageReader>
#include <QtEndian>

using namespace Qt::StringLiterals;

namespace queuedeck::handlers {

using base::ErrorKind;

namespace {
constexpr qsizetype kMostBytes = 20 * 1024 * 1024;
constexpr qint64 kMostPixels = 25'000'000;
constexpr qsizetype kMostScans = 100;
// 25 megapixels of 4 bytes, and room for the turned copy.
constexpr int kDecoderMegabytes = 256;

enum class Format { None, Jpeg, Png, WebP };

Format formatOf(const QByteArray& bytes)
{
    if (bytes.startsWith("\xFF\xD8\xFF"))
        return Format::Jpeg;
    if (bytes.startsWith("\x89PNG\r\n\x1A\n"))
        return Format::Png;
    if (bytes.size() >= 16 && bytes.startsWith("RIFF") && bytes.mid(8, 4) == "WEBP")
        return Format::WebP;
    return Format::None;
}

const char* pluginOf(Format format)
{
    switch (format) {
    case Format::Jpeg: return "jpeg";
    case Format::Png: return "png";
    case Format::WebP: return "webp";
    case Format::None: break;
    }
    return "";
}

quint32 big32(const QByteArray& bytes, qsizetype at)
{
    return qFromBigEndian<quint32>(bytes.constData() + at);
}

// Every chunk lies inside the file and the last one is IEND.
bool isWholePng(const QByteArray& bytes)
{
    qsizetype at = 8;
    while (at + 12 <= bytes.size()) {
        const qint64 length = big32(bytes, at);
        const QByteArray type = bytes.mid(at + 4, 4);
        if (at + 12 + length > bytes.size())
            return false;
        if (type == "IEND")
            return true;
        at += 12 + length;
    }
    return false;
}

// Where the picture data of a JPEG begins: behind the segments, which may hold a whole small JPEG
// with an end of its own (EXIF). -1 if the segments are cut off.
qsizetype jpegScanStart(const QByteArray& bytes)
{
    qsizetype at = 2;
    while (at + 4 <= bytes.size() && uchar(bytes[at]) == 0xFF) {
        const uchar marker = uchar(bytes[at + 1]);
        if (marker == 0xFF) { // a fill byte
            ++at;
            continue;
        }
        at += 2 + qFromBigEndian<quint16>(bytes.constData() + at + 2);
        if (marker == 0xDA)
            return at <= bytes.size() ? at : -1;
    }
    return -1;
}

// The decoder fills a missing rest with grey and says nothing, so the end is looked for here.
// Cameras append data of their own behind it.
bool isWholeJpeg(const QByteArray& bytes)
{
    const qsizetype start = jpegScanStart(bytes);
    return start > 0 && bytes.indexOf("\xFF\xD9", start) >= 0;
}

// A progressive JPEG has ten scans or so. Each goes over the whole picture, so that a file of
// thousands keeps a decoder busy for minutes.
qsizetype jpegScans(const QByteArray& bytes)
{
    return bytes.count("\xFF\xDA");
}

bool isWholeWebP(const QByteArray& bytes)
{
    const quint32 length = qFromLittleEndian<quint32>(bytes.constData() + 4);
    return qint64(length) + 8 <= bytes.size();
}

bool isWhole(Format format, const QByteArray& bytes)
{
    switch (format) {
    case Format::Jpeg: return isWholeJpeg(bytes);
    case Format::Png: return isWholePng(bytes);
    case Format::WebP: return isWholeWebP(bytes);
    case Format::None: break;
    }
    return false;
}

void prepare(QImageReader& reader)
{
    reader.setAutoDetectImageFormat(false);
    reader.setDecideFormatFromContent(false);
    reader.setAutoTransform(true);
}

base::Error cutOff()
{
    return base::fail(ErrorKind::Invalid,
                      u"The picture is cut off: its end is missing. Copy or save it again."_s);
}
} // namespace

base::Result<CheckedImage> checkImage(const QByteArray& bytes)
{
    if (bytes.isEmpty())
        return base::fail(ErrorKind::Invalid, u"The file is empty."_s);
    if (bytes.size() > kMostBytes)
        return base::fail(ErrorKind::Invalid, u"The picture has %1 MB; 20 MB is the limit."_s.arg(
                                                  double(bytes.size()) / (1024 * 1024), 0, 'f', 1));
    const Format format = formatOf(bytes);
    if (format == Format::None)
        return base::fail(ErrorKind::Invalid, u"Not an image: JPEG, PNG and WebP are read."_s);

    QByteArray copy = bytes; // shared, not copied: QBuffer wants to own one
    QBuffer buffer(&copy);
    QImageReader reader(&buffer, pluginOf(format));
    prepare(reader);
    const QSize size = reader.size();
    if (!size.isValid())
        return cutOff();
    const qint64 pixels = qint64(size.width()) * size.height();
    if (pixels <= 0)
        return base::fail(ErrorKind::Invalid, u"The picture has no pixels."_s);
    if (pixels > kMostPixels)
        return base::fail(ErrorKind::Invalid,
                          u"The picture has %1 megapixels; 25 is the limit."_s.arg(
                              (pixels + 999'999) / 1'000'000));
    if (!isWhole(format, bytes))
        return cutOff();
    if (const qsizetype scans = jpegScans(bytes); format == Format::Jpeg && scans > kMostScans)
        return base::fail(
            ErrorKind::Invalid,
            u"The picture is stored in %1 scans; %2 is the limit."_s.arg(scans).arg(kMostScans));
    const QImageIOHandler::Transformations turn = reader.transformation();
    const bool isSwapped = turn & QImageIOHandler::TransformationRotate90;
    return CheckedImage{u"image/"_s + QLatin1String(pluginOf(format)),
                        isSwapped ? size.transposed() : size,
                        turn != QImageIOHandler::TransformationNone};
}

base::Result<QImage> decodeImage(const QByteArray& bytes)
{
    const auto checked = checkImage(bytes);
    if (!checked)
        return checked.error();
    QImageReader::setAllocationLimit(kDecoderMegabytes);
    QByteArray copy = bytes;
    QBuffer buffer(&copy);
    QImageReader reader(&buffer, pluginOf(formatOf(bytes)));
    prepare(reader);
    const QImage image = reader.read();
    if (image.isNull())
        return base::fail(ErrorKind::Invalid,
                          u"The picture cannot be decoded: %1."_s.arg(reader.errorString()));
    return image;
}

} // namespace queuedeck::handlers
