// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace queuedeck::db {

/// An address in two parts, so that one of them can be shown.
struct AddressParts
{
    QString address;  ///< as written, without the password
    QString password; ///< decoded; empty if the address has none
};

/// Takes the password out of an address in any form a person may paste: a URL, even one that
/// parse() rejects, its `password=` key, a keyword list, an env line. If it is unclear where the
/// password ends, it removes too much rather than too little.
AddressParts splitAddress(const QString& text);

/// The address with the password put back; a file address is returned unchanged.
QString joinAddress(const AddressParts& parts);

} // namespace queuedeck::db
