// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/image_extraction/cardreading.h"

#include "core/handlers/image_extraction/imagecheck.h"

#include <QCryptographicHash>

namespace queuedeck::handlers {

using base::ErrorKind;
using domain::Setback;

namespace {
Setback::Then afterReading(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Cancelled: return Setback::Then::Wait;
    case ErrorKind::Unreachable:
    case ErrorKind::Timeout:
    case ErrorKind::Internal: return Setback::Then::TryAgain;
    default: return Setback::Then::GiveUp;
    }
}
} // namespace

CardFields readHere(PictureReader& reader, const QByteArray& bytes, domain::ScanType type,
                    const PictureReader::Stops& stops)
{
    auto fields = reader.read(bytes, type, stops);
    if (!fields)
        return tl::unexpected(Setback{fields.error(), afterReading(fields.error().kind)});
    return std::move(*fields);
}

CardFields readElsewhere(PictureReader& reader, vision::VisionClient& vision,
                         const QByteArray& bytes, domain::ScanType type,
                         const PictureReader::Stops& stops)
{
    vision::VisionRequest request;
    request.type = type;
    request.digest = QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
    request.stop = stops.stop;
    request.leaving = stops.leaving;
    request.pixels = [&]() -> tl::expected<QImage, Setback> {
        const auto checked = checkImage(bytes);
        if (!checked)
            return tl::unexpected(
                Setback{domain::errorFor(checked.error()), Setback::Then::GiveUp});
        const int longest = vision::kLongestSentSide;
        const bool isLarge = checked->size.width() > longest || checked->size.height() > longest;
        auto image = reader.show(bytes, isLarge ? QSize(longest, longest) : QSize(), stops);
        if (!image)
            return tl::unexpected(Setback{image.error(), afterReading(image.error().kind)});
        return std::move(*image);
    };
    return vision.read(request);
}

} // namespace queuedeck::handlers
