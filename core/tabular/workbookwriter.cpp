// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tabular/workbookwriter.h"

#include <QFile>
#include <QRegularExpression>
#include <QStorageInfo>

#include <xlsxwriter.h>

using namespace Qt::StringLiterals;

namespace queuedeck::tabular {

namespace {
base::Error cannotWrite(const base::Sentence& why)
{
    return base::fail(base::ErrorKind::Internal,
                      base::Sentence::tr("The workbook cannot be written: %1.").arg(why));
}

base::Error noRoom()
{
    return cannotWrite(base::Sentence::tr("there is no room for all of it"));
}

// A text such as _x0041_ stands for a character in a workbook; its first underscore is escaped.
QByteArray escaped(QString text)
{
    static const QRegularExpression code(u"_(?=x[0-9A-Fa-f]{4}_)"_s);
    return text.replace(code, u"_x005F_"_s).toUtf8();
}
} // namespace

struct WorkbookWriter::Book
{
    QByteArray scratch; ///< libxlsxwriter keeps the pointer
    QString path;
    lxw_workbook* book = nullptr;
    lxw_worksheet* sheet = nullptr;
    lxw_row_t row = 0;
    lxw_format *bold = nullptr, *count = nullptr, *decimal = nullptr, *share = nullptr,
               *seconds = nullptr, *day = nullptr, *time = nullptr;

    lxw_format* format(const char* numbers)
    {
        lxw_format* made = workbook_add_format(book);
        format_set_num_format(made, numbers);
        return made;
    }
    ~Book()
    {
        if (book) // given up: closing would write all of it
            lxw_workbook_free(book);
    }
};

WorkbookWriter::WorkbookWriter(std::unique_ptr<Book> book)
    : m_book(std::move(book))
{
}

WorkbookWriter::~WorkbookWriter() = default;

base::Result<std::unique_ptr<WorkbookWriter>>
WorkbookWriter::begin(const QString& path, const QString& scratch, Memory memory)
{
    auto made = std::make_unique<Book>();
    made->scratch = QFile::encodeName(scratch);
    made->path = path;
    lxw_workbook_options options{};
    options.constant_memory = memory == Memory::Constant ? LXW_TRUE : LXW_FALSE;
    options.use_zip64 = memory == Memory::Constant ? LXW_TRUE : LXW_FALSE;
    options.tmpdir = made->scratch.data();
    made->book = workbook_new_opt(QFile::encodeName(path).constData(), &options);
    if (!made->book)
        return cannotWrite(base::Sentence::tr("out of memory"));
    made->bold = workbook_add_format(made->book);
    format_set_bold(made->bold);
    made->count = made->format("#,##0");
    made->decimal = made->format("#,##0.0");
    made->share = made->format("0.0%");
    made->seconds = made->format("#,##0.000\" s\"");
    made->day = made->format("yyyy-mm-dd");
    made->time = made->format("yyyy-mm-dd hh:mm:ss");
    return std::unique_ptr<WorkbookWriter>(new WorkbookWriter(std::move(made)));
}

void WorkbookWriter::beginSheet(const QString& title, const QVector<Column>& columns)
{
    Book& b = *m_book;
    // Names of sheets have at most 31 characters and none of these.
    QString name = title;
    for (const QChar c : u"[]:*?/\\'"_s)
        name.remove(c);
    b.sheet = workbook_add_worksheet(b.book, name.left(31).toUtf8().constData());
    b.row = 0;
    for (qsizetype i = 0; i < columns.size(); ++i)
        worksheet_set_column(b.sheet, lxw_col_t(i), lxw_col_t(i), columns[i].width, nullptr);
    worksheet_freeze_panes(b.sheet, 1, 0);
    for (qsizetype i = 0; i < columns.size(); ++i)
        worksheet_write_string(b.sheet, 0, lxw_col_t(i), escaped(columns[i].title).constData(),
                               b.bold);
}

void WorkbookWriter::beginRow()
{
    ++m_book->row;
}

bool WorkbookWriter::text(int column, const QString& value)
{
    if (value.isEmpty())
        return true;
    QByteArray bytes = escaped(value);
    const bool fits =
        value.size() <= kLongestText && lxw_utf8_strlen(bytes.constData()) <= size_t(kLongestText);
    if (!fits) {
        const QString mark = u"… (%1)"_s.arg(value.size());
        QString cut = value.left(kLongestText - mark.size());
        bytes = escaped(cut);
        while (lxw_utf8_strlen(bytes.constData()) > size_t(kLongestText - mark.size())) {
            cut.chop(cut.size() / 8 + 1);
            bytes = escaped(cut);
        }
        bytes += mark.toUtf8();
    }
    worksheet_write_string(m_book->sheet, m_book->row, lxw_col_t(column), bytes.constData(),
                           nullptr);
    return fits;
}

void WorkbookWriter::number(int column, double value, Number form)
{
    Book& b = *m_book;
    lxw_format* const formats[] = {nullptr, b.count, b.decimal, b.share, b.seconds};
    worksheet_write_number(b.sheet, b.row, lxw_col_t(column), value, formats[size_t(form)]);
}

namespace {
bool canBeDate(const QDate& day)
{
    return day.year() >= 1900 && day.year() <= 9999;
}
} // namespace

void WorkbookWriter::day(int column, const QDate& value)
{
    if (!canBeDate(value)) {
        text(column, value.toString(Qt::ISODate));
        return;
    }
    lxw_datetime at{value.year(), value.month(), value.day(), 0, 0, 0};
    worksheet_write_datetime(m_book->sheet, m_book->row, lxw_col_t(column), &at, m_book->day);
}

void WorkbookWriter::time(int column, const QDate& day, const QTime& time)
{
    if (!canBeDate(day)) {
        text(column, QDateTime(day, time).toString(Qt::ISODate));
        return;
    }
    constexpr double kSecond = 1000;
    lxw_datetime at{day.year(),  day.month(),   day.day(),
                    time.hour(), time.minute(), time.second() + time.msec() / kSecond};
    worksheet_write_datetime(m_book->sheet, m_book->row, lxw_col_t(column), &at, m_book->time);
}

// libxlsxwriter does not look whether its scratch file takes the rows, nor while it copies them.
base::Status WorkbookWriter::check()
{
    constexpr qint64 kMargin = 4 * 1024 * 1024;
    FILE* const rows = m_book->sheet ? m_book->sheet->optimize_tmpfile : nullptr;
    if (!rows)
        return {};
    if (std::fflush(rows) != 0 || std::ferror(rows))
        return noRoom();
    const qint64 size = std::ftell(rows);
    const QStorageInfo disk(QFile::decodeName(m_book->scratch));
    return disk.isValid() && disk.bytesAvailable() < size + size / 4 + kMargin
               ? base::Status(noRoom())
               : base::Status();
}

base::Status WorkbookWriter::finish()
{
    if (const base::Status kept = check(); !kept)
        return kept;
    const lxw_error failed = workbook_close(std::exchange(m_book->book, nullptr));
    if (failed == LXW_NO_ERROR)
        return {};
    return failed == LXW_ERROR_ZIP_FILE_OPERATION || failed == LXW_ERROR_ZIP_FILE_ADD
               ? noRoom()
               : cannotWrite(QString::fromUtf8(lxw_strerror(failed)));
}

} // namespace queuedeck::tabular
