// SPDX-License-Identifier: GPL-3.0-or-later
// What is let in: keys, duplicate headers, hosts, web pages, and too many wrong keys.
#include "core/endpoint/gate.h"

#include <QTest>

using namespace queuedeck::endpoint;

namespace {
const QByteArray kKey = "the key of this test";
const QByteArray kCron = "the secret of the cron";

Gate::Options options()
{
    Gate::Options options;
    options.apiKey = kKey;
    options.cronSecret = kCron;
    options.hosts = {"jobs.example.com", "192.0.2.7"};
    options.badKeysAMinute = 5;
    return options;
}

Request asking(const QByteArray& path, std::vector<Header> headers)
{
    Request request;
    request.method = "GET";
    request.path = path;
    request.peer = "127.0.0.1";
    request.headers = std::move(headers);
    request.headers.push_back({"host", "localhost:3000"});
    return request;
}

int statusOf(Gate& gate, const Request& request)
{
    const Admission admission = gate.admit(request, {});
    const auto* response = std::get_if<Response>(&admission);
    return response ? response->status : 0;
}
} // namespace

class tst_Gate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keys_data();
    void keys();
    void withoutCronSecret();
    void hosts_data();
    void hosts();
    void webPagesAreRefused();
    void tooManyWrongKeys();
    void guessesAreNotCompared();
    void askingWithoutAKeyIsNoWrongKey();
};

void tst_Gate::keys_data()
{
    QTest::addColumn<QList<QByteArrayList>>("headers");
    QTest::addColumn<int>("status"); // 0: let in
    const auto row = [](const char* name, const QList<QByteArrayList>& headers, int status) {
        QTest::newRow(name) << headers << status;
    };
    row("no key", {}, 401);
    row("empty", {{"x-api-key", ""}}, 401);
    row("wrong", {{"x-api-key", "wrong"}}, 401);
    row("prefix", {{"x-api-key", kKey.chopped(1)}}, 401);
    row("longer", {{"x-api-key", kKey + "x"}}, 401);
    row("trailing 0", {{"x-api-key", kKey + '\0'}}, 401);
    row("twice", {{"x-api-key", kKey}, {"x-api-key", kKey}}, 401);
    row("right and wrong", {{"x-api-key", kKey}, {"x-api-key", "wrong"}}, 401);
    row("the cron's", {{"x-api-key", kCron}}, 401);
    row("right", {{"x-api-key", kKey}}, 0);
    row("bearer", {{"authorization", "Bearer " + kCron}}, 0);
    row("bearer in small letters", {{"authorization", "bearer " + kCron}}, 0);
    row("bearer with the key", {{"authorization", "Bearer " + kKey}}, 401);
    row("bearer twice",
        {{"authorization", "Bearer " + kCron}, {"authorization", "Bearer " + kCron}}, 401);
    row("basic", {{"authorization", "Basic " + kCron}}, 401);
    row("nothing behind bearer", {{"authorization", "Bearer "}}, 401);
    row("a wrong key and the bearer",
        {{"x-api-key", "wrong"}, {"authorization", "Bearer " + kCron}}, 401);
    row("a right key and a wrong bearer", {{"x-api-key", kKey}, {"authorization", "Bearer wrong"}},
        0);
}

void tst_Gate::keys()
{
    QFETCH(QList<QByteArrayList>, headers);
    QFETCH(int, status);
    Gate gate(options());
    std::vector<Header> list;
    for (const QByteArrayList& header : headers)
        list.push_back({header[0], header[1]});
    const Admission admission = gate.admit(asking("/api/jobs/process", list), {});
    const auto* response = std::get_if<Response>(&admission);
    QCOMPARE(response ? response->status : 0, status);
    if (response)
        QCOMPARE(response->body, unauthorized().body);
}

void tst_Gate::withoutCronSecret()
{
    Gate::Options without = options();
    without.cronSecret.clear();
    Gate gate(without);
    QCOMPARE(statusOf(gate, asking("/api/jobs/process", {{"authorization", "Bearer "}})), 401);
    QCOMPARE(statusOf(gate, asking("/api/jobs/process", {{"authorization", "Bearer " + kCron}})),
             401);
}

void tst_Gate::hosts_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<int>("status");
    for (const char* host : {"localhost", "LOCALHOST:3000", "127.0.0.1", "127.0.0.1:80", "[::1]",
                             "[::1]:3000", "jobs.example.com", "Jobs.Example.com:443", "192.0.2.7"})
        QTest::newRow(host) << QByteArray(host) << 200;
    for (const char* host :
         {"evil.example", "localhost.evil.example", "localhost:", "localhost:x", "localhost:999999",
          "localhost@evil.example", "::1", "[::1", "[::1]x", "127.0.0.1.evil.example", "0.0.0.0",
          "localhost:80:80", "localhost,evil"})
        QTest::newRow(host) << QByteArray(host) << 421;
    QTest::newRow("empty") << QByteArray("") << 421;
}

void tst_Gate::hosts()
{
    QFETCH(QByteArray, host);
    QFETCH(int, status);
    Gate gate(options());
    Request request = asking("/healthz", {});
    request.headers.back().value = host;
    QCOMPARE(statusOf(gate, request), status);
}

void tst_Gate::webPagesAreRefused()
{
    Gate gate(options());
    for (const char* origin : {"https://evil.example", "null", "http://localhost:3000", ""}) {
        QCOMPARE(statusOf(gate, asking("/healthz", {{"origin", origin}})), 403);
        QCOMPARE(
            statusOf(gate, asking("/api/jobs/process", {{"origin", origin}, {"x-api-key", kKey}})),
            403);
    }
}

void tst_Gate::tooManyWrongKeys()
{
    Gate gate(options());
    const Request wrong = asking("/metrics", {{"x-api-key", "wrong"}});
    for (int i = 0; i < 5; ++i)
        QCOMPARE(statusOf(gate, wrong), 401);
    const Admission admission = gate.admit(wrong, {});
    const auto& response = std::get<Response>(admission);
    QCOMPARE(response.status, 429);
    QVERIFY(response.retryAfter > 0 && response.retryAfter <= 60);
    QCOMPARE(statusOf(gate, asking("/api/jobs/process", {{"authorization", "Bearer x"}})), 429);
    // The owner is not locked out, nor is any other address.
    QCOMPARE(statusOf(gate, asking("/metrics", {{"x-api-key", kKey}})), 0);
    QCOMPARE(statusOf(gate, asking("/healthz", {})), 200);
    Request elsewhere = wrong;
    elsewhere.peer = "192.0.2.9";
    QCOMPARE(statusOf(gate, elsewhere), 401);
}

// A client that tries one key after the other learns nothing more, even when it hits the right one,
// unless the owner has connected from there before.
void tst_Gate::guessesAreNotCompared()
{
    for (const bool wasThere : {false, true}) {
        Gate gate(options());
        const Request right = asking("/metrics", {{"x-api-key", kKey}});
        if (wasThere)
            QCOMPARE(statusOf(gate, right), 0);
        for (int i = 0; i < 5; ++i)
            QCOMPARE(statusOf(gate, asking("/metrics", {{"x-api-key", QByteArray::number(i)}})),
                     401);
        for (int i = 0; i < 100; ++i)
            QCOMPARE(statusOf(gate, asking("/metrics", {{"x-api-key", QByteArray::number(i)}})),
                     429);
        QCOMPARE(statusOf(gate, right), wasThere ? 0 : 429);
        QCOMPARE(
            statusOf(gate, asking("/api/jobs/process", {{"authorization", "Bearer " + kCron}})),
            wasThere ? 0 : 429);
        Request elsewhere = right;
        elsewhere.peer = "192.0.2.9";
        QCOMPARE(statusOf(gate, elsewhere), 0);
        QCOMPARE(std::holds_alternative<Work>(
                     gate.admit(right, BadKeys::Time{} + std::chrono::seconds(60))),
                 true);
    }
}

void tst_Gate::askingWithoutAKeyIsNoWrongKey()
{
    Gate gate(options());
    for (int i = 0; i < 50; ++i)
        QCOMPARE(statusOf(gate, asking("/metrics", {})), 401);
}

QTEST_APPLESS_MAIN(tst_Gate)
#include "tst_gate.moc"
