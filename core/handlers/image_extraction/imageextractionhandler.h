// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/handler.h"
#include "core/handlers/image_extraction/imagesource.h"
#include "core/handlers/image_extraction/ocr.h"

class QImage;

namespace queuedeck::handlers {

/// Reads business cards and liquor licences from pictures, offline: checks the picture, prepares
/// it, reads its text and finds the fields. What a card says is data and never more.
class ImageExtractionHandler final : public engine::Handler
{
public:
    explicit ImageExtractionHandler(ImageSource source);

    engine::TaskResult run(const engine::Task& task) override;

private:
    base::Result<QVector<TextLine>> readText(const QImage& image, const std::stop_token& stop);
    base::Result<QVector<TextLine>> readTurned(Pix* grey, int quarters,
                                               const std::stop_token& stop);
    /// One reading only, to see which way the picture stands.
    base::Result<QVector<TextLine>> glance(Pix* grey, int quarters, const std::stop_token& stop);

    const ImageSource m_source;
    Ocr m_ocr;
};

} // namespace queuedeck::handlers
