// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/scan.h"
#include "core/handlers/image_extraction/imageprepare.h"
#include "core/handlers/image_extraction/ocr.h"

#include <QJsonObject>

namespace queuedeck::handlers {

/// Reads business cards and liquor licences from pictures, offline: checks the picture, prepares
/// it, reads its text and finds the fields. What a card says is only ever data. One object per
/// thread; blocks for as long as a picture takes, so it runs in queuedeck-reader only.
class CardReader
{
public:
    /// Starts Tesseract, which takes a third of a second; otherwise the first picture does so.
    base::Status start() { return m_ocr.start(); }

    /// Fields as of businessCardFields and liquorLicenseFields. Errors: Invalid for a picture that
    /// is not accepted, NotFound for one with nothing to read, Timeout, Unsupported without
    /// language data.
    base::Result<QJsonObject> read(const QByteArray& picture, domain::ScanType type);

private:
    using Lines = QVector<TextLine>;

    base::Result<Lines> readText(const QImage& image);
    base::Result<Lines> readTurned(const Pix* grey, int quarters);
    /// A single reading, to see which way up the picture is.
    base::Result<Lines> glance(const Pix* grey, int quarters);
    base::Result<Readable> prepared(const Pix* grey, int quarters) const;
    /// Whether much time was spent on a picture that shows no sign of text.
    bool isHopeless(const Lines& lines) const;

    Ocr m_ocr;
    double m_untilComputed = 0; ///< CPU time, in seconds, at which this picture has had its share
};

} // namespace queuedeck::handlers
