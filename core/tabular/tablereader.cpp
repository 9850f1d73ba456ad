// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tabular/tablereader.h"

#include "core/base/sentence.h"
#include "core/tabular/csvlayout.h"
#include "core/tabular/csvreader.h"
#include "core/tabular/textstream.h"
#include "core/tabular/workbook.h"

#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace queuedeck::tabular {

using base::ErrorKind;
using base::fail;
using base::Sentence;

namespace {
constexpr qsizetype kBeginning = 64 * 1024; // characters that the layout is found out from

class CsvTable final : public TableReader
{
public:
    CsvTable(TableInfo info, std::unique_ptr<QIODevice> file)
        : TableReader(std::move(info))
        , m_stream(std::move(file), this->info().encoding)
        , m_reader([this] { return m_stream.next(); }, this->info().separator)
    {
    }

private:
    base::Result<std::optional<Record>> nextInFile() override { return m_reader.next(); }
    bool mayBeCutOff() const override { return m_reader.endedByFile(); }

    TextStream m_stream;
    CsvReader m_reader;
};

class WorkbookTable final : public TableReader
{
public:
    WorkbookTable(TableInfo info, std::vector<Record> records)
        : TableReader(std::move(info))
        , m_records(std::move(records))
    {
    }

private:
    base::Result<std::optional<Record>> nextInFile() override
    {
        if (m_at == m_records.size())
            return std::optional<Record>();
        return std::optional(std::move(m_records[m_at++]));
    }

    std::vector<Record> m_records;
    size_t m_at = 0;
};

base::Result<std::unique_ptr<QFile>> opened(const QString& path)
{
    const QFileInfo file(path);
    if (!file.exists())
        return fail(ErrorKind::NotFound, Sentence::tr("There is no file %1.").arg(path));
    if (!file.isFile())
        return fail(ErrorKind::Invalid, Sentence::tr("%1 is not a file.").arg(path));
    if (file.size() > TableReader::kLargestFile)
        return fail(
            ErrorKind::Invalid,
            Sentence::tr("The file %1 is larger than 1 GB. Divide it.").arg(file.fileName()));
    auto device = std::make_unique<QFile>(path);
    if (!device->open(QIODevice::ReadOnly))
        return fail(
            ErrorKind::Denied,
            Sentence::tr("The file %1 cannot be read: %2.").arg(path, device->errorString()));
    return device;
}

base::Error noTable(const QString& path)
{
    return fail(ErrorKind::Invalid,
                Sentence::tr("The file %1 holds no table: no line with the names of its "
                             "columns was found.")
                    .arg(QFileInfo(path).fileName()));
}

base::Result<std::unique_ptr<TableReader>> openCsv(const QString& path, const TableOptions& options,
                                                   std::unique_ptr<QFile> file)
{
    TableInfo info;
    info.bytes = file->size();
    if (options.encoding) {
        info.encoding = *options.encoding;
        info.encodingWhy = u"As chosen."_s;
    } else {
        const auto detected = detectEncoding(*file);
        if (!detected)
            return detected.error();
        info.encoding = detected->encoding;
        info.encodingWhy = detected->why;
    }
    TextStream stream(std::move(file), info.encoding);
    QString beginning;
    bool isWhole = false;
    while (beginning.size() < kBeginning && !isWhole) {
        const auto piece = stream.next();
        if (!piece)
            return piece.error();
        isWhole = piece->isEmpty();
        beginning += *piece;
    }
    CsvLayout layout = layoutOf(beginning, isWhole, options.separator, options.headerLine);
    if (!options.hasNames) {
        layout.headerLine = layout.isStated ? 1 : 0;
        layout.columns = columnNames(layout.width);
    }
    if (layout.columns.isEmpty())
        return noTable(path);
    info.separator = layout.separator;
    info.headerLine = layout.headerLine;
    info.columns = layout.columns;
    auto again = opened(path);
    if (!again)
        return again.error();
    return std::unique_ptr<TableReader>(
        std::make_unique<CsvTable>(std::move(info), std::move(*again)));
}

base::Result<std::unique_ptr<TableReader>>
openWorkbook(const QString& path, const TableOptions& options, TableFormat format, qint64 bytes)
{
    auto sheet = readSheet(path, format, options.sheet);
    if (!sheet)
        return sheet.error();
    SheetLayout layout = sheetLayout(*sheet, options.headerLine);
    if (!options.hasNames) {
        layout.headerLine = 0;
        qsizetype width = 0;
        for (const Record& record : sheet->records)
            width = std::max(width, record.cells.size());
        layout.columns = columnNames(width);
    }
    if (layout.columns.isEmpty())
        return noTable(path);
    TableInfo info;
    info.format = format;
    info.bytes = bytes;
    info.sheet = sheet->name;
    info.headerLine = layout.headerLine;
    info.columns = layout.columns;
    return std::unique_ptr<TableReader>(
        std::make_unique<WorkbookTable>(std::move(info), std::move(sheet->records)));
}
} // namespace

base::Result<std::unique_ptr<TableReader>> TableReader::open(const QString& path,
                                                             const TableOptions& options)
{
    auto file = opened(path);
    if (!file)
        return file.error();
    if (const auto format = workbookFormat(**file))
        return openWorkbook(path, options, *format, (*file)->size());
    return openCsv(path, options, std::move(*file));
}

base::Result<std::optional<Record>> TableReader::next()
{
    for (;;) {
        auto record = nextInFile();
        if (!record || !*record)
            return record;
        if ((*record)->line <= m_info.headerLine || (*record)->isBlank())
            continue;
        fit(**record);
        return record;
    }
}

void TableReader::fit(Record& record) const
{
    const qsizetype columns = m_info.columns.size();
    const qsizetype cells = record.cells.size();
    if (cells < columns && mayBeCutOff() && record.fault.isEmpty())
        record.fault = Sentence::tr("The file ends after cell %1 of %2; it may have been cut off.")
                           .arg(cells)
                           .arg(columns);
    for (qsizetype extra = columns; extra < cells && record.fault.isEmpty(); ++extra) {
        if (!record.cells[extra].trimmed().isEmpty())
            record.fault =
                Sentence::tr("The line has %1 cells, the header %2.").arg(cells).arg(columns);
    }
    record.cells.resize(columns);
}

} // namespace queuedeck::tabular
