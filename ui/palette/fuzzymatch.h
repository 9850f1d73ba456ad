// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QVector>

#include <optional>

namespace queuedeck::ui {

/// How well a text fits what was typed, and which of its letters were found.
struct FuzzyMatch
{
    int score = 0;              ///< higher is better
    QVector<qsizetype> letters; ///< positions in the text, ascending
};

/// Finds every letter of `typed`, apart from blanks, in this order in `text`, whatever their case;
/// none if one is missing. Letters that follow each other, begin a word or begin the text count
/// more. A pure function; takes time proportional to the product of both lengths.
std::optional<FuzzyMatch> fuzzyMatch(const QString& typed, const QString& text);

} // namespace queuedeck::ui
