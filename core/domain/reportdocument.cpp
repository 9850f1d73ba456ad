// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/reportdocument.h"

#include "core/base/visibletext.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace queuedeck::domain {

using std::chrono::milliseconds;

namespace {
template <class... Each>
struct Cases : Each...
{
    using Each::operator()...;
};
template <class... Each>
Cases(Each...) -> Cases<Each...>;

// English whatever the locale of the computer: a report of cron's must equal one of a person's.
QLocale english()
{
    return QLocale(QLocale::English, QLocale::UnitedStates);
}

QString durationText(qint64 ms)
{
    if (ms < 1000)
        return u"%1 ms"_s.arg(ms);
    const auto oneDecimal = [](double value) { return english().toString(value, 'f', 1); };
    if (ms < 60'000)
        return oneDecimal(double(ms / 100) / 10) + u" s"_s;
    if (ms < 3'600'000)
        return oneDecimal(double(ms / 6000) / 10) + u" min"_s;
    if (ms < 86'400'000)
        return oneDecimal(double(ms / 360'000) / 10) + u" h"_s;
    return oneDecimal(double(ms / 8'640'000) / 10) + u" d"_s;
}
} // namespace

QString reportValueText(const ReportValue& value)
{
    return std::visit(Cases{[](std::monostate) { return u"–"_s; },
                            [](const QString& text) { return base::visibleText(text); },
                            [](qint64 number) { return english().toString(number); },
                            [](double number) { return english().toString(number, 'f', 1); },
                            [](ReportShare share) {
                                return english().toString(share.value * 100, 'f', 1) + u" %"_s;
                            },
                            [](milliseconds duration) { return durationText(duration.count()); },
                            [](const QDate& day) { return QLocale::c().toString(day, u"ddd d"_s); },
                            [](const QDateTime& time) {
                                return time.isValid()
                                           ? QLocale::c().toString(time.toUTC(), u"ddd d HH:mm"_s)
                                           : u"–"_s;
                            }},
                      value);
}

QString reportValueData(const ReportValue& value)
{
    return std::visit(
        Cases{[](std::monostate) { return QString(); },
              [](const QString& text) { return base::visibleText(text); },
              [](qint64 number) { return QString::number(number); },
              [](double number) { return QString::number(number, 'f', 3); },
              [](ReportShare share) { return QString::number(share.value, 'f', 4); },
              [](milliseconds duration) {
                  return QString::number(double(duration.count()) / 1000, 'f', 3);
              },
              [](const QDate& day) { return day.toString(Qt::ISODate); },
              [](const QDateTime& time) { return time.toUTC().toString(Qt::ISODate); }},
        value);
}

} // namespace queuedeck::domain
