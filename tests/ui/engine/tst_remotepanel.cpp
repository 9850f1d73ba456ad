// SPDX-License-Identifier: GPL-3.0-or-later
// Triggering an endpoint from the window, against a server that answers as the web application
// does.
#include "tests/support/webserver.h"
#include "tests/ui/engine/fixture.h"
#include "ui/engine/calllist.h"
#include "ui/engine/keydialog.h"
#include "ui/engine/remotepanel.h"
#include "ui/widgets/label.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace queuedeck::ui;
using test::WebServer;
using tests::child;
using tests::says;

namespace {
const QString kKey = u"canary-key-5b1e9a"_s;
}

class TestRemotePanel : public QObject
{
    Q_OBJECT

    std::unique_ptr<tests::EngineFixture> m_fixture;
    std::unique_ptr<RemotePanel> m_panel;

    void makePanel()
    {
        m_panel = std::make_unique<RemotePanel>(*m_fixture->session);
        m_panel->resize(372, 600);
        m_panel->show();
    }
    void setEndpoint(const QString& url)
    {
        auto* edit = child<QLineEdit>(*m_panel, u"endpoint"_s);
        edit->setText(url);
        Q_EMIT edit->returnPressed();
    }
    void setKey(const QString& url)
    {
        tests::await(
            m_fixture->session->keys().store({service::KeyPurpose::Kind::ProcessorKey, url}, kKey));
    }
    QPushButton* button(const QString& name) const { return child<QPushButton>(*m_panel, name); }
    QString answer() const { return tests::textOf(*m_panel, u"now"_s); }

    // Presses Trigger and waits for the end of the call.
    remote::RemoteReport trigger()
    {
        QSignalSpy called(m_panel.get(), &RemotePanel::called);
        button(u"trigger"_s)->click();
        if (!QTest::qWaitFor([&] { return !called.isEmpty(); }, 60'000))
            qFatal("The call did not end.");
        return called[0][0].value<remote::RemoteReport>();
    }

private Q_SLOTS:
    void initTestCase() { tests::EngineFixture::prepare(); }
    void init()
    {
        m_fixture = std::make_unique<tests::EngineFixture>();
        m_fixture->open();
        makePanel();
    }
    void cleanup()
    {
        m_panel.reset();
        m_fixture.reset();
    }

    void withoutAnAddressNothingCanBeCalled()
    {
        QVERIFY(!button(u"trigger"_s)->isEnabled());
        QCOMPARE(button(u"trigger"_s)->toolTip(), u"Enter the endpoint first."_s);
        QVERIFY(!button(u"ask"_s)->isEnabled());
        setEndpoint(u"http://app.example"_s); // a key would be sent unencrypted
        QVERIFY(!button(u"trigger"_s)->isEnabled());
        QVERIFY(tests::textOf(*m_panel, u"endpointNote"_s).contains(u"https"_s));
        setEndpoint(u"https://app.example"_s);
        QVERIFY(button(u"trigger"_s)->isEnabled());
        QCOMPARE(tests::textOf(*m_panel, u"endpointNote"_s),
                 u"Called at https://app.example/api/jobs/process"_s);
    }

    void theAddressIsKeptForThisDatabaseButNoPassword()
    {
        setEndpoint(u"https://app.example"_s);
        makePanel();
        QCOMPARE(m_panel->url(), u"https://app.example/api/jobs/process"_s);
        setEndpoint(u"https://user:geheim@app.example"_s);
        QVERIFY(m_panel->url().isEmpty());
        setEndpoint(u"https://app.example/?api_key=geheim"_s); // a query may contain a key
        QVERIFY(m_panel->url().isEmpty());
        QVERIFY(!button(u"trigger"_s)->isEnabled());
        QSettings().sync();
        QFile file(QSettings().fileName());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray settings = file.readAll();
        QVERIFY(settings.contains("app.example"));
        QVERIFY(!settings.contains("geheim"));
    }

    void aSuccessIsToldBesideTheDatabase()
    {
        m_fixture->enqueue(u"report_generation"_s, 3);
        WebServer server(WebServer::always(WebServer::processed(2)));
        setEndpoint(server.url());
        setKey(server.url());
        child<QSpinBox>(*m_panel, u"maxJobs"_s)->setValue(2);
        QCOMPARE(button(u"trigger"_s)->text(), u"Trigger: up to 2 jobs"_s);
        const auto report = trigger();
        QCOMPARE(report.httpStatus, 200);
        // It reports 2 as processed, but our database still has all three.
        QCOMPARE(*report.pendingBefore, 3);
        QCOMPARE(*report.pendingAfter, 3);
        QTRY_VERIFY(says(*m_panel, u"200"_s));
        QCOMPARE(server.requests().size(), 1);
        QCOMPARE(server.requests()[0].header("x-api-key"), kKey.toUtf8());
        QVERIFY(server.requests()[0].target.contains("maxJobs=2"));
    }

    void refusalsAreTold_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QString>("status");
        QTest::addColumn<QString>("words");
        QTest::newRow("401") << WebServer::counted(401, "application/json",
                                                   "{\"error\":\"Unauthorized\"}")
                             << u"401"_s << u"refused the key"_s;
        QTest::newRow("404, HTML")
            << WebServer::counted(404, "text/html", "<html>no</html>") << u"404"_s << u""_s;
        QTest::newRow("500, empty")
            << WebServer::counted(500, "text/plain", "") << u"500"_s << u""_s;
        QTest::newRow("redirect") << WebServer::counted(307, "text/plain", "",
                                                        "Location: https://evil.example/\r\n")
                                  << u"307"_s << u""_s;
    }
    void refusalsAreTold()
    {
        QFETCH(QByteArray, answer);
        QFETCH(QString, status);
        QFETCH(QString, words);
        m_fixture->enqueue(u"report_generation"_s, 1);
        WebServer server(WebServer::always(answer));
        setEndpoint(server.url());
        setKey(server.url());
        const auto report = trigger();
        QVERIFY(!report.isSuccess());
        QTRY_VERIFY(says(*m_panel, status));
        QVERIFY2(says(*m_panel, words), qPrintable(report.sentence));
        QVERIFY(says(*m_panel, u"pending 1 → 1"_s));
        QVERIFY(button(u"trigger"_s)->isVisible() && button(u"trigger"_s)->isEnabled());
        for (const QLabel* label : m_panel->findChildren<QLabel*>())
            QVERIFY(!label->text().contains(kKey) && !label->toolTip().contains(kKey));
    }

    void withoutAKeyNothingIsSent()
    {
        WebServer server(WebServer::always(WebServer::processed(1)));
        setEndpoint(server.url());
        QTRY_COMPARE(tests::textOf(*m_panel, u"keyState"_s), u"none"_s);
        button(u"trigger"_s)->click();
        QTRY_VERIFY(answer().contains(u"key"_s) && button(u"trigger"_s)->isVisible());
        QCOMPARE(server.connections(), 0);
    }

    void aCallCanBeGivenUp()
    {
        WebServer server([](QTcpSocket&, const test::WebRequest&) {}); // never answers
        setEndpoint(server.url());
        setKey(server.url());
        QSignalSpy called(m_panel.get(), &RemotePanel::called);
        button(u"trigger"_s)->click();
        QTRY_COMPARE(server.requests().size(), 1);
        QVERIFY(!button(u"trigger"_s)->isVisible());
        QVERIFY(answer().startsWith(u"Waiting for the answer"_s));
        button(u"cancelCall"_s)->click();
        QTRY_COMPARE(called.size(), 1);
        QVERIFY(called[0][0].value<remote::RemoteReport>().verdict ==
                remote::RemoteVerdict::Cancelled);
        QVERIFY(button(u"trigger"_s)->isVisible());
        QCOMPARE(server.requests().size(), 1);
    }

    void askingProcessesNothing()
    {
        WebServer server(WebServer::always(
            WebServer::counted(200, "application/json", "{\"pendingCount\":7,\"jobs\":[]}")));
        setEndpoint(server.url());
        setKey(server.url());
        button(u"ask"_s)->click();
        QTRY_VERIFY(answer().startsWith(u"7 pending there, 0 in the database."_s));
        QCOMPARE(server.requests().size(), 1);
        QCOMPARE(server.requests()[0].method, "GET");
    }

    void aKeyIsSetInADialogAndItsPlaceTold()
    {
        setEndpoint(u"https://keys.example"_s);
        QTRY_COMPARE(tests::textOf(*m_panel, u"keyState"_s), u"none"_s);
        button(u"setKey"_s)->click();
        auto* dialog = tests::openDialog<KeyDialog>();
        QVERIFY(dialog);
        QTRY_VERIFY(!tests::textOf(*dialog, u"state"_s).startsWith(u"Looking"_s));
        auto* go = child<QPushButton>(*dialog, u"go"_s);
        auto* edit = child<QLineEdit>(*dialog, u"key"_s);
        QVERIFY(!go->isEnabled());
        QCOMPARE(edit->echoMode(), QLineEdit::Password);
        child<QPushButton>(*dialog, u"generate"_s)->click();
        const QString made = edit->text();
        QVERIFY(QRegularExpression(u"^[0-9a-f]{64}$"_s).match(made).hasMatch());
        QTest::keyClick(edit, Qt::Key_Return); // as good as the button
        // There is no keychain here.
        QTRY_COMPARE(tests::textOf(*m_panel, u"keyState"_s), u"until Queuedeck is closed"_s);
        QTRY_VERIFY(!tests::openDialog<KeyDialog>());
        QCOMPARE(tests::await(m_fixture->session->keys().reveal(
                                  {service::KeyPurpose::Kind::ProcessorKey, m_panel->url()}))
                     .reveal(),
                 made.toUtf8());
        button(u"setKey"_s)->click();
        dialog = tests::openDialog<KeyDialog>();
        QVERIFY(dialog);
        auto* forget = child<QPushButton>(*dialog, u"forget"_s);
        QTRY_VERIFY(forget->isVisible() && forget->isEnabled());
        QVERIFY(child<QLineEdit>(*dialog, u"key"_s)->text().isEmpty()); // never shown again
        forget->click();
        QTRY_COMPARE(tests::textOf(*m_panel, u"keyState"_s), u"none"_s);
        dialog->reject();
    }

    // The call succeeded; whether the jobs did is another matter.
    void noTickWhereJobsFailed_data()
    {
        QTest::addColumn<int>("processed");
        QTest::addColumn<int>("failed");
        QTest::addColumn<Color>("color");
        QTest::newRow("nothing to do") << 0 << 0 << Color::Completed;
        QTest::newRow("all well") << 10 << 0 << Color::Completed;
        QTest::newRow("some failed") << 9 << 1 << Color::Stuck;
        QTest::newRow("all failed") << 0 << 10 << Color::Failed;
    }
    void noTickWhereJobsFailed()
    {
        QFETCH(const int, processed);
        QFETCH(const int, failed);
        QFETCH(const Color, color);
        CallList list;
        remote::RemoteReport report;
        report.verdict = remote::RemoteVerdict::Done;
        report.httpStatus = 200;
        report.processed = processed;
        report.failed = failed;
        list.add(QDateTime::currentDateTimeUtc(), report);
        const auto labels = list.findChildren<Label*>();
        const auto status = std::find_if(labels.cbegin(), labels.cend(), [](const Label* each) {
            return each->text() == "200"_L1;
        });
        QVERIFY(status != labels.cend());
        QCOMPARE((*status)->palette().color(QPalette::WindowText), tokenColor(color));
    }

    void onlyTheLastCallsStay()
    {
        CallList list;
        remote::RemoteReport report;
        report.verdict = remote::RemoteVerdict::Done;
        for (int i = 0; i < CallList::kMost + 3; ++i) {
            report.sentence = u"call %1"_s.arg(i);
            list.add(QDateTime::currentDateTimeUtc(), report);
        }
        list.show();
        QVERIFY(!says(list, u"call 2"_s));
        QVERIFY(says(list, u"call 3"_s));
        QVERIFY(says(list, u"call 7"_s));
    }
};

QTEST_MAIN(TestRemotePanel)
#include "tst_remotepanel.moc"
