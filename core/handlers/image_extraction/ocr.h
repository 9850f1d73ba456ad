// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/handlers/image_extraction/textline.h"

#include <QVector>

#include <memory>
#include <stop_token>

struct Pix;

namespace tesseract {
class TessBaseAPI;
}

namespace queuedeck::handlers {

/// Reads text lines with Tesseract: English, and German, French and Spanish where their data is
/// installed, for the accents. One object a thread: starting it takes a third of a second. The
/// program sets OMP_THREAD_LIMIT=1 before it, since Tesseract's own threads only slow it down.
class Ocr
{
public:
    /// Auto: text in blocks, as on a form. Sparse: single lines anywhere, as on a card.
    enum class Layout { Auto, Sparse };

    Ocr();
    ~Ocr();

    /// Unsupported when the language data is not installed; Cancelled once `stop` is set; Timeout
    /// after 20 s. Lines come top to bottom; what stands far apart on one line are two lines.
    base::Result<QVector<TextLine>> read(Pix* picture, Layout layout, const std::stop_token& stop);

private:
    base::Status start();

    std::unique_ptr<tesseract::TessBaseAPI> m_api;
};

} // namespace queuedeck::handlers
