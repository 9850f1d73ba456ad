// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/picturefault.h"

#include <QImage>
#include <QSize>

namespace queuedeck::handlers {

/// What a picture is, determined by its content alone.
struct CheckedImage
{
    QString mediaType; ///< image/jpeg, image/png, image/webp
    QSize size;        ///< as shown, after the EXIF rotation
    bool exifTurned = false;
};

/// Judges a picture by its header, before any decoder sees it: JPEG, PNG or WebP, at most 20 MB
/// and 25 megapixels, complete, with correct checksums in all necessary parts, and a single
/// picture: in an animation it is not clear which one is meant.
tl::expected<CheckedImage, domain::PictureFault> checkImage(const QByteArray& bytes);

/// Checks, then decodes with exactly that format's decoder, and applies the EXIF rotation.
tl::expected<QImage, domain::PictureFault> decodeImage(const QByteArray& bytes);

/// The same picture, pixel for pixel, without anything else in the file: where and when it was
/// taken, comments, thumbnails, data after its end. Its orientation and colours are kept. For a
/// picture that checkImage accepts.
QByteArray withoutExtras(const QByteArray& bytes);

} // namespace queuedeck::handlers
