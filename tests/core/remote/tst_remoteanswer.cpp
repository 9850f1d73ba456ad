// SPDX-License-Identifier: GPL-3.0-or-later
// What the answers of other people's servers say, in all the forms that frameworks write: counts,
// reasons, waiting times, ids and times.
#include "core/net/httpdate.h"
#include "core/net/retryafter.h"
#include "core/remote/remoteanswer.h"
#include "core/remote/remotejson.h"
#include "core/remote/remotequeue.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace queuedeck::remote;

namespace {
const QDateTime kNow(QDate(2026, 11, 29), QTime(8, 30), Qt::UTC);

net::HttpAnswer answerOf(const QByteArray& body, const QByteArray& type = "application/json")
{
    net::HttpAnswer answer;
    answer.status = 500;
    answer.headers = {{"content-type", type}};
    answer.body = body;
    return answer;
}

QJsonValue valueOf(const QByteArray& json)
{
    return QJsonDocument::fromJson('[' + json + ']').array().first();
}
} // namespace

class tst_RemoteAnswer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void counts_data()
    {
        QTest::addColumn<qint64>("expected"); // -1: none
        const auto row = [](const char* json, qint64 expected) { QTest::newRow(json) << expected; };
        row("0", 0);
        row("3", 3);
        row("99999999999", 99'999'999'999);
        row("9007199254740993", 9'007'199'254'740'993);
        row("9223372036854775807", std::numeric_limits<qint64>::max());
        row("3.0", 3);
        row("1e3", 1000);
        row("1.5e1", 15);
        row("\"12\"", 12);
        row("\" 12 \"", 12);
        row("9223372036854775808000", -1);
        row("1e300", -1);
        row("-1", -1);
        row("-0.5", -1);
        row("3.5", -1);
        row("\"-1\"", -1);
        row("\"3.5\"", -1);
        row("\"many\"", -1);
        row("\"\"", -1);
        row("\"99999999999999999999999\"", -1);
        row("true", -1);
        row("null", -1);
        row("[3]", -1);
        row("{\"n\":3}", -1);
    }
    void counts()
    {
        QFETCH(qint64, expected);
        QCOMPARE(countIn(valueOf(QTest::currentDataTag())).value_or(-1), expected);
    }

    // Whatever it contains, a 200 is read correctly or reported as unreadable.
    void figuresAreReadOrNot_data() { counts_data(); }
    void figuresAreReadOrNot()
    {
        QFETCH(qint64, expected);
        for (const QByteArray& key : {QByteArray("processed"), QByteArray("failed")}) {
            net::HttpAnswer answer = answerOf("{\"processed\":1,\"failed\":2,\"" + key +
                                              "\":" + QTest::currentDataTag() + '}');
            answer.status = 200;
            RemoteReport report;
            judge({answer, {}}, report);
            QCOMPARE(report.verdict == RemoteVerdict::Done, expected >= 0);
            if (expected >= 0) {
                QCOMPARE(key == "processed" ? report.processed : report.failed, expected);
            } else {
                QCOMPARE(report.verdict, RemoteVerdict::NotUnderstood);
                QVERIFY2(report.sentence.contains(u"\"%1\": "_s.arg(QString::fromLatin1(key))),
                         qPrintable(report.sentence));
            }
            answer.body =
                "{\"pendingCount\":" + QByteArray(QTest::currentDataTag()) + ",\"jobs\":[]}";
            const auto queue = readQueue(answer);
            QCOMPARE(queue ? queue->pendingCount : -1, expected);
        }
    }

    void ids()
    {
        QCOMPARE(idIn(valueOf("7")), u"7"_s);
        QCOMPARE(idIn(valueOf("9007199254740993")), u"9007199254740993"_s);
        QCOMPARE(idIn(valueOf("-5")), u"-5"_s);
        QCOMPARE(idIn(valueOf("1e20")), u"100000000000000000000"_s);
        QCOMPARE(idIn(valueOf("\"j1\"")), u"j1"_s);
        QCOMPARE(idIn(valueOf("null")), QString());
        QCOMPARE(timeIn(valueOf("1793883600250")).toMSecsSinceEpoch(), 1'793'883'600'250);
        QCOMPARE(timeIn(valueOf("\"2026-11-05T13:00:00.250Z\"")).toMSecsSinceEpoch(),
                 1'793'883'600'250);
        QVERIFY(!timeIn(valueOf("true")).isValid());
    }

    void reasons_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char* body, const QString& reason,
                            const char* type = "application/json") {
            QTest::newRow(body) << QByteArray(body) << QByteArray(type) << reason;
        };
        const QString why = u"The disk is full"_s;
        row(R"({"error":"The disk is full"})", why);
        row(R"({"message":"The disk is full"})", why);
        row(R"({"Message":"The disk is full"})", why);
        row(R"({"error":{"message":"The disk is full"}})", why);
        row(R"({"error":{"code":"E28","message":"The disk is full"}})", why);
        row(R"({"error":{"error":{"message":"The disk is full"}}})", why);
        row(R"({"errors":["The disk is full"]})", why);
        row(R"({"errors":[{"message":"The disk is full"}]})", why);
        row(R"({"errors":[{},{"detail":"The disk is full"}]})", why);
        row(R"({"errors":{"disk":[]},"title":"The disk is full"})", why);
        row(R"({"detail":"The disk is full"})", why);
        row(R"({"detail":[{"loc":["body"],"msg":"The disk is full","type":"x"}]})", why);
        row(R"({"type":"about:blank","title":"Trouble","status":500,"detail":"The disk is full"})",
            why, "application/problem+json");
        row(R"({"title":"The disk is full","status":500})", why, "application/problem+json");
        row(R"({"statusCode":500,"error":"Internal Server Error","message":"The disk is full"})",
            why);
        row(R"({"error":"Internal Server Error"})", u"Internal Server Error"_s);
        row(R"({"error":true,"message":"The disk is full"})", why);
        row(R"({"error":"disk_full","error_description":"The disk is full"})", why);
        row(R"({"error":"disk_full"})", u"disk_full"_s);
        row(R"({"success":false,"data":{"reason":"The disk is full"}})", why);
        row(R"([{"message":"The disk is full"}])", why);
        row(R"("The disk is full")", why);
        row("The disk is full\n", why, "text/plain; charset=utf-8");
        row("\xEF\xBB\xBF{\"error\":\"The disk is full\"}", why);
        row("{\"error\":\"K\xE4se\"}", u"Käse"_s, "application/json; charset=ISO-8859-1");
        row("{\"error\":\"K\xE4se\"}", u"Käse"_s, "application/json;charset=\"windows-1252\"");
        row("{\"error\":\"Käse\"}", u"Käse"_s, "application/json; charset=utf-8");
        row(R"({"code":28})", {});
        row("{}", {});
        row("", {});
        row("<html><body>no</body></html>", {}, "text/html");
        row(R"({"error":{"error":{"error":{"error":{"error":{"error":{"error":{"error":"deep"}}}}}}}})",
            {});
    }
    void reasons()
    {
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, type);
        QFETCH(QString, reason);
        QCOMPARE(reasonIn(answerOf(body, type)), reason);
    }

    void utf16()
    {
        const QString text = u"{\"error\":\"Käse\"}"_s;
        QByteArray body("\xFF\xFE");
        for (const QChar c : text)
            body += QByteArray(1, char(c.unicode() & 0xFF)) + char(c.unicode() >> 8);
        QCOMPARE(reasonIn(answerOf(body)), u"Käse"_s);
        QCOMPARE(reasonIn(answerOf(body.mid(2), "application/json; charset=utf-16le")), u"Käse"_s);
    }

    void waits_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<QByteArray>("date");
        QTest::addColumn<int>("seconds"); // -1: none
        const auto row = [](const char* header, int seconds, const char* date = "") {
            QTest::newRow(qPrintable(QLatin1String(header) + u" at "_s + QLatin1String(date)))
                << QByteArray(header) << QByteArray(date) << seconds;
        };
        constexpr int kDay = 86'400;
        row("0", 0);
        row("40", 40);
        row(" 40 ", 40);
        row("+40", 40);
        row("40.9", 40);
        row("40s", 40);
        row("-5", 0);
        row("86400", kDay);
        row("86401", kDay);
        row("99999999999999999999999999", kDay);
        row("", -1);
        row("soon", -1);
        row("4 0", -1);
        row("0x40", -1);
        row("Sun, 29 Nov 2026 08:31:00 GMT", 60);
        row("Sunday, 29-Nov-26 08:31:00 GMT", 60);
        row("Sun Nov 29 08:31:00 2026", 60);
        row("sun, 29 nov 2026 08:31:00 gmt", 60);
        row("Mon, 30 Nov 2026 08:31:00 GMT", kDay);
        row("Sun, 29 Nov 2026 08:29:00 GMT", 0);
        row("Fri, 31 Dec 9999 23:59:59 GMT", kDay);
        row("Sun, 06 Nov 1994 08:49:37 GMT", 0);
        row("Sun, 31 Feb 2026 08:31:00 GMT", -1);
        row("Sun, 29 Nov 2026 25:31:00 GMT", -1);
        row("Sun, 29 Nov 2026", -1);
        // Their clock is ten minutes ahead, or two years behind: the difference between the two
        // counts.
        row("Sun, 29 Nov 2026 08:41:00 GMT", 60, "Sun, 29 Nov 2026 08:40:00 GMT");
        row("Fri, 29 Nov 2024 08:41:00 GMT", 60, "Fri Nov 29 08:40:00 2024");
        row("Sun, 29 Nov 2026 08:31:00 GMT", 60, "yesterday");
        row("40", 40, "Sun, 29 Nov 2020 08:40:00 GMT");
    }
    void waits()
    {
        QFETCH(QByteArray, header);
        QFETCH(QByteArray, date);
        QFETCH(int, seconds);
        net::HttpAnswer answer = answerOf("{}");
        answer.headers += {"retry-after", header};
        if (!date.isEmpty())
            answer.headers += {"date", date};
        const auto wait = net::retryAfter(answer, kNow);
        QCOMPARE(wait ? int(wait->count()) : -1, seconds);
    }

    // Every second of half a century, in each of the three formats.
    void dates()
    {
        QRandomGenerator random(1'994);
        const QLocale c = QLocale::c();
        for (int i = 0; i < 5'000; ++i) {
            const QDateTime time = kNow.addYears(-40).addSecs(
                qint64(random.bounded(quint32(80U * 365 * 1440))) * 60 + random.bounded(60));
            for (const QString& form :
                 {u"ddd, dd MMM yyyy HH:mm:ss 'GMT'"_s, u"dddd, dd-MMM-yy HH:mm:ss 'GMT'"_s,
                  u"ddd MMM dd HH:mm:ss yyyy"_s}) {
                QString text = c.toString(time, form);
                if (form.endsWith(u"yyyy"_s) && text[8] == u'0')
                    text[8] = u' ';
                QCOMPARE(net::httpDate(text.toLatin1(), kNow).value_or(QDateTime()), time);
            }
        }
    }
};

QTEST_APPLESS_MAIN(tst_RemoteAnswer)
#include "tst_remoteanswer.moc"
