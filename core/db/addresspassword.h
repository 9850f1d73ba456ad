// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace queuedeck::db {

/// An address in two halves, so that one of them can be shown.
struct AddressParts
{
    QString address;  ///< as it was written, without the password
    QString password; ///< decoded; empty when the address holds none
};

/// Takes the password out of an address in any form that a person may paste: a URL, also one that
/// parse() refuses, its `password=` key, a list of keywords, an env line. Where it is unclear what
/// belongs to the password, too much goes rather than too little.
AddressParts splitAddress(const QString& text);

/// The address with the password where it belongs; one of a file stays as it is.
QString joinAddress(const AddressParts& parts);

} // namespace queuedeck::db
