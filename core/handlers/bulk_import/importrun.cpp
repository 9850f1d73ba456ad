// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/bulk_import/importrun.h"

#include "core/handlers/bulk_import/salesorders.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QUuid>

#include <unordered_map>

using namespace Qt::StringLiterals;

namespace queuedeck::handlers {

using base::ErrorKind;
using base::fail;
using domain::ImportField;
using domain::ImportRow;
using domain::ImportSink;
using domain::ImportTarget;
using domain::ImportVerdict;
using tabular::Record;
using tabular::TableReader;

namespace {
constexpr qint64 kStopEvery = 10'000;   // lines
constexpr qsizetype kMostReasons = 50;  // the rest are counted together
constexpr qsizetype kMostLines = 5'000; // of one order

/// A line that has been read and converted.
struct Line
{
    Record record;
    ImportRow row;
};

struct KeyHash
{
    size_t operator()(const QUuid& key) const { return size_t(qHash(key)); }
};
template <class Value>
using ByKey = std::unordered_map<QUuid, Value, KeyHash>;

QUuid digest(const QString& key)
{
    return QUuid::createUuidV5(QUuid(), key);
}

// What many lines have in common.
QString withoutLines(QString reason)
{
    static const QRegularExpression kLine(u", see line \\d+|^line \\d+: "_s);
    return reason.remove(kLine);
}

class Run
{
public:
    Run(const ImportRequest& request, const ImportWay& way, ImportSink& sink)
        : m_request(request)
        , m_way(way)
        , m_sink(sink)
        , m_target(way.scope.target)
        , m_fields(domain::importFields(m_target))
    {
    }

    base::Result<ImportReport> run()
    {
        for (const auto step : {&Run::survey, &Run::begin, &Run::write}) {
            if (const base::Status done = (this->*step)(); !done)
                return done.error();
        }
        return std::move(m_report);
    }

private:
    bool isSales() const { return m_target == ImportTarget::SalesReport; }

    base::Status stopped() const
    {
        return fail(ErrorKind::Cancelled,
                    u"Stopped. What was written stays, and the next run continues from there."_s);
    }

    int fieldIndex(const QString& name) const { return domain::importFieldIndex(m_target, name); }

    // By what a line is found again, as written in the file.
    QString keyOf(const QStringList& values) const
    {
        switch (m_target) {
        case ImportTarget::Customers: {
            const QString id = values[fieldIndex(u"externalId"_s)];
            return id.isEmpty() ? u'n' + values[fieldIndex(u"name"_s)] : u'x' + id;
        }
        case ImportTarget::Products: return values[fieldIndex(u"code"_s)];
        case ImportTarget::SalesReport: return values[fieldIndex(u"invoiceNumber"_s)];
        case ImportTarget::Scans: break;
        }
        return {};
    }

    QString cell(const Record& record, int field) const
    {
        const int column = m_columns[field];
        return column < 0 ? QString() : record.cells[column];
    }

    base::Result<std::unique_ptr<TableReader>> openTable()
    {
        auto table = TableReader::open(m_way.path, m_request.table);
        if (!table)
            return table;
        m_report.table = (*table)->info();
        const auto columns = columnsOfFields(m_target, m_report.table.columns, m_request.mapping);
        if (!columns)
            return columns.error();
        m_columns = *columns;
        return table;
    }

    // The first reading.
    base::Status survey()
    {
        const auto table = openTable();
        if (!table)
            return table.error();
        noteColumns();
        StyleEvidence evidence;
        for (;;) {
            const auto record = (*table)->next();
            if (!record)
                return record.error();
            if (!*record)
                break;
            if (++m_rows % kStopEvery == 0 && m_way.isStopped())
                return stopped();
            for (int field = 0; field < m_fields.size(); ++field)
                evidence.add(m_fields[field].kind, cell(**record, field));
            if (isSales())
                ++m_linesLeft[digest(cell(**record, fieldIndex(u"invoiceNumber"_s)).trimmed())];
        }
        if (m_rows == 0)
            return fail(ErrorKind::Invalid, u"The file has a header and no lines with data."_s);
        const bool isCsv = m_report.table.format == tabular::TableFormat::Csv;
        m_report.style = evidence.style({isCsv && m_report.table.separator == u';', false});
        if (!isCsv) // numbers of a workbook are no text
            m_report.style.decimalComma = false;
        m_report.style.decimalComma = m_request.decimalComma.value_or(m_report.style.decimalComma);
        m_report.style.dayFirst = m_request.dayFirst.value_or(m_report.style.dayFirst);
        return {};
    }

    void noteColumns()
    {
        m_report.columns = proposedColumns(m_target, m_report.table.columns);
        for (ColumnMatch& match : m_report.columns) {
            const auto field = std::find(m_columns.begin(), m_columns.end(),
                                         m_report.table.columns.indexOf(match.column));
            const QString used =
                field == m_columns.end() ? QString() : m_fields[field - m_columns.begin()].name;
            if (used != match.field)
                match.how = used.isEmpty() ? ColumnMatch::How::None : ColumnMatch::How::ByName;
            match.field = used;
        }
    }

    base::Status begin()
    {
        domain::ImportScope scope = m_way.scope;
        for (int field = 0; field < m_fields.size(); ++field) {
            if (m_columns[field] >= 0)
                scope.fields += m_fields[field].name;
        }
        return m_sink.begin(scope);
    }

    // The second reading.
    base::Status write()
    {
        const auto table = openTable();
        if (!table)
            return table.error();
        m_report.rejectedFile = m_way.rejectedFile;
        RejectedLines rejected(m_way.rejectedFile, m_report.table.columns,
                               m_report.table.separator);
        m_rejected = &rejected;
        for (;;) {
            auto record = (*table)->next();
            if (!record)
                return record.error();
            if (!*record)
                break;
            ++m_report.rows;
            if (const base::Status done = take(std::move(**record)); !done)
                return done;
        }
        if (const base::Status done = flush(); !done)
            return done;
        if (const base::Status done = rejected.finish(); !done)
            return done;
        if (m_report.rejected == 0)
            m_report.rejectedFile.clear();
        return {};
    }

    base::Status take(Record record)
    {
        Line line{std::move(record), {}};
        const QString fault = converted(line);
        if (isSales())
            return takeSale(std::move(line), fault);
        if (!fault.isEmpty())
            return reject(line.record, fault);
        if (const QString key = keyOf(line.row.values); !key.isNull()) {
            const auto [first, isNew] = m_firstLines.try_emplace(digest(key), line.row.line);
            if (!isNew)
                return reject(line.record, u"twice in the file, see line %1"_s.arg(first->second));
        }
        m_lines += std::move(line);
        return m_lines.size() < ImportSink::kBatch ? base::Status() : flush();
    }

    // Empty, or why the line is rejected.
    QString converted(Line& line) const
    {
        line.row.line = line.record.line;
        if (!line.record.fault.isEmpty())
            return line.record.fault;
        for (int field = 0; field < m_fields.size(); ++field) {
            const ImportField& meant = m_fields[field];
            const auto value = convertedValue(meant.kind, cell(line.record, field), m_report.style);
            if (!value)
                return u"%1: %2"_s.arg(meant.name, value.error());
            if (value->isEmpty() && meant.isNeeded)
                return u"%1 is empty"_s.arg(meant.name);
            line.row.values += *value;
        }
        return {};
    }

    // The lines of an order may stand anywhere in the file; it is written once all are here.
    base::Status takeSale(Line line, const QString& fault)
    {
        const QString number = cell(line.record, fieldIndex(u"invoiceNumber"_s)).trimmed();
        if (number.isEmpty())
            return reject(line.record, fault);
        const QUuid key = digest(number);
        Order& order = m_open[key];
        if (!fault.isEmpty() && order.fault.isEmpty())
            order.fault = u"line %1: %2"_s.arg(line.record.line).arg(fault);
        if (order.lines.size() >= kMostLines)
            return fail(ErrorKind::Invalid,
                        u"Invoice %1 has more than 5,000 lines. Is the right column mapped to "
                        "invoiceNumber?"_s.arg(number));
        order.lines += std::move(line);
        const auto left = m_linesLeft.find(key);
        if (left == m_linesLeft.end()) // the file changed between the two readings
            return fail(ErrorKind::Conflict, u"The file was changed while it was read."_s);
        if (--left->second > 0)
            return {};
        m_linesLeft.erase(left);
        auto whole = m_open.extract(key);
        m_orders += std::move(whole.mapped());
        return m_orders.size() < ImportSink::kBatch ? base::Status() : flush();
    }

    base::Status flush()
    {
        if (m_way.isStopped())
            return stopped();
        const base::Status done = isSales() ? flushOrders() : flushLines();
        if (done && m_way.progress)
            m_way.progress(m_report.rows, m_rows);
        return done;
    }

    base::Status flushLines()
    {
        QVector<ImportRow> rows;
        for (const Line& line : std::as_const(m_lines))
            rows += line.row;
        const auto verdicts = m_sink.write(rows);
        if (!verdicts)
            return verdicts.error();
        for (qsizetype i = 0; i < m_lines.size(); ++i) {
            if (const base::Status done = count((*verdicts)[i], {m_lines[i].record}); !done)
                return done;
        }
        m_lines.clear();
        return {};
    }

    base::Status flushOrders()
    {
        QVector<domain::SalesOrder> good;
        QVector<QVector<Record>> records;
        for (Order& order : m_orders) {
            QVector<Record> lines;
            QVector<ImportRow> rows;
            for (Line& line : order.lines) {
                lines += std::move(line.record);
                rows += std::move(line.row);
            }
            if (order.fault.isEmpty()) {
                good += salesOrderFrom(rows);
                records += lines;
            } else if (const base::Status done =
                           count({ImportVerdict::Kind::Rejected, order.fault}, lines);
                       !done) {
                return done;
            }
        }
        m_orders.clear();
        const auto verdicts = m_sink.write(good);
        if (!verdicts)
            return verdicts.error();
        for (qsizetype i = 0; i < good.size(); ++i) {
            if (const base::Status done = count((*verdicts)[i], records[i]); !done)
                return done;
        }
        return {};
    }

    base::Status count(const ImportVerdict& verdict, const QVector<Record>& records)
    {
        switch (verdict.kind) {
        case ImportVerdict::Kind::Created: ++m_report.created; break;
        case ImportVerdict::Kind::Updated: ++m_report.updated; break;
        case ImportVerdict::Kind::Unchanged: ++m_report.unchanged; break;
        case ImportVerdict::Kind::Rejected:
            for (const Record& record : records) {
                if (const base::Status done = reject(record, verdict.reason); !done)
                    return done;
            }
        }
        return {};
    }

    base::Status reject(const Record& record, const QString& reason)
    {
        ++m_report.rejected;
        if (m_report.first.size() < ImportReport::kFirst)
            m_report.first += {record.line, reason};
        const QString kind = withoutLines(reason);
        const bool isKnown = m_report.reasons.contains(kind);
        ++m_report.reasons[isKnown || m_report.reasons.size() < kMostReasons ? kind : u"others"_s];
        return m_rejected->add(record, reason);
    }

    struct Order
    {
        QVector<Line> lines;
        QString fault;
    };

    const ImportRequest& m_request;
    const ImportWay& m_way;
    ImportSink& m_sink;
    const ImportTarget m_target;
    const QVector<ImportField>& m_fields;
    QVector<int> m_columns; ///< of each field
    qint64 m_rows = 0;      ///< by the first reading
    ImportReport m_report;
    RejectedLines* m_rejected = nullptr;
    ByKey<qint64> m_firstLines;
    QVector<Line> m_lines;
    ByKey<quint32> m_linesLeft; ///< of each order
    ByKey<Order> m_open;
    QVector<Order> m_orders;
};
} // namespace

QJsonObject ImportReport::json() const
{
    QJsonObject why;
    for (auto reason = reasons.begin(); reason != reasons.end(); ++reason)
        why[reason.key()] = *reason;
    QJsonArray lines;
    for (const Rejection& one : first)
        lines += QJsonObject{{u"line"_s, one.line}, {u"reason"_s, one.reason}};
    QJsonObject mapping;
    for (const ColumnMatch& match : columns) {
        if (!match.field.isEmpty())
            mapping[match.field] = match.column;
    }
    return {
        {u"rows"_s, rows},           {u"created"_s, created},   {u"updated"_s, updated},
        {u"unchanged"_s, unchanged}, {u"rejected"_s, rejected}, {u"reasons"_s, why},
        {u"first"_s, lines},         {u"mapping"_s, mapping},   {u"rejectedFile"_s, rejectedFile}};
}

base::Status checkImport(const ImportRequest& request, const QString& path)
{
    const auto table = TableReader::open(path, request.table);
    if (!table)
        return table.error();
    const auto columns =
        columnsOfFields(*request.target, (*table)->info().columns, request.mapping);
    return columns ? base::Status() : base::Status(columns.error());
}

base::Result<ImportReport> runImport(const ImportRequest& request, const ImportWay& way,
                                     ImportSink& sink)
{
    return Run(request, way, sink).run();
}

} // namespace queuedeck::handlers
