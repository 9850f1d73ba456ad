// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace queuedeck::handlers {

/// How many words of the text are about a position: Manager, Geschäftsführer, Owner.
int titleWords(const QString& text);
/// Whether the text ends in a legal form or similar: LLC, GmbH, & Sons.
bool hasCompanySuffix(const QString& text);
/// How many words are usual in business names: Cellars, Group, Studio.
int companyWords(const QString& text);
/// Whether it is a common first name.
bool isGivenName(const QString& word);
/// Dr., Prof., Mrs.
bool isHonorific(const QString& word);
/// Jr., PhD, MBA.
bool isNameSuffix(const QString& word);
/// von, van, de.
bool isNameParticle(const QString& word);
/// A word that is no one's name: the, since, fine.
bool isCommonWord(const QString& word);

} // namespace queuedeck::handlers
