// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/picturefault.h"

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
/// and 25 megapixels, complete, with right checksums wherever the picture needs the part, and one
/// picture: of an animation nobody knows which one is meant.
tl::expected<CheckedImage, domain::PictureFault> checkImage(const QByteArray& bytes);

/// Checks, then decodes with exactly that format's decoder, turned as EXIF asks.
tl::expected<QImage, domain::PictureFault> decodeImage(const QByteArray& bytes);

/// The same picture, pixel for pixel, without what else is in the file: where and when it was
/// taken, notes, small pictures, whatever hangs behind its end. How it is to be turned and its
/// colours stay. For a picture that checkImage accepts.
QByteArray withoutExtras(const QByteArray& bytes);

} // namespace queuedeck::handlers
