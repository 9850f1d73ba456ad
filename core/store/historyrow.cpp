// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/historyrow.h"

#include "core/db/rows.h"

using namespace Qt::StringLiterals;

namespace queuedeck::store {

namespace {
// Of digits; below zero if there is anything else.
int number(QStringView text)
{
    int value = 0;
    for (const QChar c : text) {
        if (c < u'0' || c > u'9')
            return -1;
        value = value * 10 + (c.unicode() - u'0');
    }
    return value;
}

bool isUtc(QStringView zone)
{
    return zone.isEmpty() || zone == "Z"_L1 || zone == "+00"_L1 || zone == "+00:00"_L1;
}

// 2026-11-23T13:52:59.119+00:00, with T or blank, any fraction, in UTC.
std::optional<qint64> usualForm(QStringView text)
{
    if (text.size() < 19 || text[4] != u'-' || text[7] != u'-' || text[13] != u':' ||
        text[16] != u':' || (text[10] != u'T' && text[10] != u' '))
        return {};
    const int hour = number(text.sliced(11, 2));
    const int minute = number(text.sliced(14, 2));
    const int second = number(text.sliced(17, 2));
    const QDate day(number(text.first(4)), number(text.sliced(5, 2)), number(text.sliced(8, 2)));
    if (!day.isValid() || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 ||
        second > 59)
        return {};
    qsizetype end = 19;
    int millis = 0;
    if (end < text.size() && text[end] == u'.') {
        int unit = 100;
        for (++end; end < text.size() && text[end] >= u'0' && text[end] <= u'9'; ++end) {
            millis += unit * (text[end].unicode() - u'0');
            unit /= 10;
        }
    }
    if (!isUtc(text.sliced(end)))
        return {};
    constexpr qint64 kDay1970 = 2'440'588; // its Julian day
    return (((day.toJulianDay() - kDay1970) * 24 + hour) * 60 + minute) * 60'000 + second * 1000 +
           millis;
}
} // namespace

std::vector<HistoryRow> historyRows(const db::Rows& rows)
{
    std::vector<HistoryRow> all;
    all.reserve(rows.size());
    for (size_t i = 0; i < rows.size(); ++i) {
        const db::Rows::Row row = rows[i];
        domain::HistoryFigures figures;
        figures.completed = row.integer(2);
        figures.failed = row.integer(3);
        figures.retried = row.integer(4);
        figures.wait = domain::LogHistogram::fromText(row.text(5)).value_or(domain::LogHistogram());
        figures.run = domain::LogHistogram::fromText(row.text(6)).value_or(domain::LogHistogram());
        all.push_back({row.integer(0), row.text(1), std::move(figures)});
    }
    return all;
}

db::Params historyParams(const QString& type, const domain::HistoryFigures& figures)
{
    // Never NULL, as the columns are not.
    const auto solid = [](const QString& text) { return text.isNull() ? u""_s : text; };
    return {{u"type"_s, solid(type)},
            {u"completed"_s, figures.completed},
            {u"failed"_s, figures.failed},
            {u"retried"_s, figures.retried},
            {u"wait"_s, solid(figures.wait.toText())},
            {u"run"_s, solid(figures.run.toText())}};
}

qint64 createdMs(const QVariant& createdAt)
{
    if (createdAt.typeId() == QMetaType::LongLong)
        return createdAt.toLongLong();
    if (createdAt.typeId() == QMetaType::QString) {
        const auto& text = *static_cast<const QString*>(createdAt.constData());
        if (const auto usual = usualForm(text))
            return *usual;
    }
    const QDateTime time = db::parseTime(createdAt);
    return time.isValid() ? time.toMSecsSinceEpoch() : 0;
}

} // namespace queuedeck::store
