// SPDX-License-Identifier: GPL-3.0-or-later
// What can be left out of an error, recognised at one place of its text.
#pragma once

#include "core/domain/errorsignature.h"

#include <optional>

namespace queuedeck::domain {

/// A part of a text that is to be left out.
struct ErrorToken
{
    LeftOut kind;
    qsizetype length;
};

bool isWordCharacter(QChar c);
inline bool isAsciiDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

inline bool isHex(QChar c)
{
    return isAsciiDigit(c) || (c >= u'a' && c <= u'f') || (c >= u'A' && c <= u'F');
}

/// The quoted text that begins at `at`, with its quotes; nothing where no quote is closed.
std::optional<ErrorToken> quotedAt(QStringView line, qsizetype at);
/// What begins at `at`, where no word goes on: an address, a host, a path, a time, a uuid.
std::optional<ErrorToken> tokenAt(QStringView line, qsizetype at);
/// Whether a word, or a part of one, is an id: made by a program and not by a person.
bool looksLikeId(QStringView word);
/// The same for words with - and _ in them, such as those of nanoid.
bool looksLikeJoinedId(QStringView word);

} // namespace queuedeck::domain
