// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/scan.h"
#include "core/handlers/image_extraction/imageprepare.h"
#include "core/handlers/image_extraction/ocr.h"

#include <QJsonObject>

namespace queuedeck::handlers {

/// Reads business cards and liquor licences from pictures, offline: checks the picture, prepares
/// it, reads its text and finds the fields. What a card says is data and never more. One object a
/// thread; blocks for as long as a picture costs, so it runs in queuedeck-reader only.
class CardReader
{
public:
    /// Starts Tesseract, which takes a third of a second; else the first picture does.
    base::Status start() { return m_ocr.start(); }

    /// As businessCardFields and liquorLicenseFields. Errors: Invalid for what is no picture of
    /// ours, NotFound for one with nothing to read, Timeout, Unsupported without language data.
    base::Result<QJsonObject> read(const QByteArray& picture, domain::ScanType type);

private:
    using Lines = QVector<TextLine>;

    base::Result<Lines> readText(const QImage& image);
    base::Result<Lines> readTurned(const Pix* grey, int quarters);
    /// One reading only, to see which way the picture stands.
    base::Result<Lines> glance(const Pix* grey, int quarters);
    base::Result<Readable> prepared(const Pix* grey, int quarters) const;
    /// Whether much was spent on a picture that shows no sign of text.
    bool isHopeless(const Lines& lines) const;

    Ocr m_ocr;
    double m_untilComputed = 0; ///< when this picture has had its share, in seconds of computing
};

} // namespace queuedeck::handlers
