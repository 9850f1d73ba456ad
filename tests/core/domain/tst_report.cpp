// SPDX-License-Identifier: GPL-3.0-or-later
// What a payload asks for, and which days that means.
#include "core/domain/payloadschema.h"
#include "core/domain/report.h"

#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck::domain;

namespace {
QJsonObject object(const char* json)
{
    return QJsonDocument::fromJson(json).object();
}

QString days(const ReportSpan& span)
{
    return span.from.toString(Qt::ISODate) + u' ' + span.to.toString(Qt::ISODate);
}
} // namespace

class TestReport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAPayload_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("read"); ///< its payload, written again
        const auto row = [](const char* json, const char* read) {
            QTest::newRow(json) << QByteArray(json) << QString::fromUtf8(read);
        };
        row("{}", R"({"format":"pdf","period":"last_week","report":"queue_health"})");
        row(R"({"report":"queueHealth","period":"last7days","format":"csv"})",
            R"({"format":"csv","period":"last7days","report":"queue_health"})");
        row(R"({"report":"scans","from":"2026-11-01","to":"2026-11-02"})",
            R"({"format":"pdf","from":"2026-11-01","report":"scans","to":"2026-11-02"})");
        row(R"({"report":"imports","from":"2026-11-01","recipients":["a"]})",
            R"({"format":"pdf","from":"2026-11-01","report":"imports"})");
        row(R"({"reportType":"WEEKLY_PERFORMANCE"})",
            R"({"format":"pdf","period":"last_week","report":"queue_health"})");
        row(R"({"reportType":"daily","format":"xlsx"})",
            R"({"format":"xlsx","period":"last_day","report":"queue_health"})");
        row(R"({"reportType":"monthly_sales","report":"scans"})",
            R"({"format":"pdf","period":"last_week","report":"scans"})");
    }
    void readsAPayload()
    {
        QFETCH(QByteArray, json);
        QFETCH(QString, read);
        QVERIFY(checkPayload(kReportType, json));
        const auto request = ReportRequest::fromPayload(object(json));
        QVERIFY2(request, qPrintable(request ? QString() : QString(request.error().detail)));
        QCOMPARE(
            QString::fromUtf8(QJsonDocument(request->payload()).toJson(QJsonDocument::Compact)),
            read);
        QCOMPARE(*ReportRequest::fromPayload(request->payload()), *request);
    }

    void refusesAPayload_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* json, const char* says) {
            QTest::newRow(json) << QByteArray(json) << QString::fromUtf8(says);
        };
        row(R"({"report":"sales"})", "There is no report \"sales\".");
        row(R"({"report":7})", "There is no report");
        row(R"({"reportType":"monthly_sales"})", "not one that Queuedeck makes");
        row(R"({"reportType":["x"]})", "not one that Queuedeck makes");
        row(R"({"format":"docx"})", "pdf, xlsx or csv");
        row(R"({"period":"fortnight"})", "There is no period \"fortnight\". Known: today");
        row(R"({"period":""})", "There is no period");
        row(R"({"period":"today","from":"2026-11-01"})", "Give either");
        row(R"({"to":"2026-11-01"})", "\"to\" needs \"from\"");
        row(R"({"from":"2026-11-31"})", "\"from\" must be a day such as");
        row(R"({"from":"2026-11-01T10:00"})", "must be a day");
        row(R"({"from":"+002026-11"})", "must be a day");
    }
    void refusesAPayload()
    {
        QFETCH(QByteArray, json);
        QFETCH(QString, says);
        const auto request = ReportRequest::fromPayload(object(json));
        QVERIFY(!request);
        QCOMPARE(request.error().kind, queuedeck::base::ErrorKind::Invalid);
        QVERIFY2(request.error().detail.contains(says), qPrintable(request.error().detail));
    }

    void meansTheseDays_data()
    {
        QTest::addColumn<QString>("period");
        QTest::addColumn<QString>("asked");
        QTest::addColumn<QString>("days");
        const auto row = [](const char* period, const char* asked, const char* days) {
            QTest::addRow("%s %s", period, asked)
                << QString::fromUtf8(period) << QString::fromUtf8(asked) << QString::fromUtf8(days);
        };
        const char* const monday = "2026-11-23T07:00:04Z";
        row("today", monday, "2026-11-23T00:00:00Z 2026-11-24T00:00:00Z");
        row("yesterday", monday, "2026-11-22T00:00:00Z 2026-11-23T00:00:00Z");
        row("last_day", monday, "2026-11-22T00:00:00Z 2026-11-23T00:00:00Z");
        row("last7days", monday, "2026-11-17T00:00:00Z 2026-11-24T00:00:00Z");
        row("last30days", monday, "2026-10-25T00:00:00Z 2026-11-24T00:00:00Z");
        row("last_week", monday, "2026-11-16T00:00:00Z 2026-11-23T00:00:00Z");
        row("last_month", monday, "2026-10-01T00:00:00Z 2026-11-01T00:00:00Z");
        row("month", monday, "2026-11-01T00:00:00Z 2026-12-01T00:00:00Z");
        row("last_week", "2026-11-22T23:59:59.999Z", "2026-11-09T00:00:00Z 2026-11-16T00:00:00Z");
        row("last_month", "2027-01-31T12:00:00Z", "2026-12-01T00:00:00Z 2027-01-01T00:00:00Z");
        row("month", "2028-02-29T12:00:00Z", "2028-02-01T00:00:00Z 2028-03-01T00:00:00Z");
        // The day in UTC, whatever the zone of the time.
        row("today", "2026-11-23T01:00:00+05:00", "2026-11-22T00:00:00Z 2026-11-23T00:00:00Z");
    }
    void meansTheseDays()
    {
        QFETCH(QString, period);
        QFETCH(QString, asked);
        QFETCH(QString, days);
        ReportRequest request;
        request.period = period;
        const auto span = request.span(QDateTime::fromString(asked, Qt::ISODateWithMs));
        QVERIFY(span);
        QCOMPARE(::days(*span), days);
        QCOMPARE(span->before().days(), span->days());
        QCOMPARE(span->before().to, span->from);
    }

    void meansGivenDays()
    {
        const QDateTime now(QDate(2026, 11, 23), QTime(7, 0), Qt::UTC);
        const auto span = [&](const char* json) {
            return ReportRequest::fromPayload(object(json))->span(now);
        };
        QCOMPARE(days(*span(R"({"from":"2026-11-16","to":"2026-11-16"})")),
                 u"2026-11-16T00:00:00Z 2026-11-17T00:00:00Z"_s);
        QCOMPARE(days(*span(R"({"from":"2026-11-16"})")),
                 u"2026-11-16T00:00:00Z 2026-11-24T00:00:00Z"_s);
        QVERIFY(span(R"({"from":"2026-11-16","to":"2026-11-15"})")
                    .error()
                    .detail.contains(u"is after the last"_s));
        QVERIFY(span(R"({"from":"2026-11-24"})").error().detail.contains(u"is after the last"_s));
        QVERIFY(span(R"({"from":"2025-11-24","to":"2026-11-24"})"));
        QVERIFY(span(R"({"from":"2025-11-23","to":"2026-11-24"})")
                    .error()
                    .detail.contains(u"at most 366 days, not 367"_s));
    }

    void saysItsDays()
    {
        const auto words = [](const QDate& first, const QDate& end) {
            return ReportSpan{{first, QTime(0, 0), Qt::UTC}, {end, QTime(0, 0), Qt::UTC}, {}}
                .words();
        };
        QCOMPARE(words({2026, 11, 16}, {2026, 11, 23}), u"Monday 16 to Sunday 22 November 2026"_s);
        QCOMPARE(words({2026, 10, 25}, {2026, 11, 24}),
                 u"Sunday 25 October to Monday 23 November 2026"_s);
        QCOMPARE(words({2026, 12, 28}, {2027, 1, 4}),
                 u"Monday 28 December 2026 to Sunday 3 January 2027"_s);
        QCOMPARE(words({2026, 11, 23}, {2026, 11, 24}), u"Monday 23 November 2026"_s);
    }
};

QTEST_GUILESS_MAIN(TestReport)
#include "tst_report.moc"
