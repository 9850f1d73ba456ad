// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QVector>

namespace queuedeck::ui {

/// What a piece of printed JSON is, for its colour.
enum class JsonPiece { Mark, Key, String, Number, Word, Broken };

struct JsonSpan
{
    qsizetype start = 0;
    qsizetype length = 0;
    JsonPiece piece = JsonPiece::Mark;

    bool operator==(const JsonSpan&) const = default;
};

struct PrintedJson
{
    QString text;
    QVector<JsonSpan> spans;    ///< in order; what is not covered is blank
    qsizetype printedBytes = 0; ///< of the input
    bool isWhole = true;        ///< false: the limit came first
};

/// Lays JSON out for reading, two blanks a level. It never parses values: keys stay in their order
/// and numbers as they were written ("1.0", "12345678901234567890"). Broken JSON is shown to its
/// end, what breaks it marked, and the rest as it stands. A piece longer than kLongestPiece goes on
/// on further lines, since a line is laid out all at once. Stops after about `limit` bytes (< 0: no
/// limit), or at far more text than that. Any depth; linear in time; thread-safe.
inline constexpr qsizetype kLongestPiece = 2'000; ///< characters
PrintedJson printJson(const QByteArray& json, qsizetype limit = -1);

} // namespace queuedeck::ui
