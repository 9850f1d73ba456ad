// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QImage>
#include <QSize>

namespace queuedeck::handlers {

/// What a picture is, found by its content alone.
struct CheckedImage
{
    QString mediaType; ///< image/jpeg, image/png, image/webp
    QSize size;        ///< as shown: after the rotation that EXIF asks for
    bool exifTurned = false;
};

/// Judges a picture by its header, before any decoder sees it: JPEG, PNG or WebP, at most 20 MB
/// and 25 megapixels, and complete. Anything else is Invalid with one sentence for people.
base::Result<CheckedImage> checkImage(const QByteArray& bytes);

/// Checks, then decodes with exactly that format's decoder, turned as EXIF asks.
base::Result<QImage> decodeImage(const QByteArray& bytes);

} // namespace queuedeck::handlers
