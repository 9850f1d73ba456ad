// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/image_extraction/imagecheck.h"

#include "core/handlers/image_extraction/jpegparts.h"
#include "core/handlers/image_extraction/pictureparts.h"

#include <QBuffer>
#include <QImageReader>

#include <algorithm>
#include <functional>

using namespace Qt::StringLiterals;

namespace queuedeck::handlers {

using domain::PictureFault;
using Why = PictureFault::Why;

namespace {
tl::unexpected<PictureFault> refused(Why why, qint64 count = 0)
{
    return tl::unexpected(PictureFault{why, count});
}
} // namespace

namespace {
// 25 megapixels of 4 bytes, and room for the rotated copy.
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

// Some decoders ignore a wrong checksum, others do not; parts that can be left out may be wrong.
bool isSound(Format format, const QByteArray& bytes)
{
    const QList<PicturePart> parts = format == Format::Png ? pngParts(bytes) : QList<PicturePart>();
    return std::none_of(parts.cbegin(), parts.cend(),
                        [](const PicturePart& part) { return part.isCritical() && !part.isSound; });
}

// The decoder silently fills a missing rest with grey, so the end is looked for here.
bool isWholeJpeg(const QByteArray& bytes)
{
    return !jpegParts(bytes).isEmpty();
}

// A progressive JPEG has about ten scans. Each covers the whole picture, so a file with thousands
// keeps a decoder busy for minutes.
qint64 jpegScans(const QByteArray& bytes)
{
    const QList<JpegPart> parts = jpegParts(bytes);
    return std::count_if(parts.cbegin(), parts.cend(), std::mem_fn(&JpegPart::isScan));
}

bool isWhole(Format format, const QByteArray& bytes)
{
    switch (format) {
    case Format::Jpeg: return isWholeJpeg(bytes);
    case Format::Png: return !pngParts(bytes).isEmpty();
    case Format::WebP: return !webpParts(bytes).isEmpty();
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

} // namespace

tl::expected<CheckedImage, PictureFault> checkImage(const QByteArray& bytes)
{
    if (bytes.isEmpty())
        return refused(Why::Empty);
    if (bytes.size() > domain::kMostPictureBytes)
        return refused(Why::TooManyBytes, bytes.size());
    const Format format = formatOf(bytes);
    if (format == Format::None)
        return refused(Why::NotAnImage);

    QByteArray copy = bytes; // shared, not copied: QBuffer needs a non-const one
    QBuffer buffer(&copy);
    QImageReader reader(&buffer, pluginOf(format));
    prepare(reader);
    const QSize size = reader.size();
    if (!size.isValid())
        return refused(isWhole(format, bytes) ? Why::Broken : Why::CutOff);
    const qint64 pixels = qint64(size.width()) * size.height();
    if (pixels <= 0)
        return refused(Why::NoPixels);
    if (pixels > domain::kMostPicturePixels)
        return refused(Why::TooManyPixels, pixels);
    if (!isWhole(format, bytes))
        return refused(Why::CutOff);
    if (const qint64 scans = format == Format::Jpeg ? jpegScans(bytes) : 0;
        scans > domain::kMostPictureScans)
        return refused(Why::TooManyScans, scans);
    if (!isSound(format, bytes))
        return refused(Why::Broken);
    if (const qint64 frames = framesOf(bytes); frames > 1)
        return refused(Why::Animated, frames);
    const QImageIOHandler::Transformations turn = reader.transformation();
    const bool isSwapped = turn & QImageIOHandler::TransformationRotate90;
    return CheckedImage{u"image/"_s + QLatin1String(pluginOf(format)),
                        isSwapped ? size.transposed() : size,
                        turn != QImageIOHandler::TransformationNone};
}

tl::expected<QImage, PictureFault> decodeImage(const QByteArray& bytes)
{
    const auto checked = checkImage(bytes);
    if (!checked)
        return tl::unexpected(checked.error());
    QImageReader::setAllocationLimit(kDecoderMegabytes);
    QByteArray copy = bytes;
    QBuffer buffer(&copy);
    QImageReader reader(&buffer, pluginOf(formatOf(bytes)));
    prepare(reader);
    const QImage image = reader.read();
    if (image.isNull())
        return refused(Why::Broken);
    return image;
}

} // namespace queuedeck::handlers
