// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/bulk_import/importrun.h"

#include "core/base/sentence.h"
#include "core/handlers/bulk_import/importsurvey.h"
#include "core/handlers/bulk_import/salesorders.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace queuedeck::handlers {

using base::ErrorKind;
using base::fail;
using base::Sentence;
using domain::ImportRow;
using domain::ImportSink;
using domain::ImportTarget;
using domain::ImportVerdict;
using tabular::Record;

namespace {
constexpr qsizetype kMostReasons = 50;         // the rest are counted together
constexpr qsizetype kMostLines = 5'000;        // of one order
constexpr qsizetype kMostLinesAtOnce = 10'000; // of the orders in a batch

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

    int fieldIndex(const QString& name) const { return domain::importFieldIndex(m_target, name); }

    /// By what a line is found again, as written in the file, and the field it is in.
    struct Key
    {
        QString text;
        QString field;
    };

    Key keyOf(const QStringList& values) const
    {
        static const QString kId = u"externalId"_s;
        static const QString kName = u"name"_s;
        static const QString kCode = u"code"_s;
        if (m_target == ImportTarget::Products)
            return {values[fieldIndex(kCode)], kCode};
        if (m_target != ImportTarget::Customers)
            return {};
        const QString id = values[fieldIndex(kId)];
        return id.isEmpty() ? Key{u'n' + values[fieldIndex(kName)], kName} : Key{u'x' + id, kId};
    }

    base::Status survey()
    {
        auto found = ImportSurvey::of(m_request, m_target, m_way.path, m_way.isStopped);
        if (!found)
            return found.error();
        m_survey = std::move(*found);
        m_report.table = m_survey.table;
        m_report.columns = m_survey.columns;
        m_report.style = m_survey.style;
        if (m_way.withPreview)
            m_report.preview = ImportPreview(m_target, m_survey.fields, m_survey.style);
        return {};
    }

    base::Status begin()
    {
        domain::ImportScope scope = m_way.scope;
        scope.fields = m_survey.fields;
        return m_sink.begin(scope);
    }

    // The second reading.
    base::Status write()
    {
        auto lines = ImportLines::open(m_request, m_target, m_way.path);
        if (!lines)
            return lines.error();
        m_lines = &*lines;
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
        ImportLine line = m_lines->converted(std::move(record), m_report.style);
        if (isSales()) {
            const QString number = invoiceNumberOf(*m_lines, line.record);
            return takeSale(number, std::move(line));
        }
        if (!line.fault.isEmpty())
            return reject(line.record, {ImportVerdict::Kind::Rejected, line.fault});
        if (const Key key = keyOf(line.row.values); !key.field.isNull()) {
            auto first = quint32(line.row.line);
            if (!m_firstLines.insert(key.text, first))
                return reject(line.record,
                              {ImportVerdict::Kind::Rejected,
                               Sentence::tr("twice in the file, see line %1").arg(first),
                               key.field});
        }
        m_batch += std::move(line);
        return m_batch.size() < ImportSink::kBatch ? base::Status() : flush();
    }

    // The lines of an order may stand anywhere in the file; it is written once all are here.
    base::Status takeSale(const QString& number, ImportLine line)
    {
        if (number.isEmpty())
            return reject(line.record, {ImportVerdict::Kind::Rejected, line.fault});
        Order& order = m_open[number];
        if (!line.fault.isEmpty() && order.fault.isEmpty())
            order.fault = u"line %1: %2"_s.arg(line.record.line).arg(line.fault);
        if (order.lines.size() >= kMostLines)
            return fail(
                ErrorKind::Invalid,
                Sentence::tr("Invoice %1 has more than 5,000 lines. Is the right column mapped to "
                             "invoiceNumber?")
                    .arg(number));
        order.lines += std::move(line);
        quint32* const left = m_survey.linesOfOrders.find(number);
        if (!left) // the file changed between the two readings
            return fail(ErrorKind::Conflict,
                        Sentence::tr("The file was changed while it was read."));
        if (--*left > 0)
            return {};
        m_survey.linesOfOrders.remove(number);
        m_orders += m_open.take(number);
        m_wholeLines += m_orders.back().lines.size();
        const bool isEnough =
            m_orders.size() >= ImportSink::kBatch || m_wholeLines >= kMostLinesAtOnce;
        return isEnough ? flush() : base::Status();
    }

    base::Status flush()
    {
        if (m_way.isStopped())
            return importStopped();
        const base::Status done = isSales() ? flushOrders() : flushLines();
        if (done && m_way.progress)
            m_way.progress(m_report.rows, m_survey.rows);
        return done;
    }

    base::Status flushLines()
    {
        QVector<ImportRow> rows;
        rows.reserve(m_batch.size());
        for (ImportLine& line : m_batch)
            rows += std::move(line.row);
        const auto verdicts = m_sink.write(rows);
        if (!verdicts)
            return verdicts.error();
        for (qsizetype i = 0; i < m_batch.size(); ++i) {
            if (const base::Status done = count((*verdicts)[i], {m_batch[i].record}); !done)
                return done;
        }
        m_batch.clear();
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
        m_wholeLines = 0;
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
                if (const base::Status done = reject(record, verdict); !done)
                    return done;
            }
            return {};
        }
        for (const Record& record : records)
            show(record, verdict);
        return {};
    }

    base::Status reject(const Record& record, const ImportVerdict& verdict)
    {
        ++m_report.rejected;
        if (m_report.first.size() < ImportReport::kFirst)
            m_report.first += {record.line, verdict.reason};
        const QString kind = withoutLines(verdict.reason);
        const bool isKnown = m_report.reasons.contains(kind);
        ++m_report.reasons[isKnown || m_report.reasons.size() < kMostReasons ? kind : u"others"_s];
        show(record, verdict);
        return m_rejected->add(record, verdict.reason);
    }

    void show(const Record& record, const ImportVerdict& verdict)
    {
        if (!m_way.withPreview)
            return;
        const int field = fieldIndex(u"postalCode"_s);
        const QString warning =
            field < 0 ? QString() : m_survey.postalCodes.oddness(m_lines->cell(record, field));
        m_report.warnings += !warning.isEmpty() && verdict.kind != ImportVerdict::Kind::Rejected;
        m_report.preview.add(*m_lines, record, verdict, warning);
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
    ImportSurvey m_survey;
    ImportReport m_report;
    RejectedLines* m_rejected = nullptr;
    const ImportLines* m_lines = nullptr; ///< of the second reading
    base::KeyTable m_firstLines;          ///< of each key
    QVector<ImportLine> m_batch;
    QHash<QString, Order> m_open; ///< orders of which lines are still to come
    QVector<Order> m_orders;
    qsizetype m_wholeLines = 0; ///< of these
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
