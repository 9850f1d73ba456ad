// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/handlers/image_extraction/cardtext.h"

#include <optional>

namespace queuedeck::handlers {

/// A telephone number as printed, and its position in the text.
struct PhoneNumber
{
    QString text;
    qsizetype start = 0;
    qsizetype length = 0;
    Label label = Label::None; ///< Phone, Fax, or None if nothing says what it is
};

/// The first telephone number of a piece: a whole run of digits and their separators, never a part
/// of one. A label before it says what it is; without one its form must be unmistakable. Numbers of
/// registers, taxes and accounts do not count.
std::optional<PhoneNumber> findPhone(const Piece& piece);

/// Turns O and l between digits into 0 and 1.
QString withMendedDigits(const QString& text);

} // namespace queuedeck::handlers
