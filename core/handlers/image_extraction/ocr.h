// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/handlers/image_extraction/textline.h"

#include <QVector>

#include <memory>

struct Pix;

namespace tesseract {
class TessBaseAPI;
}

namespace queuedeck::handlers {

/// Reads text lines with Tesseract: English, and German, French and Spanish where their data is
/// installed, for the accents. One object per thread.
class Ocr
{
public:
    /// Auto: text in blocks, as on a form. Sparse: single lines anywhere, as on a card.
    enum class Layout { Auto, Sparse };

    Ocr();
    ~Ocr();

    /// Takes a third of a second, once. Unsupported if the language data is not installed.
    base::Status start();
    /// Errors as of `start`, and Timeout once this process has used `untilComputed` seconds of CPU
    /// time. Lines come top to bottom; texts far apart on one line are two lines.
    base::Result<QVector<TextLine>> read(Pix* picture, Layout layout, double untilComputed);

private:
    std::unique_ptr<tesseract::TessBaseAPI> m_api;
};

} // namespace queuedeck::handlers
