// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>

namespace queuedeck::handlers {

/// A segment of a JPEG with its marker, or a scan with its data.
struct JpegPart
{
    uchar marker = 0;
    qsizetype from = 0;
    qsizetype to = 0;

    bool isScan() const { return marker == 0xDA; }
};

/// The parts of a JPEG between its start and its own end; what cameras append after that, and
/// thumbnails inside segments, are ignored. Empty if its end is missing.
QList<JpegPart> jpegParts(const QByteArray& bytes);

} // namespace queuedeck::handlers
