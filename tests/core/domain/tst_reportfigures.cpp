// SPDX-License-Identifier: GPL-3.0-or-later
// The figures of a report, against a second computation from single jobs.
#include "core/domain/reportfigures.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;
using namespace queuedeck::domain;
using std::chrono::milliseconds;

namespace {
const QDateTime kFrom(QDate(2026, 11, 16), QTime(0, 0), Qt::UTC);
constexpr qint64 kHours = 7 * 24;
constexpr qint64 kSecondsPerHour = 3600;

ReportOrigin origin()
{
    return {{kFrom, kFrom.addDays(7), u"last week"_s},
            u"leora"_s,
            u"PostgreSQL 15.8"_s,
            QueueMode::Own,
            kFrom.addDays(7),
            {u"job"_s}};
}

qint64 hourOf(const QDateTime& time)
{
    return time.toSecsSinceEpoch() / kSecondsPerHour;
}

QVector<ReportValue> rowOf(const ReportTable& table, const QString& name)
{
    for (const auto& row : table.rows) {
        if (row.first() == ReportValue(name))
            return row;
    }
    return {};
}

const ReportTable& tableOf(const ReportDocument& report, const QString& title)
{
    const auto found = std::find_if(report.tables.begin(), report.tables.end(),
                                    [&](const auto& table) { return table.title == title; });
    if (found == report.tables.end())
        qFatal("There is no table %s", qPrintable(title));
    return *found;
}

// By sorting, where the code walks counts; and by digits of the text, where it divides.
ReportValue nearestRank(QVector<qint64> all, double part)
{
    if (all.isEmpty())
        return {};
    std::sort(all.begin(), all.end());
    const auto rank = qsizetype(std::ceil(part * double(all.size()) - 1e-9));
    QString digits = QString::number(all[std::max<qsizetype>(1, rank) - 1]);
    for (qsizetype i = 3; i < digits.size(); ++i)
        digits[i] = u'0';
    return milliseconds(digits.toLongLong());
}
} // namespace

class TestReportFigures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void roundsToThreeDigits()
    {
        for (const auto& [ms, rounded] : QVector<QPair<int, int>>{{0, 0},
                                                                  {999, 999},
                                                                  {1000, 1000},
                                                                  {1009, 1000},
                                                                  {7954, 7950},
                                                                  {12'399, 12'300},
                                                                  {2'147'483'647, 2'140'000'000}})
            QCOMPARE(threeDigits(milliseconds(ms)), milliseconds(rounded));
    }

    void figuresEqualASecondComputation()
    {
        QRandomGenerator random(7);
        const QStringList types{u"image_extraction"_s, u"bulk_import"_s, u"=cmd()"_s};
        const QStringList statuses{u"completed"_s, u"completed"_s, u"failed"_s, u"pending"_s,
                                   u"ODD"_s};
        QueueHealthRows rows;
        rows.hasHistory = true;
        QHash<QString, QVector<qint64>> waits;
        QHash<QString, qint64> completed;
        QHash<QString, qint64> failed;
        QVector<qint64> perDay(7);
        qint64 before = 0;
        qint64 longest = 0;
        for (int i = 0; i < 3000; ++i) {
            const QString type = types[random.bounded(int(types.size()))];
            const QString status = statuses[random.bounded(int(statuses.size()))];
            const qint64 hour = hourOf(kFrom) + random.bounded(int(2 * kHours)) - kHours;
            const bool isBefore = hour < hourOf(kFrom);
            rows.created.push_back({hour, type, status, 1});
            const qint64 wait = qint64(std::pow(10, random.bounded(7.0)));
            rows.waits.push_back({isBefore, type, threeDigits(milliseconds(wait)), 1});
            if (isBefore) {
                before += status == "completed"_L1 ? 1 : 0;
                continue;
            }
            rows.longest.push_back({hour, milliseconds(wait)});
            longest = std::max(longest, wait);
            waits[type] += wait;
            waits[{}] += wait;
            for (const QString& each : {type, QString()}) {
                completed[each] += status == "completed"_L1 ? 1 : 0;
                failed[each] += status == "failed"_L1 ? 1 : 0;
            }
            perDay[(hour - hourOf(kFrom)) / 24] += status == "completed"_L1 ? 1 : 0;
        }
        const ReportDocument report = queueHealthReport(rows, origin());
        QCOMPARE(report.title, u"Queue health, last week"_s);
        QCOMPARE(report.figures[0].value, ReportValue(completed[{}]));
        QVERIFY(report.figures[0].note.endsWith(u", was %1"_s.arg(before)));
        QCOMPARE(report.figures[1].value, ReportValue(failed[{}]));
        QCOMPARE(report.figures[2].value, nearestRank(waits[{}], 0.95));
        QCOMPARE(report.figures[4].value, ReportValue(milliseconds(longest)));
        const ReportTable& byType = tableOf(report, u"By type"_s);
        QCOMPARE(byType.rows.size(), types.size() + 1);
        for (const QString& type : types + QStringList{QString()}) {
            const auto row = rowOf(byType, type.isEmpty() ? u"All types"_s : type);
            QCOMPARE(row[2], ReportValue(completed[type]));
            QCOMPARE(row[3], ReportValue(failed[type]));
            QCOMPARE(std::get<ReportShare>(row[4]).value,
                     double(failed[type]) / double(failed[type] + completed[type]));
            QCOMPARE(row[5], nearestRank(waits[type], 0.5));
            QCOMPARE(row[6], nearestRank(waits[type], 0.95));
            QCOMPARE(row[7], nearestRank(waits[type], 0.99));
            QCOMPARE(row[8], ReportValue()); // no run is known
        }
        const ReportTable& days = tableOf(report, u"Jobs per day"_s);
        QCOMPARE(days.rows.size(), 7);
        for (int day = 0; day < 7; ++day) {
            QCOMPARE(days.rows[day][0], ReportValue(kFrom.date().addDays(day)));
            QCOMPARE(days.rows[day][1], ReportValue(perDay[day]));
        }
        QCOMPARE(tableOf(report, u"Longest wait"_s).rows.size(), kHours);
        QCOMPARE(tableOf(report, u"Jobs by hour of the day, mean"_s).rows.size(), 24);
    }

    void saysTheWorstFirst()
    {
        const qint64 start = hourOf(kFrom);
        QueueHealthRows rows;
        QCOMPARE(queueHealthReport(rows, origin()).headline,
                 u"No job was created in these days."_s);
        for (qint64 hour = -kHours; hour < kHours; ++hour)
            rows.created.push_back({start + hour, u"t"_s, u"completed"_s, 100});
        QCOMPARE(queueHealthReport(rows, origin()).headline, u"Nothing unusual."_s);
        rows.created.push_back({start + 5, u"t"_s, u"Pending"_s, 2});
        QCOMPARE(queueHealthReport(rows, origin()).headline, u"2 jobs have an unknown status."_s);
        rows.longest.push_back({start + 9, milliseconds(36 * 60'000 + 31'000)});
        rows.hasHistory = true;
        QCOMPARE(queueHealthReport(rows, origin()).headline, u"A job waited 36.5 min."_s);
        rows.created.push_back({start - 9, u"t"_s, u"failed"_s, 10});
        for (qint64 hour = 0; hour < kHours; ++hour)
            rows.created.push_back({start + hour, u"t"_s, u"failed"_s, 2});
        QCOMPARE(queueHealthReport(rows, origin()).headline, u"More jobs failed than before."_s);
        for (const qint64 hour : {4 * 24 + 3, 4 * 24 + 4, 4 * 24 + 5})
            rows.created.push_back({start + hour, u"t"_s, u"failed"_s, 300});
        const ReportDocument report = queueHealthReport(rows, origin());
        QCOMPARE(report.headline, u"Bad hours, Fri 20 03:00 to Fri 20 06:00."_s);
        QCOMPARE(report.finding, u"906 jobs created then failed, 73.3 % of all that failed."_s);
    }

    void aGuestKnowsNoWaits()
    {
        QueueHealthRows rows;
        rows.created.push_back({hourOf(kFrom), u"t"_s, u"completed"_s, 1});
        const ReportDocument report = queueHealthReport(rows, origin());
        for (const int figure : {2, 3, 4})
            QCOMPARE(reportValueText(report.figures[figure].value), u"–"_s);
        QVERIFY(report.footnote.contains(u"Waits and runs are not known"_s));
    }

    void manyTypesShareARow()
    {
        QueueHealthRows rows;
        rows.hasHistory = true;
        for (int i = 0; i < 500; ++i) {
            const QString type = u"type %1"_s.arg(i);
            rows.created.push_back({hourOf(kFrom), type, u"completed"_s, 500 - i});
            rows.waits.push_back({false, type, milliseconds(10), 1});
        }
        const ReportTable byType = tableOf(queueHealthReport(rows, origin()), u"By type"_s);
        QCOMPARE(byType.rows.size(), 41); // 39 types, the others, all
        QCOMPARE(byType.rows[0][0], ReportValue(u"type 0"_s));
        QCOMPARE(byType.rows[39][0], ReportValue(u"461 other types"_s));
        qint64 rest = 0;
        for (int i = 39; i < 500; ++i)
            rest += 500 - i;
        QCOMPARE(byType.rows[39][2], ReportValue(rest));
    }

    void errorsAreGrouped()
    {
        QCOMPARE(errorSignature(u"Vision request: timeout after ## s (attempt # of #)\nPOST /v1"_s),
                 u"Vision request: timeout after # s (attempt # of #)"_s);
        QCOMPARE(errorSignature(u"No row a#f####e-####-####-beef-##########cd, 4,211.5 lines"_s),
                 u"No row {id}, # lines"_s);
        QCOMPARE(errorSignature(u" \n "_s), u"(no error text)"_s);
        const QDateTime noon = kFrom.addSecs(43'200);
        const ReportTable table = errorTable({{u"timeout after ## s"_s, u"a"_s, 5, noon, noon},
                                              {u"HTTP ###"_s, u"b"_s, 3, kFrom, noon},
                                              {u"timeout after # s"_s, u"c"_s, 2, kFrom, kFrom}},
                                             false, u"Type"_s);
        QCOMPARE(table.rows.size(), 2);
        QCOMPARE(table.rows[0],
                 (QVector<ReportValue>{qint64(7), ReportShare{0.7}, u"timeout after # s"_s,
                                       u"several"_s, kFrom, noon}));
        QCOMPARE(table.note, u"2 of 2 groups, 100 % of 10 failures"_s);
    }

    void countsScansAndImports()
    {
        const qint64 day = kFrom.toSecsSinceEpoch() / 86'400;
        ScanRows scans;
        scans.created = {{day - 1, u"business_card"_s, u"completed"_s, 50},
                         {day, u"business_card"_s, u"completed"_s, 40},
                         {day + 6, u"liquor_license"_s, u"failed"_s, 10},
                         {day + 6, u"liquor_license"_s, u"processing"_s, 2}};
        const ReportDocument report = scansReport(scans, origin());
        QCOMPARE(report.figures[0].value, ReportValue(qint64(40)));
        QCOMPARE(report.figures[0].note, u"− 20.0 %, was 50"_s);
        QCOMPARE(report.figures[1].value, ReportValue(qint64(10)));
        QCOMPARE(report.figures[2].value, ReportValue(qint64(2)));
        QCOMPARE(report.headline, u"20.0 % of the finished scans failed."_s);
        QCOMPARE(rowOf(tableOf(report, u"By type"_s), u"All types"_s)[1], ReportValue(qint64(52)));
        QCOMPARE(tableOf(report, u"Scans per day"_s).rows[6],
                 (QVector<ReportValue>{kFrom.date().addDays(6), qint64(0), qint64(10), qint64(2)}));
        ImportRows imports;
        imports.started = {{day, u"sales_report"_s, u"completed"_s, 3, milliseconds(90'000)},
                           {day + 1, u"sales_report"_s, u"completed"_s, 1, {}}};
        const ReportDocument both = importsReport(imports, origin());
        QCOMPARE(both.headline, u"Nothing unusual."_s);
        QCOMPARE(rowOf(tableOf(both, u"By data"_s), u"sales_report"_s),
                 (QVector<ReportValue>{u"sales_report"_s, qint64(4), qint64(4), qint64(0),
                                       ReportShare{0}, qint64(0), milliseconds(90'000)}));
    }

    void countsEnrichmentsAndSpend()
    {
        const qint64 day = kFrom.toSecsSinceEpoch() / 86'400;
        EnrichmentRows enriched;
        enriched.ended = {{day - 1, u"product"_s, u"written"_s, u"m"_s, 5},
                          {day, u"product"_s, u"written"_s, u"m"_s, 8},
                          {day, u"customer"_s, u"kept"_s, u"m"_s, 2},
                          {day + 6, u"product"_s, u"overtaken"_s, u"m"_s, 1},
                          {day + 6, u"product"_s, u"undone"_s, u"m"_s, 3},
                          {day + 6, u"product"_s, u"of the future"_s, u"m"_s, 9}};
        const ReportDocument first = enrichmentReport(enriched, origin());
        QCOMPARE(first.figures[0].value, ReportValue(qint64(10)));
        QCOMPARE(first.figures[0].note, u"+ 100.0 %, was 5"_s);
        QCOMPARE(first.figures[1].value, ReportValue(qint64(1)));
        QCOMPARE(first.figures[2].value, ReportValue(qint64(3)));
        QCOMPARE(tableOf(first, u"Enrichments per day"_s).rows[6],
                 (QVector<ReportValue>{kFrom.date().addDays(6), qint64(0), qint64(1), qint64(3)}));
        QCOMPARE(rowOf(tableOf(first, u"By kind"_s), u"product"_s),
                 (QVector<ReportValue>{u"product"_s, qint64(12), qint64(8), qint64(0), qint64(0),
                                       qint64(1), qint64(3)}));
        SpendRows spent;
        spent.spent = {{day - 1, u"image_extraction"_s, u"haiku"_s, 1, 90, 10},
                       {day, u"image_extraction"_s, u"haiku"_s, 2, 140, 10},
                       {day + 1, u"customer_enrichment"_s, u"opus"_s, 1, 40, 10}};
        const ReportDocument second = spendReport(spent, origin());
        QCOMPARE(second.title, u"Spend on Claude, last week"_s);
        QCOMPARE(second.figures[0].value, ReportValue(qint64(200)));
        QCOMPARE(second.figures[0].note, u"+ 100.0 %, was 100"_s);
        QCOMPARE(second.figures[1].value, ReportValue(qint64(3)));
        QCOMPARE(second.figures[2].value, ReportValue(qint64(66)));
        QCOMPARE(rowOf(tableOf(second, u"By type"_s), u"image_extraction"_s),
                 (QVector<ReportValue>{u"image_extraction"_s, qint64(2), qint64(140), qint64(10),
                                       qint64(150), ReportShare{0.75}}));
        QCOMPARE(rowOf(tableOf(second, u"By model"_s), u"All"_s)[4], ReportValue(qint64(200)));
        QCOMPARE(tableOf(second, u"Tokens per day"_s).rows[1],
                 (QVector<ReportValue>{kFrom.date().addDays(1), qint64(40), qint64(10)}));
        QCOMPARE(spendReport({}, origin()).headline, u"Claude was not asked in these days."_s);
    }

    void writesValues()
    {
        const auto text = [](qint64 ms) { return reportValueText(milliseconds(ms)); };
        QCOMPARE(text(0), u"0 ms"_s);
        QCOMPARE(text(7950), u"7.9 s"_s);
        QCOMPARE(text(59'999), u"59.9 s"_s);
        QCOMPARE(text(2'190'000), u"36.5 min"_s);
        QCOMPARE(text(5'400'000), u"1.5 h"_s);
        QCOMPARE(text(864'000'000), u"10.0 d"_s);
        QCOMPARE(reportValueText(qint64(12'431)), u"12,431"_s);
        QCOMPARE(reportValueText(u"a\x1b[2J\u202eb"_s), u"a␛[2J\\u202Eb"_s);
        QCOMPARE(reportValueData(milliseconds(7950)), u"7.950"_s);
        QCOMPARE(reportValueData(kFrom), u"2026-11-16T00:00:00Z"_s);
        QCOMPARE(reportValueData({}), QString());
    }
};

QTEST_GUILESS_MAIN(TestReportFigures)
#include "tst_reportfigures.moc"
