// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/domain/texterror.h"

#include <QDateTime>
#include <QString>
#include <QStringList>

#include <vector>

namespace queuedeck::domain {

/// A value as a filter takes it, whatever it contains: in quotes.
QString quotedValue(QString text);

/// One condition of a filter. Which members mean something depends on `field`.
struct FilterTerm
{
    enum class Field {
        Status,
        Type,
        Id,
        Error,
        Attempts,
        Created,
        Finished,
        Age,
        Payload,
        Dead,
        Stuck,
        HasError,
        Text
    };
    enum class Compare {
        Is,
        Contains,
        StartsWith,
        Less,
        LessOrEqual,
        Greater,
        GreaterOrEqual,
        Between
    };

    Field field = Field::Text;
    Compare compare = Compare::Contains;
    QString text =
        {}; ///< Status ("unknown": any other word, or NULL), Type, Id, Error, Payload, Text
    qint64 number = 0;     ///< Attempts; Age in milliseconds
    QDateTime from = {};   ///< Created, Finished (always Between): UTC, inclusive; invalid = open
    QDateTime to = {};     ///< Created, Finished (always Between): UTC, exclusive; invalid = open
    QStringList path = {}; ///< Payload: the keys below the root, at least one; none is empty

    bool operator==(const FilterTerm&) const = default;
};

/// A node of the expression: all of, any of, not, or a term.
struct FilterNode
{
    enum class Kind { All, Any, Not, Term };

    Kind kind = Kind::All; ///< All without children matches every job
    FilterTerm term;
    std::vector<FilterNode> children;

    bool operator==(const FilterNode&) const = default;
};

/// Selects jobs: a parsed expression of the filter language of the window and of `--where`.
///
///     status:failed type:image_extraction error:"timeout" attempts>=3 age>2h
///     created:2026-11-01..2026-11-05 payload.scanId:… id:3fa8 -type:bulk_import
///
/// Adjacent terms mean `and`; `and`, `or`, `not` / `-` and parentheses combine terms; a bare word
/// searches id, type and error. Commas give several values (`status:failed,pending`), quotes allow
/// spaces (`\"` and `\\` inside), `=` is exact where `:` is a prefix or a part, `!=` is its
/// opposite. `is:dead` means pending without attempts left, `is:stuck` processing but abandoned.
/// Times are UTC; a date is the whole day, a range includes its last day. `age` (s, min, h, d, w)
/// is relative to the moment the filter is used, not parsed. At most 4,000 characters and 100
/// levels; parsing never throws.
class JobFilter
{
public:
    JobFilter() = default; ///< matches every job

    static tl::expected<JobFilter, TextError> parse(const QString& text);
    static JobFilter forStatus(const QString& status);

    const FilterNode& root() const { return m_root; }
    const QString& text() const { return m_text; }
    bool matchesAll() const;

    bool operator==(const JobFilter& other) const { return m_text == other.m_text; }

private:
    FilterNode m_root;
    QString m_text;
};

} // namespace queuedeck::domain
