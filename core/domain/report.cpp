// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/report.h"

#include <QLocale>

#include <array>

using namespace Qt::StringLiterals;

namespace queuedeck::domain {

using base::ErrorKind;
using base::fail;

namespace {
constexpr int kMostDays = 366;

enum class Period { Today, LastDay, Last7Days, Last30Days, LastWeek, LastMonth, Month };

struct PeriodWord
{
    QLatin1StringView word;
    Period period;
    QLatin1StringView name; ///< for people
};

constexpr std::array kPeriods{
    PeriodWord{"today"_L1, Period::Today, "today"_L1},
    PeriodWord{"yesterday"_L1, Period::LastDay, "yesterday"_L1},
    PeriodWord{"last_day"_L1, Period::LastDay, "yesterday"_L1},
    PeriodWord{"last7days"_L1, Period::Last7Days, "last 7 days"_L1},
    PeriodWord{"last30days"_L1, Period::Last30Days, "last 30 days"_L1},
    PeriodWord{"last_week"_L1, Period::LastWeek, "last week"_L1},
    PeriodWord{"last_month"_L1, Period::LastMonth, "last month"_L1},
    PeriodWord{"month"_L1, Period::Month, "this month"_L1},
};

struct KindWord
{
    QLatin1StringView word;
    ReportKind kind;
};

// The first word of each kind is the one that is written.
constexpr std::array kKinds{
    KindWord{"queue_health"_L1, ReportKind::QueueHealth},
    KindWord{"scans"_L1, ReportKind::Scans},
    KindWord{"imports"_L1, ReportKind::Imports},
    KindWord{"enrichment"_L1, ReportKind::Enrichment},
    KindWord{"spend"_L1, ReportKind::Spend},
    KindWord{"queueHealth"_L1, ReportKind::QueueHealth},
};

const PeriodWord* periodOf(const QString& word)
{
    const auto* const found =
        std::find_if(kPeriods.begin(), kPeriods.end(),
                     [&](const PeriodWord& each) { return each.word == word; });
    return found == kPeriods.end() ? nullptr : found;
}

QDateTime startOf(const QDate& day)
{
    return {day, QTime(0, 0), Qt::UTC};
}

QString english(const QDate& day, const QString& pattern)
{
    return QLocale::c().toString(day, pattern);
}

std::pair<QDate, QDate> daysOf(Period period, const QDate& today) // the second is not included
{
    const QDate month(today.year(), today.month(), 1);
    const QDate monday = today.addDays(1 - today.dayOfWeek());
    switch (period) {
    case Period::Today: return {today, today.addDays(1)};
    case Period::LastDay: return {today.addDays(-1), today};
    case Period::Last7Days: return {today.addDays(-6), today.addDays(1)};
    case Period::Last30Days: return {today.addDays(-29), today.addDays(1)};
    case Period::LastWeek: return {monday.addDays(-7), monday};
    case Period::LastMonth: return {month.addMonths(-1), month};
    case Period::Month: return {month, month.addMonths(1)};
    }
    return {};
}

base::Result<QDate> dateIn(const QJsonObject& payload, const QString& key)
{
    if (!payload.contains(key))
        return QDate();
    const QString text = payload.value(key).toString();
    const QDate date = text.size() == 10 ? QDate::fromString(text, Qt::ISODate) : QDate();
    if (!date.isValid() || date.year() < 1970 || date.year() > 9000)
        return fail(ErrorKind::Invalid,
                    base::Sentence::tr("\"%1\" must be a day such as 2026-11-16.").arg(key));
    return date;
}

// What the web application's own reports are called.
base::Result<ReportRequest> fromReportType(const QString& type)
{
    static const QHash<QString, QString> kKnown{{u"daily"_s, u"last_day"_s},
                                                {u"weekly"_s, u"last_week"_s},
                                                {u"monthly"_s, u"last_month"_s},
                                                {u"daily_briefing"_s, u"last_day"_s},
                                                {u"weekly_performance"_s, u"last_week"_s}};
    ReportRequest request;
    request.period = kKnown.value(type.toLower());
    if (request.period.isEmpty())
        return fail(ErrorKind::Invalid,
                    base::Sentence::tr(
                        "The web application's report \"%1\" is not one that Queuedeck makes. "
                        "\"report\" chooses one: %2.")
                        .arg(type.left(100), reportKinds().join(u", "_s)));
    return request;
}
} // namespace

QString reportKindText(ReportKind kind)
{
    for (const KindWord& each : kKinds) {
        if (each.kind == kind)
            return each.word;
    }
    return {};
}

std::optional<ReportKind> reportKindFromText(const QString& text)
{
    for (const KindWord& each : kKinds) {
        if (each.word == text)
            return each.kind;
    }
    return {};
}

QString reportFormatText(ReportFormat format)
{
    switch (format) {
    case ReportFormat::Pdf: return u"pdf"_s;
    case ReportFormat::Xlsx: return u"xlsx"_s;
    case ReportFormat::Csv: return u"csv"_s;
    }
    return {};
}

std::optional<ReportFormat> reportFormatFromText(const QString& text)
{
    for (const ReportFormat format : {ReportFormat::Pdf, ReportFormat::Xlsx, ReportFormat::Csv}) {
        if (reportFormatText(format) == text)
            return format;
    }
    return {};
}

QString reportTitle(ReportKind kind)
{
    switch (kind) {
    case ReportKind::QueueHealth: return u"Queue health"_s;
    case ReportKind::Scans: return u"Scans"_s;
    case ReportKind::Imports: return u"Imports"_s;
    case ReportKind::Enrichment: return u"Enrichment"_s;
    case ReportKind::Spend: return u"Spend on Claude"_s;
    }
    return {};
}

QStringList reportKinds()
{
    QStringList words;
    for (const KindWord& each : kKinds) {
        if (reportKindText(each.kind) == each.word)
            words += each.word;
    }
    return words;
}

QStringList reportPeriods()
{
    QStringList words;
    for (const PeriodWord& each : kPeriods)
        words += each.word;
    return words;
}

ReportSpan ReportSpan::before() const
{
    return {from.addDays(-days()), from, {}};
}

QString ReportSpan::words() const
{
    const QDate first = from.date();
    const QDate last = to.date().addDays(-1);
    const QString whole = u"dddd d MMMM yyyy"_s;
    if (first == last)
        return english(first, whole);
    const QString start = first.year() != last.year()     ? whole
                          : first.month() != last.month() ? u"dddd d MMMM"_s
                                                          : u"dddd d"_s;
    return u"%1 to %2"_s.arg(english(first, start), english(last, whole));
}

base::Result<ReportRequest> ReportRequest::fromPayload(const QJsonObject& payload)
{
    ReportRequest request;
    if (payload.contains("report"_L1)) {
        const QString word = payload.value("report"_L1).toString();
        const auto kind = reportKindFromText(word);
        if (!kind)
            return fail(ErrorKind::Invalid,
                        base::Sentence::tr("There is no report \"%1\". Known: %2.")
                            .arg(word.left(100), reportKinds().join(u", "_s)));
        request.kind = *kind;
    } else if (payload.contains("reportType"_L1)) {
        auto older = fromReportType(payload.value("reportType"_L1).toString());
        if (!older)
            return older;
        request = *older;
    }
    if (payload.contains("format"_L1)) {
        const auto format = reportFormatFromText(payload.value("format"_L1).toString());
        if (!format)
            return fail(ErrorKind::Invalid,
                        base::Sentence::tr("\"format\" must be pdf, xlsx or csv."));
        request.format = *format;
    }
    const auto from = dateIn(payload, u"from"_s);
    const auto to = dateIn(payload, u"to"_s);
    if (!from || !to)
        return from ? to.error() : from.error();
    const QString period = payload.value("period"_L1).toString();
    if (payload.contains("period"_L1) && !periodOf(period))
        return fail(ErrorKind::Invalid,
                    base::Sentence::tr("There is no period \"%1\". Known: %2; or give \"from\" and "
                                       "\"to\".")
                        .arg(period.left(100), reportPeriods().join(u", "_s)));
    if (payload.contains("period"_L1) && (from->isValid() || to->isValid()))
        return fail(ErrorKind::Invalid,
                    base::Sentence::tr("Give either \"period\", or \"from\" and \"to\"."));
    if (to->isValid() && !from->isValid())
        return fail(ErrorKind::Invalid, base::Sentence::tr("\"to\" needs \"from\"."));
    if (!period.isEmpty())
        request.period = period;
    if (from->isValid()) {
        request.period.clear();
        request.from = *from;
        request.to = *to;
    }
    return request;
}

QJsonObject ReportRequest::payload() const
{
    QJsonObject payload{{u"report"_s, reportKindText(kind)},
                        {u"format"_s, reportFormatText(format)}};
    if (!period.isEmpty())
        payload[u"period"_s] = period;
    if (from.isValid())
        payload[u"from"_s] = from.toString(Qt::ISODate);
    if (to.isValid())
        payload[u"to"_s] = to.toString(Qt::ISODate);
    return payload;
}

base::Result<ReportSpan> ReportRequest::span(const QDateTime& asked) const
{
    const QDate today = asked.toUTC().date();
    ReportSpan span;
    if (const PeriodWord* word = periodOf(period); word) {
        const auto [first, end] = daysOf(word->period, today);
        span = {startOf(first), startOf(end), word->name};
    } else {
        const QDate last = to.isValid() ? to : today;
        if (from > last)
            return fail(ErrorKind::Invalid,
                        base::Sentence::tr("The first day, %1, is after the last, %2.")
                            .arg(from.toString(Qt::ISODate), last.toString(Qt::ISODate)));
        span = {startOf(from), startOf(last.addDays(1)), {}};
    }
    if (span.days() > kMostDays)
        return fail(ErrorKind::Invalid,
                    base::Sentence::tr("A report covers at most %1 days, not %2.")
                        .arg(kMostDays)
                        .arg(span.days()));
    return span;
}

} // namespace queuedeck::domain
