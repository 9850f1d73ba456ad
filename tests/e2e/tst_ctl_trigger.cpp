// SPDX-License-Identifier: GPL-3.0-or-later
// trigger, remote-status and key: against the real endpoint of serve, against answers of a web
// application, and with a key that is searched for wherever it must not be.
#include "tests/e2e/serving.h"
#include "tests/support/keyring.h"
#include "tests/support/webserver.h"

#include <QDirIterator>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>
#include <QTimer>

#include <algorithm>
#include <csignal>

using namespace Qt::StringLiterals;
using queuedeck::test::Authority;
using queuedeck::test::Keyring;
using queuedeck::test::WebRequest;
using queuedeck::test::WebServer;

namespace {
const QByteArray kCanary = "canary5f2e81a7c04b4d9386";
constexpr int kPatience = 60'000;

// The secret itself, and as programs like to encode it.
QList<QByteArray> forms(const QByteArray& secret)
{
    const QString text = QString::fromLatin1(secret);
    const QByteArray utf16(reinterpret_cast<const char*>(text.utf16()), text.size() * 2);
    QList<QByteArray> all{secret, utf16, secret.toHex()};
    for (int shift = 0; shift < 3; ++shift) // base64 of any text that contains it
        all += (QByteArray(shift, 'x') + secret).toBase64().mid(4, secret.size());
    return all;
}

bool holds(const QByteArray& bytes, const QByteArray& secret)
{
    const QList<QByteArray> all = forms(secret);
    return std::any_of(all.begin(), all.end(),
                       [&](const QByteArray& form) { return bytes.contains(form); });
}

QStringList filesThatHold(const QString& folder, const QByteArray& secret)
{
    QStringList found;
    QDirIterator walk(folder, QDir::Files | QDir::Hidden | QDir::System,
                      QDirIterator::Subdirectories);
    while (walk.hasNext()) {
        QFile file(walk.next());
        if (walk.fileInfo().isFile() && file.open(QIODevice::ReadOnly) &&
            holds(file.readAll(), secret))
            found += file.fileName();
    }
    return found;
}
} // namespace

class tst_CtlTrigger : public ServeTest
{
    Q_OBJECT

    // Servers in this process answer only while its event loop runs.
    Ran beside(const QStringList& arguments, const QByteArray& input = {},
               const std::function<void(qint64)>& look = {}) const
    {
        QProcess process;
        prepare(process, arguments);
        process.start();
        process.write(input);
        process.closeWriteChannel();
        const bool isEnded = QTest::qWaitFor(
            [&] {
                if (look && process.state() == QProcess::Running)
                    look(process.processId());
                return process.state() == QProcess::NotRunning;
            },
            kPatience);
        if (!isEnded)
            process.kill();
        process.waitForFinished();
        const bool isNormal = process.exitStatus() == QProcess::NormalExit;
        return {isNormal ? process.exitCode() : -1, process.readAllStandardOutput(),
                process.readAllStandardError()};
    }

    void useKey(const QByteArray& key)
    {
        setVariable(u"JOB_PROCESSOR_API_KEY"_s, QString::fromLatin1(key));
    }
    void useKeyring(const Keyring& keyring)
    {
        for (const char* name : {"DBUS_SESSION_BUS_ADDRESS", "HOME", "XDG_DATA_HOME",
                                 "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR"})
            setVariable(QLatin1String(name), keyring.environment().value(QLatin1String(name)));
    }
    QStringList db() const { return {u"--db"_s, u"sqlite:"_s + embedded()}; }

private Q_SLOTS:
    void aServedEndpointIsTriggeredAndDrained();
    void exitCodes_data();
    void exitCodes();
    void certificatesAndRedirects();
    void theAddressComesFromTheEnvironment();
    void keysInAKeychain();
    void keysWithoutAKeychain();
    void theKeyIsNowhere();
    void aStopLeavesTheCall();
};

void tst_CtlTrigger::aServedEndpointIsTriggeredAndDrained()
{
    Served served;
    const int jobs = 4;
    VERIFY_CODE(ctl(QStringList{u"scan"_s} + cards().first(jobs)), 0);
    QVERIFY(serve(served));
    useKey(kKey);
    const Ran status = ctl(db() + QStringList{u"--json"_s, u"remote-status"_s, served.url});
    VERIFY_CODE(status, 0);
    QCOMPARE(keys(status.json()), asSet({u"pendingCount"_s, u"jobs"_s, u"pendingInDatabase"_s}));
    QCOMPARE(status.json()[u"pendingCount"_s].toInt(), jobs);
    QCOMPARE(status.json()[u"pendingInDatabase"_s].toInt(), jobs);
    QCOMPARE(status.json()[u"jobs"_s].toArray().size(), jobs);

    const Ran single =
        ctl(db() + QStringList{u"--json"_s, u"trigger"_s, served.url, u"--max-jobs"_s, u"2"_s});
    VERIFY_CODE(single, 0);
    const QJsonObject report = single.json();
    QCOMPARE(keys(report),
             asSet({u"processed"_s, u"failed"_s, u"startTime"_s, u"endTime"_s, u"message"_s,
                    u"httpStatus"_s, u"pendingBefore"_s, u"pendingAfter"_s, u"calls"_s,
                    u"completedInDatabase"_s, u"failedInDatabase"_s}));
    QCOMPARE(report[u"processed"_s].toInt(), 2);
    QCOMPARE(report[u"completedInDatabase"_s].toInt(), 2);
    QCOMPARE(report[u"failedInDatabase"_s].toInt(-1), 0);
    QCOMPARE(report[u"httpStatus"_s].toInt(), 200);
    QCOMPARE(report[u"pendingBefore"_s].toInt(), jobs);
    QCOMPARE(report[u"pendingAfter"_s].toInt(), jobs - 2);
    QVERIFY(report[u"endTime"_s].toString().endsWith(u'Z'));

    const Ran all =
        ctl(db() + QStringList{u"trigger"_s, served.url, u"--drain"_s, u"--max-jobs"_s, u"1"_s});
    VERIFY_CODE(all, 0);
    QVERIFY2(all.out.startsWith("2 calls: processed 2 jobs, 0 failed."), all.out);
    QVERIFY2(all.out.contains("Pending went from " + QByteArray::number(jobs - 2) + " to 0."),
             all.out);
    QCOMPARE(count(u"completed"_s), jobs);

    useKey("another-key-of-some-length");
    const Ran refused = ctl({u"trigger"_s, served.url});
    VERIFY_CODE(refused, 4);
    QVERIFY2(refused.err.contains("refused the key (401). Nothing was processed."), refused.err);
}

void tst_CtlTrigger::exitCodes_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("kind");
    const auto row = [](const char* name, const QByteArray& answer, int code, const QString& kind) {
        QTest::newRow(name) << answer << code << kind;
    };
    row("done", WebServer::processed(4), 0, {});
    row("401", WebServer::counted(401, "application/json", "{\"error\":\"Unauthorized\"}"), 4,
        u"denied"_s);
    row("404", WebServer::counted(404, "text/html", "<html>"), 3, u"notfound"_s);
    row("405", WebServer::counted(405, "text/plain", {}), 3, u"notfound"_s);
    row("429", WebServer::counted(429, "application/json", "{}"), 3, u"unreachable"_s);
    row("500", WebServer::counted(500, "text/plain", {}), 1, u"unreachable"_s);
    row("a page", WebServer::counted(200, "text/html", "<html>"), 1, u"unsupported"_s);
    row("no answer", {}, 3, u"timeout"_s);
    row("no HTTP", "hello\r\n\r\n", 1, u"unsupported"_s);
}

void tst_CtlTrigger::exitCodes()
{
    QFETCH(QByteArray, answer);
    QFETCH(int, code);
    QFETCH(QString, kind);
    useKey(kKey);
    WebServer server(WebServer::always(answer));
    const Ran ran = beside({u"--json"_s, u"trigger"_s, server.url({}), u"--timeout"_s,
                            answer.isEmpty() ? u"1"_s : u"60"_s});
    VERIFY_CODE(ran, code);
    QCOMPARE(ran.out.count('\n'), 1);
    QCOMPARE(ran.errorKind().remove(u'_').remove(u' ').toLower(), kind);
    QCOMPARE(server.requests().size(), 1); // once, whatever the answer
    QVERIFY(!QFileInfo::exists(path(u"home"_s)) || embedded().isEmpty()); // no database was created
}

void tst_CtlTrigger::certificatesAndRedirects()
{
    useKey(kKey);
    Authority authority;
    QVERIFY(authority.make() && authority.issue(u"good"_s, u"DNS:localhost"_s));
    WebServer safe(WebServer::always(WebServer::processed(1)));
    QVERIFY(safe.useTls(authority.certificate(u"good"_s), authority.key(u"good"_s)));
    const QString url = safe.url({}, u"localhost"_s);
    const Ran untrusted = beside({u"--json"_s, u"trigger"_s, url});
    VERIFY_CODE(untrusted, 4);
    QVERIFY2(untrusted.err.contains("Nothing was sent."), untrusted.err);
    QCOMPARE(safe.received().size(), 0);
    setVariable(u"SSL_CERT_FILE"_s, authority.file());
    VERIFY_CODE(beside({u"trigger"_s, url}), 0);

    WebServer other(WebServer::always(WebServer::processed(1)));
    WebServer first(WebServer::always(
        WebServer::counted(308, "text/plain", {}, "Location: " + other.url().toLatin1() + "\r\n")));
    VERIFY_CODE(beside({u"trigger"_s, first.url({})}), 4);
    QCOMPARE(other.connections(), 0);
    VERIFY_CODE(beside({u"trigger"_s, u"http://app.example"_s}), 4);
    VERIFY_CODE(beside({u"trigger"_s, u"https://127.0.0.1:1"_s}), 3);
}

void tst_CtlTrigger::theAddressComesFromTheEnvironment()
{
    useKey(kKey);
    WebServer one(WebServer::always(WebServer::processed(1)));
    WebServer two(WebServer::always(WebServer::processed(1)));
    setVariable(u"NEXT_PUBLIC_APP_URL"_s, one.url({}));
    VERIFY_CODE(beside({u"trigger"_s}), 0);
    QCOMPARE(one.requests().value(0).target, QByteArray("/api/jobs/process?maxJobs=10"));
    setVariable(u"QUEUEDECK_ENDPOINT_URL"_s, two.url({}));
    VERIFY_CODE(beside({u"trigger"_s}), 0);
    QCOMPARE(one.requests().size(), 1);
    QCOMPARE(two.requests().size(), 1);
}

void tst_CtlTrigger::keysInAKeychain()
{
    Keyring keyring;
    QVERIFY2(keyring.start(Keyring::Kind::Unlocked), qPrintable(keyring.reason()));
    useKeyring(keyring);
    WebServer server(WebServer::always(WebServer::processed(1)));
    const QString url = server.url({});
    VERIFY_CODE(beside({u"key"_s, u"look"_s, url}), 1);
    const Ran without = beside({u"trigger"_s, url});
    VERIFY_CODE(without, 4);
    QVERIFY2(without.err.contains("There is no key for " + url.toLatin1()), without.err);
    QCOMPARE(server.connections(), 0);

    const Ran kept = beside({u"key"_s, u"store"_s, url}, kCanary + '\n');
    VERIFY_CODE(kept, 0);
    QCOMPARE(kept.out, QByteArray("Kept in the keychain.\n"));
    const Ran look = beside({u"--json"_s, u"key"_s, u"look"_s, url});
    QCOMPARE(look.json()[u"source"_s].toString(), u"keychain"_s);
    VERIFY_CODE(beside({u"trigger"_s, url}), 0);
    QCOMPARE(server.requests().value(0).header("x-api-key"), kCanary);
    // The Claude key is stored separately.
    VERIFY_CODE(beside({u"key"_s, u"look"_s, u"--claude"_s}), 1);
    VERIFY_CODE(beside({u"key"_s, u"store"_s, u"--claude"_s}, "sk-claude-canary"), 0);
    VERIFY_CODE(beside({u"key"_s, u"look"_s, u"--claude"_s}), 0);
    VERIFY_CODE(beside({u"key"_s, u"forget"_s, u"--claude"_s}), 0);
    VERIFY_CODE(beside({u"key"_s, u"look"_s, u"--claude"_s}), 1);
    VERIFY_CODE(beside({u"key"_s, u"look"_s, u"--claude"_s, url}), 2);
    VERIFY_CODE(beside({u"key"_s, u"forget"_s, url}), 0);
    VERIFY_CODE(beside({u"trigger"_s, url}), 4);
    VERIFY_CODE(beside({u"key"_s, u"store"_s, url}, "\n"), 2);

    // A key made for serve is used by serve, and by the clients that were given it.
    const Ran made = beside({u"key"_s, u"generate"_s, u"--store"_s});
    VERIFY_CODE(made, 0);
    const QByteArray key = made.out.trimmed();
    QCOMPARE(key.size(), 64);
    Served served;
    prepare(served.process, {u"--json"_s, u"serve"_s, u"--listen"_s, u"127.0.0.1:0"_s});
    served.process.start();
    QVERIFY(served.wait());
    QCOMPARE(served.client().ask("GET", "/api/jobs/process", {"x-api-key: " + key}).status, 200);
    QCOMPARE(served.client().ask("GET", "/api/jobs/process", {"x-api-key: x"}).status, 401);
}

void tst_CtlTrigger::keysWithoutAKeychain()
{
    Keyring keyring; // only its environment: nothing runs in it
    useKeyring(keyring);
    setVariable(u"DBUS_SESSION_BUS_ADDRESS"_s, u"unix:path=/nowhere"_s);
    const Ran made = beside({u"key"_s, u"generate"_s});
    VERIFY_CODE(made, 0);
    QCOMPARE(made.out.trimmed().size(), 64);
    const Ran refused = beside({u"key"_s, u"store"_s, u"https://app.example"_s}, kCanary);
    VERIFY_CODE(refused, 1);
    QVERIFY2(refused.err.contains("There is no keychain here, so the key was not kept."),
             refused.err);
    const Ran unkept = beside({u"key"_s, u"generate"_s, u"--store"_s});
    VERIFY_CODE(unkept, 1);
    QVERIFY2(unkept.out.isEmpty(), unkept.out);
    QCOMPARE(filesThatHold(keyring.folder(), kCanary), QStringList());
}

void tst_CtlTrigger::theKeyIsNowhere()
{
    Keyring keyring;
    QVERIFY2(keyring.start(Keyring::Kind::Unlocked), qPrintable(keyring.reason()));
    useKeyring(keyring);
    setVariable(u"QT_LOGGING_RULES"_s, u"*.debug=true"_s);
    add(3);
    // It answers late, so that there is time to inspect the caller, and echoes the key.
    WebServer server([](QTcpSocket& socket, const WebRequest& request) {
        QTimer::singleShot(400, &socket, [&socket, request] {
            socket.write(WebServer::counted(500, "text/plain", "echo " + request.head));
        });
    });
    const QString url = server.url({});
    QByteArray seen;
    int looks = 0;
    const auto look = [&](qint64 pid) {
        for (const QString& name : {u"cmdline"_s, u"environ"_s, u"limits"_s}) {
            QFile file(u"/proc/%1/%2"_s.arg(pid).arg(name));
            if (server.connections() > looks && file.open(QIODevice::ReadOnly))
                seen += file.readAll();
        }
        looks = server.connections();
    };
    QByteArray said;
    const auto run = [&](const QStringList& arguments, const QByteArray& input = {}) {
        const Ran ran = beside(arguments, input, look);
        said += ran.out + ran.err;
    };
    run({u"key"_s, u"store"_s, url}, kCanary + '\n');
    run({u"key"_s, u"look"_s, url});
    run(db() + QStringList{u"trigger"_s, url});
    run(db() + QStringList{u"--json"_s, u"trigger"_s, url, u"--drain"_s});
    run(db() + QStringList{u"remote-status"_s, url});
    useKey(kCanary); // and from the environment
    run(db() + QStringList{u"trigger"_s, url});
    run({u"process"_s, u"--until-empty"_s});

    QCOMPARE(server.requests().size(), 4);
    for (const WebRequest& request : server.requests())
        QCOMPARE(request.header("x-api-key"), kCanary); // it reached the endpoint
    QVERIFY(seen.contains("trigger"));                  // and the inspection saw the caller
    QVERIFY(seen.contains("Max core file size        0                    0"));
    QVERIFY2(!holds(said, kCanary), said);
    QVERIFY2(!holds(seen, kCanary), seen);
    QCOMPARE(filesThatHold(folder(), kCanary), QStringList());
    QCOMPARE(filesThatHold(keyring.folder(), kCanary), QStringList());
    QVERIFY(holds("x-api-key: " + kCanary, kCanary)); // tests the search itself
    QVERIFY(holds(("key=" + kCanary + "&more").toBase64(), kCanary));
}

void tst_CtlTrigger::aStopLeavesTheCall()
{
    useKey(kKey);
    add(2);
    WebServer server([](QTcpSocket&, const WebRequest&) {});
    bool isAsked = false;
    const Ran ran = beside(db() + QStringList{u"trigger"_s, server.url({})}, {}, [&](qint64 pid) {
        if (!isAsked && !server.requests().isEmpty())
            isAsked = ::kill(pid_t(pid), SIGTERM) == 0;
    });
    VERIFY_CODE(ran, 1);
    QVERIFY2(ran.err.contains("Cancelled. The request may still be working there. Pending stayed "
                              "at 2."),
             ran.err);
    QCOMPARE(server.requests().size(), 1);
}

QTEST_GUILESS_MAIN(tst_CtlTrigger)
#include "tst_ctl_trigger.moc"
