// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/jobfilter.h"

#include <vector>

namespace queuedeck::domain {

constexpr qsizetype kLongestFilter = 4000; ///< in characters

/// A value as typed, without its quotes. `position` and `length` are of the typed form.
struct FilterValue
{
    QString text;
    bool isQuoted = false;
    qsizetype position = 0;
    qsizetype length = 0;
};

/// The smallest meaningful piece of a filter's text.
struct FilterToken
{
    enum class Kind {
        Open,      ///< (
        Close,     ///< )
        Minus,     ///< - before a term
        And,       ///< and
        Or,        ///< or
        Not,       ///< not
        Text,      ///< a bare or quoted word: one value, no field
        Condition, ///< field, operator, values
        End,       ///< after the last character
    };
    enum class Operator { Has, Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual };

    Kind kind = Kind::End;
    qsizetype position = 0;
    qsizetype length = 0;
    QString field;    ///< Condition: in lower case
    QStringList path; ///< Condition on payload: the keys
    Operator op = Operator::Has;
    std::vector<FilterValue>
        values; ///< Condition: those separated by commas, perhaps none; Text: one
};

using FilterTokens = std::vector<FilterToken>;

/// Splits a filter's text into tokens, the last of which is End. It fails on an unclosed quote, on
/// a comparison separated from its field, and on text that no database can store.
tl::expected<FilterTokens, TextError> lexFilter(const QString& text);

} // namespace queuedeck::domain
