// SPDX-License-Identifier: GPL-3.0-or-later
// serve: the endpoint as a user, a cron job and a monitor use it.
#include "tests/e2e/serving.h"
#include "tests/support/certificate.h"
#include "tests/support/ownhandlers.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTest>

#include <signal.h>

using namespace Qt::StringLiterals;
using queuedeck::test::makeCertificate;

class tst_CtlServe : public ServeTest
{
    Q_OBJECT

private Q_SLOTS:
    void refusesToStart_data();
    void refusesToStart();
    void processesAndTells();
    void cron();
    void metrics();
    void oneBatchAtATime();
    void anEmptyQueueIsNotHammered();
    void stopsInOrder();
    void leavesAtTheSecondSignal();
    void healthWithoutKey();
    void certificatesAreLookedAt();
    void tls();
    void theKeyStaysSecret();
};

void tst_CtlServe::refusesToStart_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("word");
    const auto row = [](const char* name, const QString& key, const QStringList& arguments,
                        int code, const char* word) {
        QTest::newRow(name) << key << arguments << code << QByteArray(word);
    };
    const QString key = QString::fromLatin1(kKey);
    row("no key", {}, {}, 4, "key generate");
    row("a blank key", u"  "_s, {}, 4, "JOB_PROCESSOR_API_KEY");
    row("a key no header carries", u"ä-long-enough-key"_s, {}, 4, "ASCII");
    row("a key of one letter", u"k"_s, {}, 4, "key generate");
    row("a key of 15 letters", u"123456789012345"_s, {}, 4, "shorter than 16");
    row("no TLS", key, {u"--listen"_s, u"0.0.0.0:0"_s}, 2, "--tls-cert");
    row("no TLS for IPv6", key, {u"--listen"_s, u"[::]:0"_s}, 2, "--tls-cert");
    row("no port", key, {u"--listen"_s, u"127.0.0.1"_s}, 2, "ADDRESS:PORT");
    row("a large port", key, {u"--listen"_s, u"127.0.0.1:70000"_s}, 2, "ADDRESS:PORT");
    row("a name", key, {u"--listen"_s, u"example.com:80"_s}, 2, "ADDRESS:PORT");
    row("half of TLS", key, {u"--tls-cert"_s, u"a.pem"_s}, 2, "--tls-key");
    row("no certificate", key, {u"--tls-cert"_s, u"a.pem"_s, u"--tls-key"_s, u"b.pem"_s}, 2,
        "a.pem");
    row("no cap", key, {u"--max-jobs-cap"_s, u"0"_s}, 2, "--max-jobs-cap");
}

void tst_CtlServe::refusesToStart()
{
    QFETCH(QString, key);
    QFETCH(QStringList, arguments);
    QFETCH(int, code);
    QFETCH(QByteArray, word);
    setVariable(u"JOB_PROCESSOR_API_KEY"_s, key);
    const Ran ran = json(QStringList{u"serve"_s} + arguments);
    VERIFY_CODE(ran, code);
    QVERIFY2(ran.err.contains(word), ran.told());
    QVERIFY(!ran.errorKind().isEmpty());
}

void tst_CtlServe::processesAndTells()
{
    Served served;
    QVERIFY(serve(served, {u"--max-jobs-cap"_s, u"150"_s}));
    const Client client = served.client();
    add(120, kPicture, kElsewhere);
    sql(u"UPDATE \"Job\" SET attempts = 3 WHERE id = (SELECT max(id) FROM \"Job\")"_s); // dead
    Answer answer = client.ask("GET", kProcess, {kWithKey});
    QCOMPARE(answer.status, 200);
    QCOMPARE(keys(answer.json()), QSet<QString>({u"pendingCount"_s, u"jobs"_s}));
    QCOMPARE(answer.json()[u"pendingCount"_s].toInt(), 119); // all of them, except the dead one
    const QJsonArray jobs = answer.json()[u"jobs"_s].toArray();
    QCOMPARE(jobs.size(), 100);
    QCOMPARE(keys(jobs[0].toObject()),
             QSet<QString>({u"id"_s, u"type"_s, u"attempts"_s, u"createdAt"_s}));
    QCOMPARE(jobs[0][u"id"_s].toString(), sql(u"SELECT min(id) FROM \"Job\""_s).toString());

    answer = client.ask("POST", kProcess, {kWithKey});
    QCOMPARE(answer.status, 200);
    QCOMPARE(keys(answer.json()), QSet<QString>({u"processed"_s, u"failed"_s, u"startTime"_s,
                                                 u"endTime"_s, u"message"_s}));
    QCOMPARE(answer.json()[u"failed"_s].toInt(), 10); // a failing job does not stop the batch
    QCOMPARE(answer.json()[u"message"_s].toString(), u"Processed 0 jobs, 10 failed"_s);
    answer = client.raw(
        requestBytes("POST", kProcess + "?maxJobs=30", {kWithKey, "Content-Length: 2"}, "{}"));
    QCOMPARE(answer.json()[u"failed"_s].toInt(), 30);
    QCOMPARE(count(u"failed"_s), 40);
    // A change is visible at once, although answers are cached for a moment.
    QCOMPARE(client.ask("GET", kProcess, {kWithKey}).json()[u"pendingCount"_s].toInt(), 79);

    for (const char* wrong : {"0", "151", "-1", "x", "", "5.0"}) {
        answer = client.ask("POST", kProcess + "?maxJobs=" + wrong, {kWithKey});
        QCOMPARE(answer.status, 400);
        QVERIFY(answer.json()[u"error"_s].toString().contains(u"from 1 to 150"_s));
    }
    QCOMPARE(count(u"failed"_s), 40);
    answer = client.ask("PUT", kProcess, {kWithKey});
    QCOMPARE(answer.status, 405);
    QVERIFY(answer.says("Allow: GET, HEAD, POST"));
    QVERIFY(answer.json().contains(u"error"_s));
    answer = client.ask("GET", "/nowhere", {kWithKey});
    QCOMPARE(answer.status, 404);
    QVERIFY(answer.json().contains(u"error"_s));
}

void tst_CtlServe::cron()
{
    add(15, kPicture, kElsewhere);
    const QByteArray bearer = "Authorization: Bearer " + kCron;
    {
        Served without;
        QVERIFY(serve(without));
        QCOMPARE(without.client().ask("GET", kProcess, {bearer}).status, 401);
        QCOMPARE(without.client().ask("GET", kProcess, {"Authorization: Bearer "}).status, 401);
    }
    QCOMPARE(count(u"pending"_s), 15);
    Served served;
    QVERIFY(serve(served, {}, true));
    const Answer answer = served.client().ask("GET", kProcess, {bearer});
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.json()[u"failed"_s].toInt(), 10);
    QCOMPARE(count(u"pending"_s), 5);
    QCOMPARE(served.client().ask("GET", kProcess, {kWithKey}).json()[u"pendingCount"_s].toInt(), 5);
    QCOMPARE(served.client().ask("GET", "/metrics", {bearer}).status, 401);
}

void tst_CtlServe::metrics()
{
    Served served;
    QVERIFY(serve(served));
    add(3, kPicture, kElsewhere);
    add(2, kOwn, u"{}"_s);
    QCOMPARE(served.client().ask("POST", kProcess, {kWithKey}).status, 200);
    const Answer answer = served.client().ask("GET", "/metrics", {kWithKey});
    QCOMPARE(answer.status, 200);
    QVERIFY(answer.says("Content-Type: text/plain; version=0.0.4; charset=utf-8"));
    for (const char* line :
         {"queuedeck_jobs{status=\"pending\"} 2\n", "queuedeck_jobs{status=\"failed\"} 3\n",
          "queuedeck_attempts_last_hour{outcome=\"failed\"} 3\n",
          "queuedeck_attempts_total{type=\"image_extraction\",outcome=\"failed\"} 3\n",
          "queuedeck_job_run_seconds_count{type=\"image_extraction\"} 3\n",
          "queuedeck_job_wait_seconds_bucket{type=\"image_extraction\",le=\"+Inf\"} 3\n",
          "queuedeck_endpoint_failed_total 3\n", "queuedeck_endpoint_batches_total 1\n"})
        QVERIFY2(answer.body.contains(line), answer.body);
}

void tst_CtlServe::oneBatchAtATime()
{
    const int jobs = addCards(1);
    Served served;
    QVERIFY(serve(served));
    const auto first = startBatch(served);
    const Answer second = served.client().ask("POST", kProcess, {kWithKey});
    QVERIFY2(second.status == 409, second.told());
    QVERIFY(second.head.contains("\r\nRetry-After: "));
    QVERIFY(second.json().contains(u"error"_s));
    QCOMPARE(served.client().ask("GET", kProcess, {kWithKey}).status, 200); // reading still works
    const Answer answer = Client::read(*first);
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.json()[u"processed"_s].toInt(), jobs);
    QCOMPARE(served.client().ask("POST", kProcess, {kWithKey}).status, 200); // free again
}

void tst_CtlServe::anEmptyQueueIsNotHammered()
{
    Served served;
    QVERIFY(serve(served));
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < 4; ++i) {
        const Answer answer = served.client().ask("POST", kProcess, {kWithKey});
        QVERIFY2(answer.status == 200, answer.told()); // delayed, not refused
        QCOMPARE(answer.json()[u"processed"_s].toInt(-1), 0);
    }
    QVERIFY(timer.elapsed() >= 2'900); // one query per second
}

void tst_CtlServe::stopsInOrder()
{
    const int jobs = addCards(3);
    Served served;
    QVERIFY(serve(served));
    const auto idle = served.client().connect();
    const auto first = startBatch(served);
    ::kill(pid_t(served.pid()), SIGTERM);
    const Answer answer = Client::read(*first);
    QVERIFY2(answer.status == 200, answer.told()); // the caller is told what was done
    QVERIFY(answer.says("Connection: close"));
    const Ran ran = finish(served.process);
    VERIFY_CODE(ran, 0);
    QCOMPARE(count(u"processing"_s), 0);
    QCOMPARE(count(u"completed"_s), answer.json()[u"processed"_s].toInt());
    QCOMPARE(count(u"completed"_s) + count(u"pending"_s), jobs);
    QCOMPARE(sql(u"SELECT count(*) FROM queuedeck_lease"_s).toInt(), 0);
}

// That is, the second request: a signal within a second of the first counts as the same one.
void tst_CtlServe::leavesAtTheSecondSignal()
{
    QVERIFY(queuedeck::tests::writeHandler(
        path(u"home/handlers.d"_s), u"slow.json"_s,
        R"({"command":["/bin/sh","-c","trap '' TERM; sleep 60 & wait; wait"]})"));
    add(1, u"slow"_s, u"{}"_s);
    Served served;
    QVERIFY(serve(served));
    const auto first = startBatch(served);
    const auto tell = [&](int signal) { ::kill(pid_t(served.pid()), signal); };
    tell(SIGTERM);
    tell(SIGINT);
    QTest::qWait(300);
    tell(SIGTERM);
    QCOMPARE(served.process.state(), QProcess::Running);
    QTest::qWait(1'000);
    tell(SIGINT);
    VERIFY_CODE(finish(served.process), 1);
}

void tst_CtlServe::healthWithoutKey()
{
    Served served;
    QVERIFY(serve(served));
    const auto headOf = [&](const QByteArray& method, const QByteArray& path,
                            const QByteArrayList& headers) {
        const auto socket = served.client().connect();
        socket->write(requestBytes(method, path, headers + QByteArrayList{"Connection: close"}));
        QByteArray bytes;
        while (socket->waitForReadyRead(kPatience))
            bytes += socket->readAll();
        bytes += socket->readAll();
        return bytes;
    };
    for (const auto& [path, headers] : {std::pair{QByteArray("/healthz"), QByteArrayList{}},
                                        {kProcess, {kWithKey}},
                                        {QByteArray("/healthz"), {kWithKey}},
                                        {QByteArray("/nowhere"), {kWithKey}},
                                        {kProcess, {}}}) {
        const QByteArray get = headOf("GET", path, headers);
        const QByteArray head = headOf("HEAD", path, headers);
        const qsizetype end = get.indexOf("\r\n\r\n") + 4;
        QCOMPARE(head, get.left(end)); // identical down to the last header, and no body
        QVERIFY(get.size() > end);
    }
    QVERIFY(headOf("HEAD", "/healthz", {}).startsWith("HTTP/1.1 200 "));
    QVERIFY(headOf("OPTIONS", kProcess, {kWithKey}).contains("\r\nAllow: GET, HEAD, POST\r\n"));
    QVERIFY(headOf("DELETE", kProcess, {kWithKey}).contains("\r\nAllow: GET, HEAD, POST\r\n"));
}

void tst_CtlServe::certificatesAreLookedAt()
{
    const QString certificate = path(u"cert.pem"_s);
    const QString key = path(u"key.pem"_s);
    const QStringList arguments{u"--tls-cert"_s, certificate, u"--tls-key"_s, key};
    const QDateTime now = QDateTime::currentDateTimeUtc();
    QVERIFY(makeCertificate(certificate, key, now.addDays(-9), now.addDays(-2)));
    {
        Served served;
        QVERIFY(serve(served, arguments));
        QTRY_VERIFY_WITH_TIMEOUT((served.process.waitForReadyRead(50),
                                  served.said += served.process.readAllStandardError())
                                     .contains("expired on"),
                                 kPatience);
    }
    QVERIFY(QFile::setPermissions(key, QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther));
    const Ran refused = json(QStringList{u"serve"_s} + arguments);
    VERIFY_CODE(refused, 4);
    QVERIFY2(refused.err.contains("chmod 600"), refused.told());
}

void tst_CtlServe::tls()
{
    const QString certificate = path(u"cert.pem"_s);
    const QString key = path(u"key.pem"_s);
    QVERIFY(makeCertificate(certificate, key));
    Served served;
    QVERIFY(serve(served, {u"--tls-cert"_s, certificate, u"--tls-key"_s, key}));
    QVERIFY(served.url.startsWith(u"https://"_s));
    add(2, kPicture, kElsewhere);
    QSslConfiguration trusting;
    trusting.setCaCertificates(QSslCertificate::fromPath(certificate));
    QSslSocket socket;
    socket.setSslConfiguration(trusting);
    socket.connectToHostEncrypted(u"127.0.0.1"_s, served.port, u"localhost"_s);
    QVERIFY2(socket.waitForEncrypted(kPatience), qPrintable(socket.errorString()));
    socket.write(requestBytes("POST", kProcess, {kWithKey}));
    Answer answer = Client::read(socket);
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.json()[u"failed"_s].toInt(), 2);
    socket.write(requestBytes("GET", kProcess, {"Connection: close"}));
    answer = Client::read(socket);
    QCOMPARE(answer.status, 401);
    QVERIFY(socket.state() == QSslSocket::UnconnectedState ||
            socket.waitForDisconnected(kPatience));

    QCOMPARE(served.client().ask("GET", "/healthz").status, 0); // nothing unencrypted
}

void tst_CtlServe::theKeyStaysSecret()
{
    Served served;
    QVERIFY(serve(served, {}, true));
    served.client().ask("POST", kProcess, {kWithKey});
    served.client().ask("POST", kProcess, {"x-api-key: " + kKey + "wrong"});
    for (const QString& name : {u"cmdline"_s, u"environ"_s}) {
        QFile file(u"/proc/%1/%2"_s.arg(served.pid()).arg(name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray all = file.readAll();
        QVERIFY(!all.isEmpty());
        QVERIFY(!all.contains(kKey) && !all.contains(kCron));
    }
    ::kill(pid_t(served.pid()), SIGINT);
    const Ran ran = finish(served.process);
    VERIFY_CODE(ran, 0);
    for (const QByteArray& secret : {kKey, kCron})
        QVERIFY(!ran.err.contains(secret) && !ran.out.contains(secret));
}

QTEST_GUILESS_MAIN(tst_CtlServe)
#include "tst_ctl_serve.moc"
