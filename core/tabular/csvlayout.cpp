// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tabular/csvlayout.h"

#include "core/tabular/csvreader.h"

#include <QHash>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace queuedeck::tabular {

namespace {
constexpr size_t kMostRecords = 200;

// "sep=;" in the first line, as Excel writes and reads it.
QChar statedSeparator(const QString& text)
{
    const qsizetype end = text.indexOf(u'\n');
    QString line = end < 0 ? text : text.left(end);
    line = line.endsWith(u'\r') ? line.chopped(1) : line;
    const bool isStated = line.size() == 5 && line.startsWith("sep="_L1, Qt::CaseInsensitive);
    return isStated ? line.back() : QChar();
}

bool isStatement(const Record& record)
{
    return record.line == 1 && record.cells.size() <= 2 &&
           record.cells.front().startsWith("sep="_L1, Qt::CaseInsensitive);
}

// The records of the beginning, without the last if it may have been cut off.
std::vector<Record> recordsOf(const QString& text, bool isWhole, QChar separator)
{
    bool isGiven = false;
    CsvReader reader(
        [&]() -> base::Result<QString> { return std::exchange(isGiven, true) ? QString() : text; },
        separator);
    std::vector<Record> records;
    while (records.size() < kMostRecords) {
        auto record = reader.next();
        if (!record || !*record || (reader.endedByFile() && !isWhole && !records.empty()))
            break;
        records.push_back(std::move(**record));
    }
    return records;
}

struct Width
{
    qsizetype cells = 0;
    qsizetype records = 0; ///< that have as many
};

// The most frequent number of cells.
Width usualWidth(const std::vector<Record>& records)
{
    QHash<qsizetype, qsizetype> counts;
    for (const Record& record : records)
        ++counts[record.cells.size()];
    Width usual;
    for (auto count = counts.begin(); count != counts.end(); ++count) {
        if (count.value() > usual.records ||
            (count.value() == usual.records && count.key() > usual.cells))
            usual = {count.key(), count.value()};
    }
    return usual;
}

QChar likeliestSeparator(const QString& text, bool isWhole)
{
    QChar best = u',';
    Width widest{1, 0};
    for (const QChar candidate : {u',', u';', u'\t', u'|'}) {
        const Width width = usualWidth(recordsOf(text, isWhole, candidate));
        const bool isBetter = width.records > widest.records ||
                              (width.records == widest.records && width.cells > widest.cells);
        if (width.cells > 1 && isBetter) {
            best = candidate;
            widest = width;
        }
    }
    return best;
}

const Record* headerIn(const std::vector<Record>& records, qsizetype width)
{
    // A header names nearly all columns; a title stands alone, if also followed by separators.
    for (const Record& record : records) {
        const qsizetype filled = filledCells(record.cells);
        if (!isStatement(record) && filled > 0 && record.cells.size() * 2 > width &&
            filled * 2 > width)
            return &record;
    }
    return nullptr;
}
} // namespace

qsizetype filledCells(const QStringList& cells)
{
    return std::count_if(cells.begin(), cells.end(),
                         [](const QString& cell) { return !cell.trimmed().isEmpty(); });
}

QStringList columnNames(const QStringList& header)
{
    QStringList names;
    QSet<QString> taken;
    for (const QString& cell : header) {
        const QString plain =
            cell.simplified().isEmpty() ? u"Column %1"_s.arg(names.size() + 1) : cell.simplified();
        QString name = plain;
        for (int number = 2; taken.contains(name); ++number)
            name = u"%1 (%2)"_s.arg(plain).arg(number);
        taken.insert(name);
        names += name;
    }
    return names;
}

QStringList columnNames(qsizetype count)
{
    QStringList none;
    none.resize(count);
    return columnNames(none);
}

CsvLayout layoutOf(const QString& beginning, bool isWhole, QChar separator, qint64 headerLine)
{
    CsvLayout layout;
    layout.separator = separator.isNull() ? statedSeparator(beginning) : separator;
    if (layout.separator.isNull())
        layout.separator = likeliestSeparator(beginning, isWhole);
    const std::vector<Record> records = recordsOf(beginning, isWhole, layout.separator);
    const Record* header = nullptr;
    if (headerLine > 0) {
        const auto given =
            std::find_if(records.begin(), records.end(),
                         [headerLine](const Record& record) { return record.line >= headerLine; });
        header = given == records.end() ? nullptr : &*given;
    } else {
        header = headerIn(records, usualWidth(records).cells);
    }
    layout.width = usualWidth(records).cells;
    layout.isStated = !records.empty() && isStatement(records.front());
    if (header) {
        layout.headerLine = header->line;
        layout.columns = columnNames(header->cells);
    }
    return layout;
}

} // namespace queuedeck::tabular
