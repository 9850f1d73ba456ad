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

/// Whether the picture is specks all over, from which no text could be read: a card has a few
/// hundred dark spots, a page a few thousand, noise more, and each costs Tesseract time.
bool isNoise(const Pix* grey);

/// A photographed card: if a quadrilateral stands out from its background, it is cut out and
/// straightened. Empty if there is none.
PixPtr cutOutCard(const Pix* grey);

/// A prepared picture: straight, with letters of a good size. Positions are the same in both.
struct Readable
{
    PixPtr even; ///< with even light and full contrast
    PixPtr dark; ///< inverted, if there is light text on a dark background; else empty
};

/// Makes text easy to read. `even` is empty if memory is short.
Readable prepareForReading(const Pix* grey);

/// Rotated by a multiple of 90 degrees, clockwise.
PixPtr turned(const Pix* pix, int quarters);

} // namespace queuedeck::handlers
