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

/// Whether the picture is specks all over, which no text could be read from: a card has some
/// hundred dark spots, a page some thousand, noise more, and each costs Tesseract time.
bool isNoise(const Pix* grey);

/// A photographed card: when a quadrilateral stands out from its ground, it is cut out and
/// straightened. Empty where there is none.
PixPtr cutOutCard(const Pix* grey);

/// A picture made ready: straight, letters of a good size. Places agree in both.
struct Readable
{
    PixPtr even; ///< with even light and full contrast
    PixPtr
        dark; ///< exchanged dark and light, where there is a dark ground with light text; or empty
};

/// Makes text easy to read. `even` is empty if memory is short.
Readable prepareForReading(const Pix* grey);

/// Turned by a multiple of 90 degrees, clockwise.
PixPtr turned(const Pix* pix, int quarters);

} // namespace queuedeck::handlers
