// SPDX-License-Identifier: GPL-3.0-or-later
// A report with every kind of value, and texts that would harm a careless reader.
#pragma once

#include "core/domain/reportdocument.h"

namespace queuedeck::test {

inline QStringList hostileTexts()
{
    using namespace Qt::StringLiterals;
    return {u"=cmd|' /C calc'!A0"_s,
            u"+1+1"_s,
            u"-2+3"_s,
            u"@SUM(A1)"_s,
            u" \t=HYPERLINK(\"http://x.example\",\"a,b\")"_s,
            u"\uFF1D1+1"_s,
            u"quote \" comma , line\r\nbreak"_s,
            u"<b>&amp;</b>]]>"_s,
            u"\x1b[2J\u202Egnp.exe"_s,
            QString(QChar(0)) + u"nul"_s,
            u"_x0041_"_s,
            QString(QChar(0xD800)),
            u"https://x.example/?a=1"_s,
            QString(300, u'W'),
            u"Ünïcode 名前 😀"_s};
}

/// `rows` of the table of errors, so that there are several pages.
inline domain::ReportDocument sampleReport(int rows = 120)
{
    using namespace Qt::StringLiterals;
    using std::chrono::milliseconds;
    using Drawing = domain::ReportTable::Drawing;
    const QDateTime from(QDate(2026, 11, 16), QTime(0, 0), Qt::UTC);
    domain::ReportDocument report;
    report.title = u"Queue health, last week"_s;
    report.days = u"Monday 16 to Sunday 22 November 2026, UTC"_s;
    report.place = u"leora-production"_s;
    report.server = u"PostgreSQL 15.8"_s;
    report.headline = u"Bad hours, Fri 20 03:00 to Fri 20 06:00."_s;
    report.finding = u"2,841 jobs created then failed, 47.0 % of all that failed. "_s.repeated(4);
    report.figures = {
        {u"Completed"_s, qint64(303'899), u"+ 3.1 %, was 294,760"_s},
        {u"Failed"_s, qint64(6039), u"1.9 %, was 1.0 %"_s, domain::ReportTone::Bad},
        {u"Wait p95"_s, milliseconds(7900), u"was 6.2 s"_s},
        {u"Run p95"_s, {}, {}},
        {u"Longest wait"_s, milliseconds(2'190'000), {}, domain::ReportTone::Doubtful}};
    domain::ReportTable days{u"Jobs per day"_s};
    days.drawing = Drawing::StackedBars;
    days.columns = {u"Day"_s, u"Completed"_s, u"Failed"_s};
    days.tones = {domain::ReportTone::Good, domain::ReportTone::Bad};
    for (int i = 0; i < 7; ++i)
        days.rows += {from.date().addDays(i), qint64(52'000 - 5000 * i), qint64(498 + 400 * i)};
    domain::ReportTable waits{u"Longest wait"_s};
    waits.drawing = Drawing::Line;
    waits.isHalf = true;
    waits.columns = {u"Started"_s, u"Longest wait"_s};
    for (int i = 0; i < 168; ++i)
        waits.rows += {from.addSecs(3600 * i), milliseconds(i == 100 ? 2'190'000 : 60'000 + i)};
    domain::ReportTable hours{u"Jobs by hour of the day, mean"_s};
    hours.drawing = Drawing::Bars;
    hours.isHalf = true;
    hours.columns = {u"Hour"_s, u"Jobs"_s};
    for (int i = 0; i < 24; ++i)
        hours.rows += {u"%1"_s.arg(i, 2, 10, QLatin1Char('0')), 1234.5 + 100 * (i % 12)};
    domain::ReportTable errors{u"Top errors"_s, u"5 of 14 groups"_s};
    errors.columns = {u"Failed"_s, u"Share"_s, u"Error"_s, u"First"_s};
    errors.wide = 2;
    const QStringList texts = hostileTexts();
    for (int i = 0; i < rows; ++i)
        errors.rows +=
            {qint64(1000 - i), domain::ReportShare{double(i) / 1000},
             i < texts.size() ? texts[i] : u"error number %1"_s.arg(i), from.addSecs(61 * i)};
    report.tables = {days, waits, hours, errors};
    report.footnote = u"Figures are exact."_s;
    report.readAt = from.addDays(7).addSecs(25'204);
    report.job = {u"019aa1f2-7c1f-7909-be00-5d2a7c9e1b11"_s};
    return report;
}

} // namespace queuedeck::test
