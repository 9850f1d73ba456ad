// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/handler.h"
#include "core/handlers/image_extraction/imagesource.h"
#include "core/handlers/image_extraction/picturereader.h"

namespace queuedeck::handlers {

/// Fetches the picture of a job and has it read in a separate program.
class ImageExtractionHandler final : public engine::Handler
{
public:
    explicit ImageExtractionHandler(ImageSource source);

    engine::TaskResult run(const engine::Task& task) override;

private:
    const ImageSource m_source;
    PictureReader m_reader;
};

} // namespace queuedeck::handlers
