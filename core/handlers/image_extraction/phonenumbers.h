// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/handlers/image_extraction/cardtext.h"

#include <optional>

namespace queuedeck::handlers {

/// A telephone number as printed, and where in its text it stood.
struct PhoneNumber
{
    QString text;
    qsizetype start = 0;
    qsizetype length = 0;
    Label label = Label::None; ///< Phone, Fax, or None where nothing says what it is
};

/// The first telephone number of a piece: a whole run of digits and their separators, never a part
/// of one. A label before it says what it is; without one it must be of a form that nothing else
/// has. Numbers of registers, taxes and accounts are none.
std::optional<PhoneNumber> findPhone(const Piece& piece);

/// O and l between digits were 0 and 1.
QString withMendedDigits(const QString& text);

} // namespace queuedeck::handlers
