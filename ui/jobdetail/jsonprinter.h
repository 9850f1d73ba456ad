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
    bool isWhole = true;        ///< false: the limit was reached
};

/// Formats JSON for reading, two spaces per level. It never parses values: keys keep their order
/// and numbers stay as written ("1.0", "12345678901234567890"). Broken JSON is shown to its end,
/// with the fault marked and the rest as is. A piece longer than kLongestPiece continues on further
/// lines, since a line is laid out all at once. Stops after about `limit` bytes (< 0: no limit), or
/// when the text has grown far beyond that. Any depth; linear in time; thread-safe.
inline constexpr qsizetype kLongestPiece = 2'000; ///< characters
PrintedJson printJson(const QByteArray& json, qsizetype limit = -1);

} // namespace queuedeck::ui
