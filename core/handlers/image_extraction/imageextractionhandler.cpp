// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/image_extraction/imageextractionhandler.h"

#include "core/handlers/setbackresult.h"

using namespace Qt::StringLiterals;

namespace queuedeck::handlers {

using base::Sentence;
using domain::Setback;
using engine::TaskResult;

ImageExtractionHandler::ImageExtractionHandler(ImageSource source,
                                               std::shared_ptr<vision::VisionClient> vision,
                                               FindVision findVision)
    : m_source(std::move(source))
    , m_vision(std::move(vision))
    , m_findVision(std::move(findVision))
{
}

tl::expected<std::shared_ptr<vision::VisionClient>, Setback>
ImageExtractionHandler::visionFor(const QString& reader) const
{
    if (reader == "local"_L1)
        return std::shared_ptr<vision::VisionClient>();
    if (reader != "claude"_L1 || m_vision)
        return m_vision;
    const auto found = m_findVision ? m_findVision()
                                    : base::Result<std::shared_ptr<vision::VisionClient>>(nullptr);
    if (!found)
        return tl::unexpected(Setback{found.error(), Setback::Then::Wait});
    if (*found)
        return *found;
    // Reading it otherwise is what somebody did not want; with a key it goes on.
    return tl::unexpected(Setback{
        base::fail(base::ErrorKind::Unsupported,
                   Sentence::tr("This picture is to be read by Claude, and there is no key. "
                                "Put one into ANTHROPIC_API_KEY, or `queuedeckctl key "
                                "store --claude`.")),
        Setback::Then::Wait});
}

TaskResult ImageExtractionHandler::run(const engine::Task& task)
{
    const auto type = domain::scanTypeFromText(task.payload.value("scanType"_L1).toString());
    if (!type)
        return TaskResult::unrecoverable(Sentence::tr("The scan type is not known."));
    const auto vision = visionFor(task.payload.value("reader"_L1).toString());
    if (!vision)
        return resultOf(vision.error());
    task.report(Sentence::tr("fetching the picture"));
    const auto bytes = m_source(task.payload.value("imageUrl"_L1).toString(), task.stop);
    if (!bytes)
        return resultOf(bytes.error());
    task.report(*vision ? Sentence::tr("asking Claude") : Sentence::tr("reading the picture"));
    const PictureReader::Stops stops{task.stop, task.leaving};
    const CardFields fields = *vision ? readElsewhere(m_reader, **vision, *bytes, *type, stops)
                                      : readHere(m_reader, *bytes, *type, stops);
    if (!fields)
        return resultOf(fields.error());
    // On a failure, the payload identifies the scan.
    return TaskResult::completed(
        {domain::Effect{domain::kScanEffect, task.payload.value("scanId"_L1).toString(), *fields}});
}

} // namespace queuedeck::handlers
