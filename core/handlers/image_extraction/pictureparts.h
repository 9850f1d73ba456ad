// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>

namespace queuedeck::handlers {

/// A chunk of a PNG or a WebP, from its header to behind its end.
struct PicturePart
{
    QByteArray type; ///< four letters
    qsizetype from = 0;
    qsizetype to = 0;
    bool isSound = true; ///< its checksum is right; a WebP has none

    /// PNG: without it there is no picture.
    bool isCritical() const { return !(type[0] & 0x20); }
};

/// What a PNG is made of, up to its IEND; empty where that is missing. Frames of an animation are
/// among them.
QList<PicturePart> pngParts(const QByteArray& bytes);

/// What a WebP is made of; empty where a chunk goes beyond its end.
QList<PicturePart> webpParts(const QByteArray& bytes);

/// The pictures of an animation, whatever its header says of it; 1 for a plain picture, a JPEG
/// too.
qint64 framesOf(const QByteArray& bytes);

} // namespace queuedeck::handlers
