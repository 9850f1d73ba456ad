// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/tabular/record.h"

#include <functional>
#include <optional>

namespace queuedeck::tabular {

/// Reads separated values as RFC 4180 defines them, with any separator and any line break, one
/// record at a time. It holds one record and one piece of text, however large the file is.
class CsvReader
{
public:
    /// The next piece of text; empty at the end.
    using Source = std::function<base::Result<QString>()>;

    /// A record with more than this is an error: a quotation mark is missing.
    static constexpr qsizetype kMostCharacters = 16 * 1024 * 1024;
    static constexpr qsizetype kMostCells = 16'384;

    CsvReader(Source source, QChar separator);

    /// The next record that is not an empty line; nothing at the end. Invalid: a quotation mark
    /// that is never closed, a record that is too long, or what the source says.
    base::Result<std::optional<Record>> next();

    /// Whether the last record was ended by the end of the file, without a line break.
    bool endedByFile() const { return m_endedByFile; }

private:
    enum class Step { More, CellEnd, RecordEnd };

    base::Result<bool> fill();
    base::Result<bool> skipLineBreak();
    base::Result<Step> readPlain();
    base::Result<Step> readQuoted(Record& record);
    base::Result<Step> afterQuote(Record& record);
    base::Status take(qsizetype length, qint64 line);

    const Source m_source;
    const QChar m_separator;
    QString m_text; ///< the current piece
    qsizetype m_at = 0;
    QString m_cell; ///< what of the current cell has been read
    qint64 m_line = 1;
    qint64 m_recordLine = 1;
    qsizetype m_characters = 0; ///< of the current record
    bool m_sourceEnded = false;
    bool m_endedByFile = false;
};

} // namespace queuedeck::tabular
