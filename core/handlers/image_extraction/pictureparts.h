// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>

namespace queuedeck::handlers {

/// A chunk of a PNG or a WebP, from its header to past its end.
struct PicturePart
{
    QByteArray type; ///< four letters
    qsizetype from = 0;
    qsizetype to = 0;
    bool isSound = true; ///< its checksum is correct; a WebP has none

    /// PNG: without it there is no picture.
    bool isCritical() const { return !(type[0] & 0x20); }
};

/// The chunks of a PNG, up to its IEND; empty if that is missing. Includes the frames of an
/// animation.
QList<PicturePart> pngParts(const QByteArray& bytes);

/// The chunks of a WebP; empty if a chunk extends beyond its end.
QList<PicturePart> webpParts(const QByteArray& bytes);

/// The number of pictures of an animation, whatever its header says; 1 for a plain picture and for
/// a JPEG.
qint64 framesOf(const QByteArray& bytes);

} // namespace queuedeck::handlers
