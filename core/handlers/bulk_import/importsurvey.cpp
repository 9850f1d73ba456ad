// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/bulk_import/importsurvey.h"

#include "core/base/sentence.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace queuedeck::handlers {

using base::ErrorKind;
using domain::ImportField;
using domain::ImportTarget;

namespace {
constexpr qint64 kStopEvery = 10'000; // lines

bool isDigits(const QString& text)
{
    return !text.isEmpty() &&
           std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}
} // namespace

base::Error importStopped()
{
    return base::fail(
        ErrorKind::Cancelled,
        base::Sentence::tr(
            "Stopped. What was written stays, and the next run continues from there."));
}

QString invoiceNumberOf(const ImportLines& lines, const tabular::Record& record)
{
    static const int kField =
        domain::importFieldIndex(ImportTarget::SalesReport, u"invoiceNumber"_s);
    return lines.cell(record, kField).trimmed();
}

void PostalCodes::add(const QString& code)
{
    const QString text = code.trimmed();
    if (text.size() <= kLongest && isDigits(text))
        ++m_byLength[size_t(text.size())];
}

QString PostalCodes::oddness(const QString& code) const
{
    const QString text = code.trimmed();
    const auto length = text.size();
    if (length >= kLongest || !isDigits(text) ||
        m_byLength[size_t(length) + 1] <= m_byLength[size_t(length)])
        return {};
    return base::Sentence::tr("%1 digits; a leading zero may be lost").arg(length);
}

base::Result<ImportSurvey> ImportSurvey::of(const ImportRequest& request, ImportTarget target,
                                            const QString& path,
                                            const std::function<bool()>& isStopped)
{
    auto lines = ImportLines::open(request, target, path);
    if (!lines)
        return lines.error();
    ImportSurvey survey;
    survey.table = lines->info();
    survey.columns = lines->matches();
    survey.fields = lines->fields();
    const QVector<ImportField>& fields = domain::importFields(target);
    const int postalCode = domain::importFieldIndex(target, u"postalCode"_s);
    StyleEvidence evidence;
    for (;;) {
        const auto record = lines->next();
        if (!record)
            return record.error();
        if (!*record)
            break;
        if (++survey.rows % kStopEvery == 0 && isStopped())
            return importStopped();
        for (int field = 0; field < fields.size(); ++field)
            evidence.add(fields[field].kind, lines->cell(**record, field));
        if (postalCode >= 0)
            survey.postalCodes.add(lines->cell(**record, postalCode));
        if (target == ImportTarget::SalesReport) {
            const QString number = invoiceNumberOf(*lines, **record);
            quint32 one = 1;
            if (!survey.linesOfOrders.insert(number, one))
                ++*survey.linesOfOrders.find(number);
        }
    }
    if (survey.rows == 0)
        return base::fail(ErrorKind::Invalid,
                          base::Sentence::tr("The file has a header and no lines with data."));
    const bool isCsv = survey.table.format == tabular::TableFormat::Csv;
    survey.style = evidence.style({isCsv && survey.table.separator == u';', false});
    if (!isCsv) // numbers of a workbook are no text
        survey.style.decimalComma = false;
    survey.style.decimalComma = request.decimalComma.value_or(survey.style.decimalComma);
    survey.style.dayFirst = request.dayFirst.value_or(survey.style.dayFirst);
    return survey;
}

} // namespace queuedeck::handlers
