// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>

#include <memory>

struct Pix;

namespace queuedeck::handlers {

struct PixDeleter
{
    void operator()(Pix* pix) const;
};
using PixPtr = std::unique_ptr<Pix, PixDeleter>;

/// A picture as 8-bit grey. Empty if memory is short.
PixPtr toGrey(const QImage& image);

/// A photographed card: when a bright quadrilateral stands out from its ground, it is cut out and
/// straightened; otherwise the picture comes back as it is.
PixPtr cutOutCard(PixPtr grey);

/// Makes text easy to read: even light, full contrast, straight lines, letters of a good size.
PixPtr prepareForReading(const Pix* grey);

/// Turned by a multiple of 90 degrees, clockwise.
PixPtr turned(const Pix* pix, int quarters);

/// Dark and light exchanged, for light text on a dark ground.
PixPtr inverted(const Pix* pix);

} // namespace queuedeck::handlers
