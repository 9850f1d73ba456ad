// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tabular/workbook.h"

#include "core/base/sentence.h"
#include "core/tabular/csvlayout.h"
#include "core/tabular/zipsizes.h"

#include <QDate>
#include <QFile>
#include <QFileInfo>
#include <QTime>

#include <cmath>
#include <exception>
#include <ixion/address.hpp>
#include <ixion/cell.hpp>
#include <ixion/formula_result.hpp>
#include <ixion/model_context.hpp>
#include <ixion/model_iterator.hpp>
#include <orcus/interface.hpp>
#include <orcus/orcus_ods.hpp>
#include <orcus/orcus_xlsx.hpp>
#include <orcus/spreadsheet/document.hpp>
#include <orcus/spreadsheet/factory.hpp>
#include <orcus/spreadsheet/sheet.hpp>
#include <orcus/spreadsheet/styles.hpp>
#include <set>

using namespace Qt::StringLiterals;

namespace queuedeck::tabular {

using base::ErrorKind;
using base::fail;
using base::Sentence;
namespace model = orcus::spreadsheet;

namespace {
constexpr qint64 kLargestPacked = qint64(50) << 20;
constexpr qint64 kLargestUnpacked = qint64(256) << 20;
constexpr qsizetype kMostCells = 5'000'000;
constexpr qint64 kLargestArea = 40'000'000; // empty cells included
constexpr ixion::col_t kMostColumns = 16'384;
constexpr ixion::row_t kMostRows = 1'048'576;

QString fromUtf8(std::string_view text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

// Whether Excel's own number format shows a day or a time.
bool isTimeFormat(size_t id)
{
    return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) ||
           (id >= 50 && id <= 58);
}

// Whether a format does, by its letters outside of quotation marks and brackets.
bool showsTime(std::string_view format)
{
    bool isQuoted = false;
    bool isBracketed = false;
    for (const char c : format) {
        isQuoted = c == '"' ? !isQuoted : isQuoted;
        isBracketed = !isQuoted && (c == '[' || (isBracketed && c != ']'));
        if (!isQuoted && !isBracketed && std::string_view("ymdhsYMDHS").find(c) != format.npos)
            return true;
    }
    return false;
}

QString numberText(double value)
{
    constexpr double kExact = 1e15;
    constexpr int kDigits = 15; // as Excel shows them at most
    if (std::abs(value) < kExact && value == std::floor(value))
        return QString::number(value, 'f', 0);
    return QString::number(value, 'g', kDigits);
}

/// Turns the cells of one sheet into text.
class Cells
{
public:
    Cells(const model::document& document, model::sheet_t number)
        : m_document(document)
        , m_model(document.get_model_context())
        , m_sheet(*document.get_sheet(number))
    {
        const model::styles& styles = document.get_styles();
        for (size_t i = 0; i < styles.get_number_format_count(); ++i) {
            const model::number_format_t* format = styles.get_number_format(i);
            if (format && showsTime(format->format_string))
                m_timeFormats.insert(format->identifier);
        }
    }

    QString text(const ixion::model_iterator::cell& cell) const
    {
        switch (cell.type) {
        case ixion::celltype_t::string: {
            const std::string* text = m_model.get_string(std::get<ixion::string_id_t>(cell.value));
            return text ? fromUtf8(*text) : QString();
        }
        case ixion::celltype_t::numeric: return number(cell, std::get<double>(cell.value));
        case ixion::celltype_t::boolean: return std::get<bool>(cell.value) ? u"TRUE"_s : u"FALSE"_s;
        case ixion::celltype_t::formula: return formula(cell);
        default: return {};
        }
    }

private:
    QString number(const ixion::model_iterator::cell& cell, double value) const
    {
        const size_t format =
            m_sheet.get_cell_format(model::row_t(cell.row), model::col_t(cell.col));
        // It is the number in the file, not a place in the list of formats.
        const model::cell_format_t* look = m_document.get_styles().get_cell_format(format);
        const size_t shown = look ? look->number_format : 0;
        constexpr double kLastDay = 2'958'465; // 9999-12-31
        if ((!isTimeFormat(shown) && !m_timeFormats.contains(shown)) || value < 0 ||
            value > kLastDay)
            return numberText(value);
        return time(value);
    }

    QString time(double value) const
    {
        const orcus::date_time_t origin = m_document.get_origin_date();
        constexpr qint64 kDay = 86'400;
        const auto seconds = qint64(std::llround(value * kDay));
        const QTime clock = QTime::fromMSecsSinceStartOfDay(int(seconds % kDay) * 1000);
        if (seconds < kDay) // only a time
            return clock.toString(u"HH:mm:ss"_s);
        const QDate day = QDate(origin.year, origin.month, origin.day).addDays(seconds / kDay);
        const QString text = day.toString(Qt::ISODate);
        return seconds % kDay == 0 ? text : text + u' ' + clock.toString(u"HH:mm:ss"_s);
    }

    QString formula(const ixion::model_iterator::cell& cell) const
    {
        const auto* found = std::get<const ixion::formula_cell*>(cell.value);
        if (!found)
            return {};
        const ixion::formula_result& result =
            found->get_raw_result_cache(ixion::formula_result_wait_policy_t::throw_exception);
        switch (result.get_type()) {
        case ixion::formula_result::result_type::value: return number(cell, result.get_value());
        case ixion::formula_result::result_type::string: return fromUtf8(result.get_string());
        default: return {};
        }
    }

    const model::document& m_document;
    const ixion::model_context& m_model;
    const model::sheet& m_sheet;
    std::set<size_t> m_timeFormats;
};

base::Result<std::vector<Record>> recordsOf(const model::document& document, model::sheet_t number)
{
    const Cells cells(document, number);
    const ixion::abs_range_t data = document.get_model_context().get_data_range(number);
    std::vector<Record> records;
    if (!data.valid() || data.last.row < 0 || data.last.column < 0)
        return records;
    // The iterator also visits what is empty, so a cell far out would cost hours.
    const qint64 area = (qint64(data.last.row) + 1) * (qint64(data.last.column) + 1);
    if (area > kLargestArea)
        return fail(
            ErrorKind::Invalid,
            Sentence::tr(
                "The sheet reaches to row %1, column %2, mostly empty. Delete what is beside "
                "the table, or save it as CSV.")
                .arg(data.last.row + 1)
                .arg(data.last.column + 1));
    ixion::abs_rc_range_t all;
    all.first = ixion::abs_rc_address_t(0, 0);
    all.last = ixion::abs_rc_address_t(data.last.row, data.last.column);
    auto at = document.get_model_context().get_model_iterator(
        number, ixion::rc_direction_t::horizontal, all);
    qsizetype count = 0;
    for (; at.has(); at.next()) {
        const auto& cell = at.get();
        if (cell.type == ixion::celltype_t::empty)
            continue;
        if (++count > kMostCells)
            return fail(ErrorKind::Invalid,
                        Sentence::tr("The sheet has more than 5 million cells. Save it as CSV."));
        if (records.empty() || records.back().line != cell.row + 1)
            records.push_back({cell.row + 1, {}, {}});
        QStringList& row = records.back().cells;
        while (row.size() < cell.col)
            row += QString();
        row += cells.text(cell);
    }
    return records;
}

base::Result<Sheet> chosenSheet(const model::document& document, const QString& wanted)
{
    QStringList names;
    for (size_t i = 0; i < document.get_sheet_count(); ++i) {
        const auto number = model::sheet_t(i);
        const QString name = fromUtf8(document.get_sheet_name(number));
        names += name;
        if (!wanted.isEmpty() && name != wanted)
            continue;
        auto records = recordsOf(document, number);
        if (!records)
            return records.error();
        if (!wanted.isEmpty() || !records->empty())
            return Sheet{name, std::move(*records)};
    }
    if (!wanted.isEmpty())
        return fail(ErrorKind::NotFound,
                    Sentence::tr("The workbook has no sheet \"%1\". Its sheets are: %2.")
                        .arg(wanted, names.join(u", "_s)));
    return fail(ErrorKind::Invalid, Sentence::tr("The workbook is empty."));
}

base::Error damaged(const char* what)
{
    return fail(
        ErrorKind::Invalid,
        Sentence::tr(
            "The workbook cannot be read: %1. It may be damaged or protected by a password; "
            "open it in a spreadsheet program and save it anew, or as CSV.")
            .arg(QString::fromUtf8(what)));
}

base::Result<QByteArray> packedBytes(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorKind::Denied,
                    Sentence::tr("The file %1 cannot be read: %2.").arg(path, file.errorString()));
    if (file.size() > kLargestPacked)
        return fail(ErrorKind::Invalid,
                    Sentence::tr("The workbook is larger than 50 MB. Save it as CSV."));
    const auto sizes = zipSizes(file);
    if (!sizes)
        return sizes.error();
    if (sizes->unpacked > kLargestUnpacked)
        return fail(
            ErrorKind::Invalid,
            Sentence::tr(
                "The workbook would take %1 MB once it is unpacked; 256 MB is the limit. Save "
                "it as CSV.")
                .arg(sizes->unpacked >> 20));
    file.seek(0);
    return file.readAll();
}
} // namespace

std::optional<TableFormat> workbookFormat(QIODevice& file)
{
    if (!file.peek(4).startsWith("PK\3\4"))
        return {};
    const auto sizes = zipSizes(file);
    file.seek(0);
    // A damaged one is still no text; reading it says what is wrong.
    if (!sizes || sizes->names.contains(u"[Content_Types].xml"_s))
        return TableFormat::Xlsx;
    return sizes->names.contains(u"mimetype"_s) ? TableFormat::Ods : TableFormat::Xlsx;
}

base::Result<Sheet> readSheet(const QString& path, TableFormat format, const QString& wanted)
{
    const auto bytes = packedBytes(path);
    if (!bytes)
        return bytes.error();
    try {
        model::document document({kMostRows, kMostColumns});
        model::import_factory factory(document);
        const std::string_view stream(bytes->constData(), size_t(bytes->size()));
        if (format == TableFormat::Xlsx)
            orcus::orcus_xlsx(&factory).read_stream(stream);
        else
            orcus::orcus_ods(&factory).read_stream(stream);
        return chosenSheet(document, wanted);
    } catch (const std::exception& error) {
        return damaged(error.what());
    }
}

SheetLayout sheetLayout(const Sheet& sheet, qint64 headerLine)
{
    qsizetype width = 0;
    constexpr size_t kEnough = 200;
    for (size_t i = 0; i < sheet.records.size() && i < kEnough; ++i)
        width = std::max(width, filledCells(sheet.records[i].cells));
    for (const Record& record : sheet.records) {
        const bool isHeader =
            headerLine > 0 ? record.line >= headerLine : filledCells(record.cells) * 2 > width;
        if (isHeader)
            return {record.line, columnNames(record.cells)};
    }
    return {};
}

} // namespace queuedeck::tabular
