// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/bulk_import/importrun.h"

#include "core/base/sentence.h"
#include "core/handlers/bulk_import/importlines.h"
#include "core/handlers/bulk_import/salesorders.h"

#include <QRegularExpression>
#include <QUuid>

#include <unordered_map>

using namespace Qt::StringLiterals;

namespace queuedeck::handlers {

using base::ErrorKind;
using base::fail;
using base::Sentence;
using domain::ImportField;
using domain::ImportRow;
using domain::ImportSink;
using domain::ImportTarget;
using domain::ImportVerdict;
using tabular::Record;

namespace {
constexpr qint64 kStopEvery = 10'000;   // lines
constexpr qsizetype kMostReasons = 50;  // the rest are counted together
constexpr qsizetype kMostLines = 5'000; // of one order

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
                    Sentence::tr(
                        "Stopped. What was written stays, and the next run continues from there."));
    }

    int fieldIndex(const QString& name) const { return domain::importFieldIndex(m_target, name); }

    QString numberOf(const ImportLines& lines, const Record& record) const
    {
        return lines.cell(record, fieldIndex(u"invoiceNumber"_s)).trimmed();
    }

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

    base::Result<ImportLines> openLines()
    {
        auto lines = ImportLines::open(m_request, m_target, m_way.path);
        if (lines)
            m_report.table = lines->info();
        return lines;
    }

    // The first reading.
    base::Status survey()
    {
        auto lines = openLines();
        if (!lines)
            return lines.error();
        m_report.columns = lines->matches();
        m_fieldsUsed = lines->fields();
        StyleEvidence evidence;
        for (;;) {
            const auto record = lines->next();
            if (!record)
                return record.error();
            if (!*record)
                break;
            if (++m_rows % kStopEvery == 0 && m_way.isStopped())
                return stopped();
            for (int field = 0; field < m_fields.size(); ++field)
                evidence.add(m_fields[field].kind, lines->cell(**record, field));
            if (isSales())
                ++m_linesLeft[digest(numberOf(*lines, **record))];
        }
        if (m_rows == 0)
            return fail(ErrorKind::Invalid,
                        Sentence::tr("The file has a header and no lines with data."));
        const bool isCsv = m_report.table.format == tabular::TableFormat::Csv;
        m_report.style = evidence.style({isCsv && m_report.table.separator == u';', false});
        if (!isCsv) // numbers of a workbook are no text
            m_report.style.decimalComma = false;
        m_report.style.decimalComma = m_request.decimalComma.value_or(m_report.style.decimalComma);
        m_report.style.dayFirst = m_request.dayFirst.value_or(m_report.style.dayFirst);
        return {};
    }

    base::Status begin()
    {
        domain::ImportScope scope = m_way.scope;
        scope.fields = m_fieldsUsed;
        return m_sink.begin(scope);
    }

    // The second reading.
    base::Status write()
    {
        auto lines = openLines();
        if (!lines)
            return lines.error();
        m_report.rejectedFile = m_way.rejectedFile;
        RejectedLines rejected(m_way.rejectedFile, m_report.table.columns,
                               m_report.table.separator);
        m_rejected = &rejected;
        for (;;) {
            auto record = lines->next();
            if (!record)
                return record.error();
            if (!*record)
                break;
            ++m_report.rows;
            if (const base::Status done = take(*lines, std::move(**record)); !done)
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

    base::Status take(const ImportLines& lines, Record record)
    {
        ImportLine line = lines.converted(std::move(record), m_report.style);
        if (isSales()) {
            const QString number = numberOf(lines, line.record);
            return takeSale(number, std::move(line));
        }
        if (!line.fault.isEmpty())
            return reject(line.record, line.fault);
        if (const QString key = keyOf(line.row.values); !key.isNull()) {
            const auto [first, isNew] = m_firstLines.try_emplace(digest(key), line.row.line);
            if (!isNew)
                return reject(line.record,
                              Sentence::tr("twice in the file, see line %1").arg(first->second));
        }
        m_lines += std::move(line);
        return m_lines.size() < ImportSink::kBatch ? base::Status() : flush();
    }

    // The lines of an order may stand anywhere in the file; it is written once all are here.
    base::Status takeSale(const QString& number, ImportLine line)
    {
        if (number.isEmpty())
            return reject(line.record, line.fault);
        const QUuid key = digest(number);
        Order& order = m_open[key];
        if (!line.fault.isEmpty() && order.fault.isEmpty())
            order.fault = u"line %1: %2"_s.arg(line.record.line).arg(line.fault);
        if (order.lines.size() >= kMostLines)
            return fail(
                ErrorKind::Invalid,
                Sentence::tr("Invoice %1 has more than 5,000 lines. Is the right column mapped to "
                             "invoiceNumber?")
                    .arg(number));
        order.lines += std::move(line);
        const auto left = m_linesLeft.find(key);
        if (left == m_linesLeft.end()) // the file changed between the two readings
            return fail(ErrorKind::Conflict,
                        Sentence::tr("The file was changed while it was read."));
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
        for (const ImportLine& line : std::as_const(m_lines))
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
            for (ImportLine& line : order.lines) {
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
        QVector<ImportLine> lines;
        QString fault;
    };

    const ImportRequest& m_request;
    const ImportWay& m_way;
    ImportSink& m_sink;
    const ImportTarget m_target;
    const QVector<ImportField>& m_fields;
    QStringList m_fieldsUsed;
    qint64 m_rows = 0; ///< by the first reading
    ImportReport m_report;
    RejectedLines* m_rejected = nullptr;
    ByKey<qint64> m_firstLines;
    QVector<ImportLine> m_lines;
    ByKey<quint32> m_linesLeft; ///< of each order
    ByKey<Order> m_open;
    QVector<Order> m_orders;
};
} // namespace

base::Status checkImport(const ImportRequest& request, const QString& path)
{
    const auto lines = ImportLines::open(request, *request.target, path);
    return lines ? base::Status() : base::Status(lines.error());
}

base::Result<ImportReport> runImport(const ImportRequest& request, const ImportWay& way,
                                     ImportSink& sink)
{
    return Run(request, way, sink).run();
}

} // namespace queuedeck::handlers
