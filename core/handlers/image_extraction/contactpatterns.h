// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <optional>

namespace queuedeck::handlers {

/// A piece of text that was recognised, and where it stood.
struct Found
{
    QString value;       ///< tidied: no blanks inside an address of the net
    qsizetype start = 0;
    qsizetype length = 0;
};

/// An email address, also with blanks around @ or dots, or with (at).
std::optional<Found> findEmail(const QString& text);
/// A web address as printed; never one that is part of an email.
std::optional<Found> findWebsite(const QString& text);

struct FoundPhone : Found
{
    bool isFax = false;
    bool isMobile = false;
};
/// All telephone numbers of a line with what their labels say of them.
QVector<FoundPhone> findPhones(const QString& text);

/// How surely a line belongs to a postal address: 0 no, 1 perhaps (a country, a floor), 2 a street
/// or a box, 3 a place with its postal code.
int addressStrength(const QString& text);

/// A label alone, or at the start: "Tel.", "E:", "Address". Returned is the text without it.
QString withoutLabel(const QString& text);

/// Letters and digits only, lower case, without accents: for comparing names with addresses.
QString plainLetters(const QString& text);

} // namespace queuedeck::handlers
