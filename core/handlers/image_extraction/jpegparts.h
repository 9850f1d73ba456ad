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

/// What a JPEG is made of, between its start and its own end; what hangs behind that, as cameras
/// do, and the small pictures inside segments are not looked into. Empty if its end is missing.
QList<JpegPart> jpegParts(const QByteArray& bytes);

} // namespace queuedeck::handlers
