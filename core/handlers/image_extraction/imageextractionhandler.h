// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/handler.h"
#include "core/handlers/image_extraction/cardreading.h"
#include "core/handlers/image_extraction/imagesource.h"

namespace queuedeck::handlers {

/// Looks for a client that reads elsewhere, for a job whose payload asks for it: none if there is
/// no key. Blocks for as long as the keychain takes.
using FindVision = std::function<base::Result<std::shared_ptr<vision::VisionClient>>()>;

/// Fetches the picture of a job and has it read in a separate program, or by a model elsewhere. The
/// payload's `reader` ("local" or "claude") comes before what is usual here.
class ImageExtractionHandler final : public engine::Handler
{
public:
    /// Without `vision`, pictures are read on this computer, unless a job asks for something else.
    explicit ImageExtractionHandler(ImageSource source,
                                    std::shared_ptr<vision::VisionClient> vision = {},
                                    FindVision findVision = {});

    engine::TaskResult run(const engine::Task& task) override;

private:
    tl::expected<std::shared_ptr<vision::VisionClient>, domain::Setback>
    visionFor(const QString& reader) const;

    const ImageSource m_source;
    const std::shared_ptr<vision::VisionClient> m_vision;
    const FindVision m_findVision;
    PictureReader m_reader;
};

} // namespace queuedeck::handlers
