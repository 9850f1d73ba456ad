// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/report_generation/csvreport.h"

#include "core/tabular/csvfield.h"

using namespace Qt::StringLiterals;

namespace queuedeck::handlers {

namespace {
QString valueField(const domain::ReportValue& value)
{
    const QString text = domain::reportValueData(value);
    return std::holds_alternative<QString>(value) ? tabular::csvText(text)
                                                  : tabular::csvField(text);
}

QByteArray line(const QStringList& fields)
{
    return fields.join(u',').toUtf8() + "\r\n";
}
} // namespace

QByteArray csvReport(const domain::ReportDocument& report)
{
    const auto text = [](const QString& words) { return valueField(words); };
    QByteArray csv = line({u"table"_s, u"row"_s, u"column"_s, u"value"_s});
    const auto fact = [&](const QString& name, const domain::ReportValue& value) {
        csv += line({u"Report"_s, text(name), {}, valueField(value)});
    };
    fact(u"Title"_s, report.title);
    fact(u"Days"_s, report.days);
    fact(u"Database"_s, report.place);
    fact(u"Server"_s, report.server);
    fact(u"Read at"_s, report.readAt);
    fact(u"Finding"_s, QString(report.headline + u' ' + report.finding).trimmed());
    fact(u"Note"_s, report.footnote);
    for (const domain::ReportFigure& figure : report.figures)
        csv += line({u"Figures"_s, text(figure.title), {}, valueField(figure.value)});
    for (const domain::ReportTable& table : report.tables) {
        for (qsizetype number = 0; number < table.rows.size(); ++number) {
            const QVector<domain::ReportValue>& row = table.rows[number];
            // Rows without a name of their own, such as errors, are numbered.
            const bool isNumbered = table.wide > 0;
            const QString name = isNumbered ? QString::number(number + 1) : valueField(row.first());
            for (qsizetype column = isNumbered ? 0 : 1; column < row.size(); ++column)
                csv += line({text(table.title), name, text(table.columns[column]),
                             valueField(row[column])});
        }
    }
    return csv;
}

} // namespace queuedeck::handlers
