// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/handlers/image_extraction/cardtext.h"

namespace queuedeck::handlers {

/// The parts of an address that a line looks like.
struct AddressParts
{
    bool street = false;
    bool city = false; ///< with a postcode
    bool unit = false; ///< suite, floor, building
    bool country = false;

    bool any() const { return street || city || unit || country; }
};

AddressParts addressParts(const QString& text);

/// The lines of the postal address joined by ", ", cut out of the pieces; empty if there is none.
QString takeAddress(QList<Piece>& pieces);

/// "CA" for "California", empty if it is not a state of the United States.
QString stateCode(const QString& name);
/// The state named in the text, such as "New York"; empty if none.
QString stateNameIn(const QString& text);
/// The two letters before a ZIP code; empty if none.
QString stateCodeIn(const QString& address);

} // namespace queuedeck::handlers
