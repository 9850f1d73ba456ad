// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/handlers/image_extraction/cardtext.h"

namespace queuedeck::handlers {

/// What reaches a person; empty where none was seen.
struct Contacts
{
    QString phone;
    QString email;
    QString website; ///< as printed, never made from the email
    QString fax;     ///< read only so as not to be taken for the phone
};

/// Finds the contacts and cuts them, with their labels, out of the pieces.
Contacts takeContacts(QList<Piece>& pieces);

/// The part of a domain or website that names its owner: "www.vogel-wein.example" → "vogelwein".
QString domainWord(const QString& address);
/// Whether it could end a domain on a card.
bool isTopLevelDomain(const QString& word);

} // namespace queuedeck::handlers
