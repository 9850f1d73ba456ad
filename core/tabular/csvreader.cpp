// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tabular/csvreader.h"

using namespace Qt::StringLiterals;

namespace queuedeck::tabular {

using base::ErrorKind;
using base::fail;
using base::Sentence;

CsvReader::CsvReader(Source source, QChar separator)
    : m_source(std::move(source))
    , m_separator(separator)
{
}

// Whether there is a character to read.
base::Result<bool> CsvReader::fill()
{
    while (m_at >= m_text.size()) {
        if (m_sourceEnded)
            return false;
        auto piece = m_source();
        if (!piece)
            return piece.error();
        m_sourceEnded = piece->isEmpty();
        m_text = std::move(*piece);
        m_at = 0;
    }
    return true;
}

// \r\n, \r or \n; the pair may be divided between two pieces.
base::Result<bool> CsvReader::skipLineBreak()
{
    const bool wasReturn = m_text[m_at++] == u'\r';
    ++m_line;
    const auto more = fill();
    if (more && *more && wasReturn && m_text[m_at] == u'\n')
        ++m_at;
    return more;
}

base::Status CsvReader::take(qsizetype length, qint64 line)
{
    m_characters += length;
    if (m_characters > kMostCharacters)
        return fail(
            ErrorKind::Invalid,
            Sentence::tr("The record that begins in line %1 has more than 16 million characters. A "
                         "quotation mark may be missing.")
                .arg(line));
    m_cell += QStringView(m_text).sliced(m_at, length);
    m_at += length;
    return {};
}

base::Result<CsvReader::Step> CsvReader::readPlain()
{
    for (;;) {
        const auto more = fill();
        if (!more)
            return more.error();
        if (!*more) {
            m_endedByFile = true;
            return Step::RecordEnd;
        }
        const QStringView rest = QStringView(m_text).sliced(m_at);
        qsizetype length = 0;
        while (length < rest.size() && rest[length] != m_separator && rest[length] != u'\n' &&
               rest[length] != u'\r')
            ++length;
        if (const base::Status taken = take(length, m_recordLine); !taken)
            return taken.error();
        if (length == rest.size())
            continue;
        if (m_text[m_at] == m_separator) {
            ++m_at;
            return Step::CellEnd;
        }
        const auto skipped = skipLineBreak();
        return skipped ? base::Result<Step>(Step::RecordEnd) : base::Result<Step>(skipped.error());
    }
}

base::Result<CsvReader::Step> CsvReader::readQuoted(Record& record)
{
    const qint64 opened = m_line;
    ++m_at; // the opening mark
    for (;;) {
        const auto more = fill();
        if (!more)
            return more.error();
        if (!*more)
            return fail(
                ErrorKind::Invalid,
                Sentence::tr(
                    "The quotation mark opened in line %1 is never closed. The file may have "
                    "been cut off.")
                    .arg(opened));
        const QStringView rest = QStringView(m_text).sliced(m_at);
        qsizetype length = 0;
        while (length < rest.size() && rest[length] != u'"' && rest[length] != u'\n' &&
               rest[length] != u'\r')
            ++length;
        if (const base::Status taken = take(length, m_recordLine); !taken)
            return taken.error();
        if (length == rest.size())
            continue;
        if (m_text[m_at] != u'"') {
            m_cell += u'\n'; // one form for all line breaks
            if (const auto skipped = skipLineBreak(); !skipped)
                return skipped.error();
            continue;
        }
        ++m_at;
        const auto after = fill();
        if (!after)
            return after.error();
        if (*after && m_text[m_at] == u'"') { // two stand for one
            if (const base::Status taken = take(1, m_recordLine); !taken)
                return taken.error();
            continue;
        }
        return afterQuote(record);
    }
}

base::Result<CsvReader::Step> CsvReader::afterQuote(Record& record)
{
    const qsizetype quoted = m_cell.size();
    auto step = readPlain();
    // Blanks are harmless there; anything else means that the marks are wrong, and the cell too.
    if (step && !QStringView(m_cell).sliced(quoted).trimmed().isEmpty() && record.fault.isEmpty())
        record.fault = Sentence::tr("Text follows a closing quotation mark in cell %1.")
                           .arg(record.cells.size() + 1);
    m_cell.truncate(quoted);
    return step;
}

base::Result<std::optional<Record>> CsvReader::next()
{
    for (;;) {
        Record record;
        record.line = m_recordLine = m_line;
        m_characters = 0;
        m_endedByFile = false;
        const auto more = fill();
        if (!more)
            return more.error();
        if (!*more)
            return std::optional<Record>();
        bool wasQuoted = false;
        for (Step step = Step::More; step != Step::RecordEnd;) {
            m_cell.clear();
            const auto there = fill();
            if (!there)
                return there.error();
            const bool isQuoted = *there && m_text[m_at] == u'"';
            wasQuoted = wasQuoted || isQuoted;
            const auto read = isQuoted ? readQuoted(record) : readPlain();
            if (!read)
                return read.error();
            step = *read;
            record.cells += m_cell;
            if (record.cells.size() > kMostCells)
                return fail(ErrorKind::Invalid,
                            Sentence::tr("Line %1 has more than 16,384 cells.").arg(record.line));
        }
        const bool isEmptyLine =
            record.cells.size() == 1 && record.cells.front().isEmpty() && !wasQuoted;
        if (!isEmptyLine)
            return std::optional(std::move(record));
    }
}

} // namespace queuedeck::tabular
