// SPDX-License-Identifier: GPL-3.0-or-later
// Alerts over a real database: what is sampled, that the presets are quiet, that a database which
// goes is an alert, and that a message reaches a server that fails at first.
#include "core/alerts/alertmoment.h"
#include "core/async/deliver.h"
#include "core/service/alertservice.h"
#include "core/service/changefeed.h"
#include "core/service/engineservice.h"
#include "core/service/finishtally.h"
#include "core/service/jobservice.h"
#include "core/service/sampledata.h"
#include "core/service/session.h"
#include "core/service/snapshotfeed.h"
#include "tests/support/sessions.h"
#include "tests/support/webserver.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace queuedeck;
using namespace queuedeck::alerts;
using service::AlertService;
using test::WebServer;
using tests::await;

namespace {
constexpr int kPatience = 120'000;

// Of events on a webhook.
QStringList eventsOf(const WebServer& server)
{
    QStringList events;
    for (const test::WebRequest& request : server.requests())
        events +=
            QJsonDocument::fromJson(request.body)[u"metadata"_s][u"event_payload"_s][u"event"_s]
                .toString();
    return events;
}
} // namespace

class TestAlertService : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;

    std::unique_ptr<AlertService> start(const service::Session& session)
    {
        auto alerts = std::make_unique<AlertService>(
            AlertService::Options{session.info().key, session.info().name});
        if (!QTest::qWaitFor([&] { return alerts->watch().isReady(); }, kPatience))
            qFatal("The files were not read.");
        return alerts;
    }

    void saveRules(AlertService& alerts, const Rules& rules, const Channels& channels = {})
    {
        const auto saving = alerts.watch().save(rules, channels);
        QTRY_VERIFY_WITH_TIMEOUT(saving.isFinished(), kPatience);
        QVERIFY(async::resultOf(saving));
        QTRY_COMPARE_WITH_TIMEOUT(alerts.watch().rules().file.rules, rules, kPatience);
    }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        qputenv("QUEUEDECK_HOME", m_folder->path().toLocal8Bit());
        qunsetenv("QUEUEDECK_WEBHOOK_URL");
        qunsetenv("QUEUEDECK_WEBHOOK_SECRET");
    }

    // Every figure that a preset needs is known, and none of them alerts: on an empty queue, and on
    // the sample data with its engine.
    void presetsAreQuiet_data()
    {
        QTest::addColumn<bool>("isDemo");
        QTest::newRow("empty") << false;
        QTest::newRow("sample data") << true;
    }
    void presetsAreQuiet()
    {
        QFETCH(bool, isDemo);
        const auto session =
            tests::openAt(m_folder->filePath(isDemo ? u"sample-data.db"_s : u"queue.db"_s));
        const auto alerts = start(*session);
        Rules all = presetRules();
        for (Rule& rule : all)
            rule.isOn = true;
        service::AlertSampler sampler;
        sampler.setFigures(figuresOf(all));
        Sample newest;
        connect(&sampler, &service::AlertSampler::sampled, this,
                [&](const Sample& sample) { newest = sample; });
        sampler.attach(*session);
        alerts->attach(*session);
        if (isDemo) {
            await(service::addSampleData(*session));
            session->engine().start();
            QTRY_VERIFY_WITH_TIMEOUT(session->snapshots().current().counts.total() > 100,
                                     kPatience);
        }
        const auto isKnown = [&] {
            session->snapshots().refresh();
            for (const Figure& figure : figuresOf(all)) {
                const bool mayBeUnknown = figure.series == Series::EndpointFailures ||
                                          figure.series == Series::FailedShare;
                if (!mayBeUnknown && !newest.value(figure))
                    return false;
            }
            return true;
        };
        QVERIFY(QTest::qWaitFor(isKnown, kPatience));
        QCOMPARE(newest.value(Figure{Series::Database}), 1.0);
        // Without the time they have to hold, too. The sample data has old jobs that nothing here
        // runs, so only time keeps these two quiet at its start.
        const QSet<QString> mayHold =
            isDemo ? QSet<QString>{u"falls-behind"_s, u"nothing-processed"_s} : QSet<QString>();
        for (const Rule& rule : presetRules()) {
            QVERIFY2(momentOf(rule, newest).state != AlertMoment::State::Holds ||
                         mayHold.contains(rule.id),
                     qPrintable(rule.name));
        }
        QVERIFY(alerts->watch().entries().isEmpty());
        if (isDemo) {
            session->engine().stopAll();
            QTRY_VERIFY_WITH_TIMEOUT(session->engine().isQuiet(), kPatience);
        }
        alerts->detach();
        sampler.detach();
    }

    // A webhook that refuses twice, then takes the message; a recovery after its alert.
    void messagesArriveThroughTrouble()
    {
        int failures = 2;
        WebServer server([&failures](QTcpSocket& socket, const test::WebRequest&) {
            const int status = failures-- > 0 ? 503 : 200;
            socket.write(WebServer::counted(status, "text/plain", "x"));
            socket.disconnectFromHost();
        });
        qputenv("QUEUEDECK_WEBHOOK_URL", server.url(u"/hook"_s).toLatin1());
        qputenv("QUEUEDECK_WEBHOOK_SECRET", "the-signing-key");
        const auto session = tests::openAt(m_folder->filePath(u"queue.db"_s));
        const auto alerts = start(*session);
        Channels channels;
        channels.webhook = true;
        const Rules rules{{u"r"_s, u"Waiting"_s, true, {}, {{Series::Pending, Test::Above, 0}}}};
        saveRules(*alerts, rules, channels);
        alerts->attach(*session);
        await(session->jobs().enqueue(tests::kReport, tests::kReportPayload, 3));
        QTRY_COMPARE_WITH_TIMEOUT(alerts->watch().entries().size(), 1, kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(!alerts->webhookProblem().isEmpty(), kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(alerts->watch().entries()[0].webhookBegin, Delivery::Done,
                                  kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(alerts->webhookProblem().isEmpty(), kPatience);
        QCOMPARE(eventsOf(server), QStringList({u"began"_s, u"began"_s, u"began"_s}));
        const QByteArray first = server.requests()[0].header("x-queuedeck-delivery");
        QCOMPARE(server.requests()[2].header("x-queuedeck-delivery"), first);
        QVERIFY(!server.requests()[2].header("x-queuedeck-signature").isEmpty());
        alerts->detach();
    }

    // What was not delivered when the program ended is delivered by the next one.
    void messagesOutliveTheProgram()
    {
        const auto session = tests::openAt(m_folder->filePath(u"queue.db"_s));
        auto alerts = start(*session);
        Channels channels;
        channels.webhook = true;
        saveRules(*alerts, {{u"r"_s, u"Waiting"_s, true, {}, {{Series::Pending, Test::Above, 0}}}},
                  channels);
        alerts->attach(*session);
        await(session->jobs().enqueue(tests::kReport, tests::kReportPayload, 3));
        QTRY_COMPARE_WITH_TIMEOUT(alerts->watch().entries().size(), 1, kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(alerts->webhookProblem().contains("no address"_L1), kPatience);
        alerts.reset();
        WebServer server(WebServer::always(WebServer::counted(200, "text/plain", "ok")));
        qputenv("QUEUEDECK_WEBHOOK_URL", server.url(u"/hook"_s).toLatin1());
        alerts = start(*session);
        QTRY_COMPARE_WITH_TIMEOUT(eventsOf(server), QStringList({u"began"_s}), kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(alerts->watch().entries()[0].webhookBegin, Delivery::Done,
                                  kPatience);
    }

    void sendATest()
    {
        WebServer server(WebServer::always(WebServer::counted(200, "text/plain", "ok")));
        AlertService alerts({u"0123456789abcdef"_s, u"shop"_s});
        const auto wait = [](const QFuture<base::Result<base::Sentence>>& sending) {
            return tests::waitFor(sending);
        };
        const auto good = wait(alerts.sendTest(server.url(u"/hook"_s)));
        QVERIFY(good);
        QCOMPARE(QString(*good), u"answered 200"_s);
        QCOMPARE(eventsOf(server), QStringList({u"test"_s}));
        for (const QString& bad : {u"ask Paul"_s, u"http://hooks.example/x"_s, QString()})
            QCOMPARE(wait(alerts.sendTest(bad)).error().kind, base::ErrorKind::Invalid);
        WebServer failing(WebServer::always(WebServer::counted(500, "text/plain", "no")));
        const auto refused = wait(alerts.sendTest(failing.url(u"/hook"_s)));
        QVERIFY(!refused);
        QCOMPARE(QString(refused.error().detail), u"answered 500"_s);
    }

    // The file of the database goes and comes back.
    void aDatabaseThatGoes()
    {
        const QString file = m_folder->filePath(u"queue.db"_s);
        const auto session = tests::openAt(file);
        service::AlertSampler sampler;
        sampler.setFigures({Figure{Series::Database}, Figure{Series::Pending}});
        Sample newest;
        connect(&sampler, &service::AlertSampler::sampled, this,
                [&](const Sample& sample) { newest = sample; });
        sampler.attach(*session);
        session->snapshots().refresh();
        QTRY_COMPARE_WITH_TIMEOUT(newest.value(Figure{Series::Database}), 1.0, kPatience);
        QVERIFY(newest.value(Figure{Series::Pending}));
        Q_EMIT session->changes().lost(base::fail(base::ErrorKind::Unreachable, u"gone"_s));
        QTRY_COMPARE_WITH_TIMEOUT(newest.value(Figure{Series::Database}), 0.0, kPatience);
        QVERIFY(!newest.value(Figure{Series::Pending}));
        Q_EMIT session->changes().restored();
        session->snapshots().refresh();
        QTRY_COMPARE_WITH_TIMEOUT(newest.value(Figure{Series::Database}), 1.0, kPatience);
        sampler.detach();
    }

    void theTallyOfCounts()
    {
        service::FinishTally tally;
        const QDateTime start(QDate(2026, 11, 23), QTime(12, 0), Qt::UTC);
        domain::QueueSnapshot snapshot;
        for (int i = 0; i <= 20; ++i) {
            snapshot.takenAt = start.addSecs(30 * i);
            snapshot.byType[u"a"_s].completed = 1000 + 10 * i - (i == 12 ? 900 : 0); // a clean-up
            snapshot.byType[u"b"_s].failed = i / 5;
            tally.add(snapshot);
        }
        QVERIFY(!tally.within(11min, {}));
        QCOMPARE(tally.within(2min, u"a"_s)->completed, 50);
        QCOMPARE(tally.within(2min, u"b"_s)->failed, 1);
        QCOMPARE(tally.within(2min, {})->all(), 51);
        snapshot.takenAt = snapshot.takenAt.addSecs(600); // nobody looked, so nothing is known
        tally.add(snapshot);
        QVERIFY(!tally.within(2min, {}));
    }
};

QTEST_GUILESS_MAIN(TestAlertService)
#include "tst_alertservice.moc"
