// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/image_extraction/imageextractionhandler.h"

#include "core/handlers/image_extraction/imagecheck.h"
#include "core/handlers/setbackresult.h"

#include <QCryptographicHash>

using namespace Qt::StringLiterals;

namespace queuedeck::handlers {

using base::ErrorKind;
using base::Sentence;
using domain::Setback;
using engine::TaskResult;

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

ImageExtractionHandler::ImageExtractionHandler(ImageSource source,
                                               std::shared_ptr<vision::VisionClient> vision)
    : m_source(std::move(source))
    , m_vision(std::move(vision))
{
}

TaskResult ImageExtractionHandler::run(const engine::Task& task)
{
    const auto type = domain::scanTypeFromText(task.payload.value("scanType"_L1).toString());
    if (!type)
        return TaskResult::unrecoverable(Sentence::tr("The scan type is not known."));
    const auto bytes = m_source(task.payload.value("imageUrl"_L1).toString(), task.stop);
    if (!bytes)
        return resultOf(bytes.error());
    const Fields fields =
        m_vision ? readElsewhere(*bytes, *type, task) : readHere(*bytes, *type, task);
    if (!fields)
        return resultOf(fields.error());
    // On a failure, the payload identifies the scan.
    return TaskResult::completed(
        {domain::Effect{domain::kScanEffect, task.payload.value("scanId"_L1).toString(), *fields}});
}

ImageExtractionHandler::Fields ImageExtractionHandler::readHere(const QByteArray& bytes,
                                                                domain::ScanType type,
                                                                const engine::Task& task)
{
    auto fields = m_reader.read(bytes, type, {task.stop, task.leaving});
    if (!fields)
        return tl::unexpected(Setback{fields.error(), afterReading(fields.error().kind)});
    return std::move(*fields);
}

// Elsewhere only pixels go, which the separate program has decoded.
ImageExtractionHandler::Fields ImageExtractionHandler::readElsewhere(const QByteArray& bytes,
                                                                     domain::ScanType type,
                                                                     const engine::Task& task)
{
    vision::VisionRequest request;
    request.type = type;
    request.digest = QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
    request.stop = task.stop;
    request.leaving = task.leaving;
    request.pixels = [&]() -> tl::expected<QImage, Setback> {
        const auto checked = checkImage(bytes);
        if (!checked)
            return tl::unexpected(
                Setback{domain::errorFor(checked.error()), Setback::Then::GiveUp});
        const int longest = vision::kLongestSentSide;
        const bool isLarge = checked->size.width() > longest || checked->size.height() > longest;
        auto image = m_reader.show(bytes, isLarge ? QSize(longest, longest) : QSize(),
                                   {task.stop, task.leaving});
        if (!image)
            return tl::unexpected(Setback{image.error(), afterReading(image.error().kind)});
        return std::move(*image);
    };
    return m_vision->read(request);
}

} // namespace queuedeck::handlers
