// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/handler.h"
#include "core/handlers/image_extraction/imagesource.h"
#include "core/handlers/image_extraction/picturereader.h"
#include "core/vision/visionclient.h"

namespace queuedeck::handlers {

/// Fetches the picture of a job and has it read in a separate program, or by a model elsewhere.
class ImageExtractionHandler final : public engine::Handler
{
public:
    /// Without `vision`, pictures are read on this computer.
    explicit ImageExtractionHandler(ImageSource source,
                                    std::shared_ptr<vision::VisionClient> vision = {});

    engine::TaskResult run(const engine::Task& task) override;

private:
    using Fields = tl::expected<QJsonObject, domain::Setback>;

    Fields readHere(const QByteArray& bytes, domain::ScanType type, const engine::Task& task);
    Fields readElsewhere(const QByteArray& bytes, domain::ScanType type, const engine::Task& task);

    const ImageSource m_source;
    const std::shared_ptr<vision::VisionClient> m_vision;
    PictureReader m_reader;
};

} // namespace queuedeck::handlers
