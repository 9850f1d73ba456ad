// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/bulk_import/importrequest.h"

using namespace Qt::StringLiterals;

namespace queuedeck::handlers {

using base::ErrorKind;
using base::fail;
using base::Sentence;
using tabular::Encoding;

namespace {
constexpr std::array kEncodings{Encoding::Utf8, Encoding::Utf16Le, Encoding::Utf16Be,
                                Encoding::Windows1252};
const QString kCommaNumbers = u"1.234,56"_s;
const QString kPointNumbers = u"1,234.56"_s;
const QString kDayFirst = u"day first"_s;
const QString kMonthFirst = u"month first"_s;

// The schema has checked what the words may be.
std::optional<bool> choice(const QJsonObject& payload, QLatin1StringView key, const QString& yes)
{
    const QString text = payload.value(key).toString();
    return text.isEmpty() ? std::nullopt : std::optional(text == yes);
}
} // namespace

base::Result<ImportRequest> importRequestFrom(const QJsonObject& payload)
{
    ImportRequest request;
    request.batch = payload.value("batchId"_L1).toString();
    request.file = payload.value("file"_L1).toString();
    const QString dataType = payload.value("dataType"_L1).toString();
    if (request.batch.isEmpty() && request.file.isEmpty())
        return fail(
            ErrorKind::Invalid,
            Sentence::tr("The payload names neither a batchId nor a file, so there is nothing to "
                         "import."));
    request.target = domain::importTargetFromText(dataType);
    if (!dataType.isEmpty() && !request.target)
        return fail(ErrorKind::Invalid,
                    Sentence::tr("\"%1\" cannot be imported; customers, products, scans and "
                                 "sales_report can.")
                        .arg(dataType));
    if (request.batch.isEmpty() && !request.target)
        return fail(ErrorKind::Invalid,
                    Sentence::tr("The payload does not say what the file holds: dataType is "
                                 "customers, products, scans or sales_report."));
    const QJsonObject mapping = payload.value("mapping"_L1).toObject();
    for (auto field = mapping.begin(); field != mapping.end(); ++field)
        request.mapping.insert(field.key(), field.value().toString());
    request.tenant = payload.value("tenantId"_L1).toString();
    request.user = payload.value("userId"_L1).toString();
    const QString encoding = payload.value("encoding"_L1).toString();
    for (const Encoding known : kEncodings) {
        if (tabular::encodingName(known) == encoding)
            request.table.encoding = known;
    }
    const QString separator = payload.value("separator"_L1).toString();
    request.table.separator = separator.isEmpty() ? QChar() : separator.front();
    request.table.headerLine = payload.value("headerLine"_L1).toInteger();
    request.table.hasNames = payload.value("hasNames"_L1).toBool(true);
    request.table.sheet = payload.value("sheet"_L1).toString();
    request.decimalComma = choice(payload, "numbers"_L1, kCommaNumbers);
    request.dayFirst = choice(payload, "dates"_L1, kDayFirst);
    request.mayUpdate = payload.value("updateExisting"_L1).toBool(true);
    return request;
}

QJsonObject payloadOf(const ImportRequest& request)
{
    QJsonObject payload;
    const auto put = [&payload](const QString& key, const QString& value) {
        if (!value.isEmpty())
            payload[key] = value;
    };
    put(u"batchId"_s, request.batch);
    put(u"file"_s, request.file);
    if (request.target)
        put(u"dataType"_s, domain::importTargetText(*request.target));
    QJsonObject mapping;
    for (auto field = request.mapping.begin(); field != request.mapping.end(); ++field)
        mapping[field.key()] = *field;
    if (!mapping.isEmpty())
        payload[u"mapping"_s] = mapping;
    put(u"tenantId"_s, request.tenant);
    put(u"userId"_s, request.user);
    if (request.table.encoding)
        put(u"encoding"_s, tabular::encodingName(*request.table.encoding));
    if (!request.table.separator.isNull())
        put(u"separator"_s, QString(request.table.separator));
    if (request.table.headerLine > 0)
        payload[u"headerLine"_s] = request.table.headerLine;
    if (!request.table.hasNames)
        payload[u"hasNames"_s] = false;
    put(u"sheet"_s, request.table.sheet);
    if (request.decimalComma)
        put(u"numbers"_s, *request.decimalComma ? kCommaNumbers : kPointNumbers);
    if (request.dayFirst)
        put(u"dates"_s, *request.dayFirst ? kDayFirst : kMonthFirst);
    if (!request.mayUpdate)
        payload[u"updateExisting"_s] = false;
    return payload;
}

} // namespace queuedeck::handlers
