// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/handlers/image_extraction/cardtext.h"

namespace queuedeck::handlers {

/// How to reach a person; empty if not seen.
struct Contacts
{
    QString phone;
    QString email;
    QStringList doubtfulEmail; ///< what an email with misread letters may be; see readingOfName
    QString website;           ///< as printed, never derived from the email
    QString fax;               ///< read only so that it is not taken for the phone

    /// The email, or one that has at least its domain.
    QString anyEmail() const { return email.isEmpty() ? doubtfulEmail.value(0) : email; }
};

/// Finds the contacts and cuts them, with their labels, out of the pieces.
Contacts takeContacts(QList<Piece>& pieces);

/// The part of a domain or website that names its owner: "www.vogel-wein.example" → "vogelwein".
QString domainWord(const QString& address);
/// Whether it could end a domain on a card.
bool isTopLevelDomain(const QString& word);
/// All of them, as alternatives of a regular expression.
QString topLevelDomains();
/// A domain as read, with lost dots restored and a misread ending corrected.
QString mendedDomain(const QString& domain);

} // namespace queuedeck::handlers
