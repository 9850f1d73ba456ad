// SPDX-License-Identifier: GPL-3.0-or-later
// watch: how things stand, alerts as lines, a database that does not answer, files that are wrong,
// and a webhook on a server.
#include "tests/e2e/ctltest.h"
#include "tests/support/webserver.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTcpSocket>
#include <QTest>

using namespace Qt::StringLiterals;
using queuedeck::test::WebServer;

namespace {
constexpr int kPatience = 240'000; // an alert is over after a minute of calm

QByteArray rulesText(const QByteArray& rules, const QByteArray& channels = "{}")
{
    return R"({"version": 1, "rules": [)" + rules + R"(], "channels": )" + channels + "}";
}

const QByteArray kWaiting = R"({"id": "waiting", "name": "Jobs wait", "on": true, "when": [
    {"series": "pending", "test": "above", "limit": 2}]})";

bool write(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}
} // namespace

class tst_CtlWatch : public CtlTest
{
    Q_OBJECT

    QString rules() const { return path(u"rules.json"_s); }

    // Waits for a line of JSON with this event.
    QJsonObject lineOf(QProcess& process, QByteArray& out, const QString& event)
    {
        QJsonObject found;
        const bool isThere = QTest::qWaitFor(
            [&] {
                out += process.readAllStandardOutput();
                for (const QByteArray& line : out.split('\n')) {
                    const QJsonObject json = QJsonDocument::fromJson(line).object();
                    if (json[u"event"_s].toString() == event)
                        found = json;
                }
                return !found.isEmpty() || process.state() == QProcess::NotRunning;
            },
            kPatience);
        if (!isThere || found.isEmpty())
            qWarning().noquote() << "no" << event << "in" << out << process.readAllStandardError();
        return found;
    }

private Q_SLOTS:
    void once()
    {
        QVERIFY(write(rules(), rulesText(kWaiting)));
        Ran ran = json({u"watch"_s, u"--once"_s, u"--rules"_s, rules()});
        VERIFY_CODE(ran, 0);
        QCOMPARE(ran.lines().size(), 1);
        QCOMPARE(ran.lines()[0][u"state"_s].toString(), u"quiet"_s);
        add(3);
        ran = json({u"watch"_s, u"--once"_s, u"--rules"_s, rules()});
        VERIFY_CODE(ran, 1);
        QCOMPARE(ran.lines()[0][u"state"_s].toString(), u"holds"_s);
        QCOMPARE(ran.lines()[0][u"value"_s].toDouble(), 3.0);
        ran = ctl({u"watch"_s, u"--once"_s, u"--rules"_s, rules()});
        QVERIFY2(ran.out.contains("Jobs wait"), ran.told());
        // Nothing was recorded.
        QVERIFY(QDir(path(u"home"_s) + u"/alerts"_s).entryList({u"*state*"_s}).isEmpty());
    }

    void presetsAreQuietOnAnEmptyQueue()
    {
        const Ran ran = json({u"watch"_s, u"--once"_s});
        VERIFY_CODE(ran, 0);
        QVERIFY(ran.lines().size() >= 6);
        for (const QJsonObject& line : ran.lines())
            QVERIFY2(line[u"state"_s].toString() != u"holds"_s, ran.told());
    }

    void alertsAreLinesAndMessages()
    {
        WebServer server(WebServer::always(WebServer::counted(200, "text/plain", "ok")));
        setVariable(u"QUEUEDECK_WEBHOOK_URL"_s, server.url(u"/secret-path"_s));
        setVariable(u"QUEUEDECK_WEBHOOK_SECRET"_s, u"a-signing-secret"_s);
        QVERIFY(write(rules(), rulesText(kWaiting, R"({"webhook": true})")));
        add(3);
        QProcess process;
        prepare(process, {u"--json"_s, u"watch"_s, u"--rules"_s, rules()});
        process.start();
        QByteArray out;
        const QJsonObject began = lineOf(process, out, u"began"_s);
        QCOMPARE(began[u"rule"_s].toString(), u"waiting"_s);
        QCOMPARE(began[u"peak"_s].toDouble(), 3.0);
        QTRY_COMPARE_WITH_TIMEOUT(server.requests().size(), 1, kPatience);
        const auto body = QJsonDocument::fromJson(server.requests()[0].body);
        QCOMPARE(body[u"metadata"_s][u"event_payload"_s][u"alert"_s], began[u"id"_s]);
        QVERIFY(!server.requests()[0].header("x-queuedeck-signature").isEmpty());
        // Killed in the middle: the next one goes on where it ended.
        process.kill();
        QVERIFY(process.waitForFinished(kPatience));
        const QByteArray told = out + process.readAllStandardError();
        QVERIFY2(!told.contains("secret"), told.constData());
        QProcess next;
        prepare(next, {u"--json"_s, u"watch"_s, u"--rules"_s, rules()});
        next.start();
        out.clear();
        QCOMPARE(lineOf(next, out, u"on"_s)[u"id"_s], began[u"id"_s]);
        VERIFY_CODE(ctl({u"cancel"_s, u"--where"_s, u"status:pending"_s}), 0);
        const QJsonObject ended = lineOf(next, out, u"ended"_s); // after a minute of calm
        QCOMPARE(ended[u"id"_s], began[u"id"_s]);
        // The first may come twice, under the same id, as its answer may not have been recorded.
        const auto lastEvent = [&server] {
            return QJsonDocument::fromJson(
                       server.requests().last().body)[u"metadata"_s][u"event_payload"_s][u"event"_s]
                .toString();
        };
        QTRY_COMPARE_WITH_TIMEOUT(lastEvent(), u"ended"_s, kPatience);
        QSet<QByteArray> ids;
        for (const auto& request : server.requests())
            ids += request.header("x-queuedeck-delivery");
        QCOMPARE(ids.size(), 2);
        next.terminate();
        const Ran ran = finish(next);
        QCOMPARE(ran.code, 0);
    }

    void aDatabaseThatDoesNotAnswer()
    {
        QVERIFY(write(rules(), rulesText(R"({"id": "lost", "name": "Lost", "on": true, "when": [
            {"series": "database", "test": "missing", "lastingSeconds": 6}]})")));
        const QString nowhere = u"postgresql://me@127.0.0.1:1/x?connect_timeout=2"_s;
        const QStringList watch{u"--db"_s, nowhere, u"watch"_s, u"--rules"_s, rules()};
        const Ran once = json(watch + QStringList{u"--once"_s});
        VERIFY_CODE(once, 3);
        QCOMPARE(once.lines()[0][u"state"_s].toString(), u"holds"_s);
        QProcess process;
        prepare(process, QStringList{u"--json"_s} + watch);
        process.start();
        QByteArray out;
        QCOMPARE(lineOf(process, out, u"began"_s)[u"rule"_s].toString(), u"lost"_s);
        process.terminate();
        QCOMPARE(finish(process).code, 0);
    }

    void wrongFiles_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("not JSON") << QByteArray("rules: []");
        QTest::newRow("half") << rulesText(kWaiting).first(40);
        QTest::newRow("another document") << QByteArray(R"({"version": 1, "schedules": []})");
    }
    void wrongFiles()
    {
        QFETCH(QByteArray, text);
        QVERIFY(write(rules(), text));
        for (const QStringList& more : {QStringList{}, QStringList{u"--once"_s}}) {
            const Ran ran = json(QStringList{u"watch"_s, u"--rules"_s, rules()} + more);
            VERIFY_CODE(ran, 2);
            QCOMPARE(ran.errorKind(), u"invalid"_s);
            QVERIFY(ran.err.contains("rules.json"));
        }
        QFile file(rules());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), text);
    }

    void wrongUse()
    {
        VERIFY_CODE(ctl({u"watch"_s, u"--rules"_s, path(u"nothing.json"_s)}), 2);
        VERIFY_CODE(ctl({u"watch"_s, u"--endpoint"_s, u"ask Paul"_s}), 2);
        VERIFY_CODE(ctl({u"--db"_s, u"mysql://x"_s, u"watch"_s}), 2);
        VERIFY_CODE(ctl({u"watch"_s, u"now"_s}), 2);
    }
};

QTEST_GUILESS_MAIN(tst_CtlWatch)
#include "tst_ctl_watch.moc"
