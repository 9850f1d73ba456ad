// SPDX-License-Identifier: GPL-3.0-or-later
// Messages to a real server that takes them, fails, hangs, answers late, or is not one.
#include "core/alerts/webhook.h"
#include "core/alerts/webhookmessage.h"
#include "core/async/deliver.h"
#include "tests/support/webserver.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMessageAuthenticationCode>
#include <QTcpSocket>
#include <QTest>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace queuedeck;
using namespace queuedeck::alerts;
using test::WebServer;

namespace {
constexpr int kPatience = 60'000;
const QString kPath = QStringLiteral("/services/T000/B000/a-secret-word");

base::Secret secret(const QString& text)
{
    return base::Secret(text.toUtf8());
}

AlertEntry entry()
{
    AlertEntry entry;
    entry.id = u"4f1c"_s;
    entry.ruleId = u"falls-behind"_s;
    entry.ruleName = u"Queue <!channel> & more"_s;
    entry.limit = u"5 min"_s;
    entry.peak = 372;
    entry.began = QDateTime(QDate(2026, 11, 23), QTime(14, 33), Qt::UTC);
    return entry;
}

base::Result<WebhookAnswer> send(Webhook& webhook, const WebhookTarget& target,
                                 const QByteArray& body = "{}")
{
    const auto sending = webhook.send(target, body, u"id-1"_s);
    if (!QTest::qWaitFor([&] { return sending.isFinished(); }, kPatience))
        qFatal("No answer and no error.");
    return async::resultOf(sending);
}
} // namespace

class TestWebhook : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aMessageArrivesSigned()
    {
        WebServer server(WebServer::always(WebServer::counted(200, "text/plain", "ok")));
        Webhook webhook;
        const QByteArray body = webhookBody(entry(), Telling::Kind::Began, u"shop"_s);
        const auto answer = send(webhook, {secret(server.url(kPath)), secret(u"key"_s)}, body);
        QVERIFY(answer && answer->isTaken());
        QCOMPARE(server.requests().size(), 1);
        const test::WebRequest& request = server.requests().first();
        QCOMPARE(request.method, "POST");
        QCOMPARE(request.target, kPath.toLatin1());
        QCOMPARE(request.body, body);
        QVERIFY(request.header("content-type").startsWith("application/json"));
        QCOMPARE(request.header("x-queuedeck-delivery"), "id-1");
        // As a receiver checks it.
        const QByteArray text =
            "v1:" + request.header("x-queuedeck-timestamp") + ':' + request.body;
        QCOMPARE(
            request.header("x-queuedeck-signature"),
            "v1=" +
                QMessageAuthenticationCode::hash(text, "key", QCryptographicHash::Sha256).toHex());
        QVERIFY(!server.received().contains("\r\nkey"));
    }

    void withoutAKeyNothingIsSigned()
    {
        WebServer server(WebServer::always(WebServer::counted(204, "text/plain", "")));
        Webhook webhook;
        QVERIFY(send(webhook, {secret(server.url(kPath))})->isTaken());
        QVERIFY(server.requests().first().header("x-queuedeck-signature").isEmpty());
    }

    // What Slack shows, and that no text of a queue calls a channel.
    void theBodyIsSlacks()
    {
        AlertEntry over = entry();
        over.ended = over.began.addSecs(3 * 3600 + 35 * 60);
        for (const auto kind : {Telling::Kind::Began, Telling::Kind::Ended}) {
            const QJsonObject body =
                QJsonDocument::fromJson(webhookBody(over, kind, u"shop <@U1>"_s)).object();
            const QString text = body[u"text"_s].toString();
            QVERIFY(text.contains("shop &lt;@U1&gt;"_L1));
            QVERIFY(text.contains("Queue &lt;!channel&gt; &amp; more"_L1));
            QVERIFY(!text.contains(u'<'));
            QVERIFY(body[u"attachments"_s].isArray());
            const QJsonObject payload = body[u"metadata"_s][u"event_payload"_s].toObject();
            QCOMPARE(payload[u"event"_s].toString(),
                     kind == Telling::Kind::Began ? u"began"_s : u"ended"_s);
            QCOMPARE(payload[u"alert"_s].toString(), u"4f1c"_s);
            QCOMPARE(payload[u"queue"_s].toString(), u"shop <@U1>"_s);
        }
        QVERIFY(tellingText(over, Telling::Kind::Ended).contains("3 h 35 min"_L1));
    }

    void answers_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<bool>("taken");
        QTest::addColumn<bool>("final");
        QTest::newRow("200") << 200 << true << false;
        QTest::newRow("400") << 400 << false << true;
        QTest::newRow("404") << 404 << false << true;
        QTest::newRow("408") << 408 << false << false;
        QTest::newRow("410") << 410 << false << true;
        QTest::newRow("429") << 429 << false << false;
        QTest::newRow("500") << 500 << false << false;
        QTest::newRow("503") << 503 << false << false;
    }
    void answers()
    {
        QFETCH(int, status);
        QFETCH(bool, taken);
        QFETCH(bool, final);
        WebServer server(WebServer::always(
            WebServer::counted(status, "text/plain", "x", "Retry-After: 40\r\n")));
        Webhook webhook;
        const auto answer = send(webhook, {secret(server.url(kPath))});
        QVERIFY(answer);
        QCOMPARE(answer->status, status);
        QCOMPARE(answer->isTaken(), taken);
        QCOMPARE(answer->isFinal(), final);
        QCOMPARE(answer->retryAfter, std::optional<std::chrono::seconds>(40s));
    }

    // The caller never waits, whatever the server does; a server that answers late is waited for.
    void hangingAndLate()
    {
        QVector<QTcpSocket*> held;
        WebServer server([&](QTcpSocket& socket, const test::WebRequest&) { held += &socket; });
        Webhook webhook;
        QElapsedTimer timer;
        timer.start();
        const auto first = webhook.send({secret(server.url(kPath))}, "{}", u"1"_s);
        QVERIFY2(timer.elapsed() < 2000, "Sending took the caller's time.");
        QTRY_COMPARE_WITH_TIMEOUT(held.size(), 1, kPatience);
        QTimer::singleShot(2000, &server, [&] {
            held[0]->write(WebServer::counted(200, "text/plain", "late"));
            held[0]->disconnectFromHost();
        });
        QTRY_VERIFY_WITH_TIMEOUT(first.isFinished(), kPatience);
        QVERIFY(async::resultOf(first)->isTaken());
        // Never an answer: a sentence that names the host and not the address.
        const auto second = send(webhook, {secret(server.url(kPath))});
        QVERIFY(!second);
        QVERIFY(second.error().detail.contains("127.0.0.1"_L1));
        QVERIFY(!second.error().detail.contains("secret"_L1));
    }

    // The program can end while a message is on its way.
    void endingDoesNotWait()
    {
        bool isHeld = false;
        WebServer server([&](QTcpSocket&, const test::WebRequest&) { isHeld = true; });
        auto webhook = std::make_unique<Webhook>();
        (void)webhook->send({secret(server.url(kPath))}, "{}", u"1"_s);
        QTRY_VERIFY_WITH_TIMEOUT(isHeld, kPatience);
        QElapsedTimer timer;
        timer.start();
        webhook.reset();
        QVERIFY2(timer.elapsed() < 9000, "It waited for the deadline.");
    }

    void noServer_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("not HTTP") << QByteArray("SSH-2.0-OpenSSH_9.2\r\n\r\n");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("half") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nab");
        QTest::newRow("elsewhere") << QByteArray(
            "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n");
    }
    void noServer()
    {
        QFETCH(QByteArray, bytes);
        WebServer server([&](QTcpSocket& socket, const test::WebRequest&) {
            socket.write(bytes);
            socket.disconnectFromHost();
        });
        Webhook webhook;
        const auto answer = send(webhook, {secret(server.url(kPath))});
        QVERIFY(!answer);
        QVERIFY(!answer.error().detail.isEmpty());
        QVERIFY(!answer.error().detail.contains("secret"_L1));
    }

    void addresses_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<bool>("isGood");
        QTest::newRow("https") << u"https://hooks.slack.com/services/T/B/x"_s << true;
        QTest::newRow("http here") << u"http://127.0.0.1:9000/hook"_s << true;
        QTest::newRow("http elsewhere") << u"http://hooks.slack.com/services/T/B/x"_s << false;
        QTest::newRow("words") << u"ask Paul"_s << false;
        QTest::newRow("empty") << u"  "_s << false;
        QTest::newRow("file") << u"file:///etc/passwd"_s << false;
        QTest::newRow("password") << u"https://me:secret@hooks.example/x"_s << false;
        QTest::newRow("no host") << u"https:///x"_s << false;
        QTest::newRow("control") << u"https://hooks.example/\nx"_s << false;
    }
    void addresses()
    {
        QFETCH(QString, address);
        QFETCH(bool, isGood);
        const base::Status status = checkWebhookAddress(address);
        QCOMPARE(status.has_value(), isGood);
        if (!isGood)
            QVERIFY(!status.error().detail.contains("secret"_L1));
    }

    void pausesGrow()
    {
        QCOMPARE(webhookPause(1, {}), 5s);
        QCOMPARE(webhookPause(2, {}), 10s);
        for (int failures = 1; failures < 100; ++failures)
            QVERIFY(webhookPause(failures + 1, {}) >= webhookPause(failures, {}));
        QCOMPARE(webhookPause(1000, {}), std::chrono::seconds(15min));
        QCOMPARE(webhookPause(1, 40s), 40s);
        QCOMPARE(webhookPause(1, 24h), std::chrono::seconds(15min));
        QCOMPARE(webhookPause(5, 0s), webhookPause(5, {}));
    }
};

QTEST_GUILESS_MAIN(TestWebhook)
#include "tst_webhook.moc"
