// SPDX-License-Identifier: GPL-3.0-or-later
// The Alerts dialog over a real database: rules are edited, tried out and saved; what is wrong is
// said and nothing is lost; strip and tray show what is on.
#include "core/alerts/alertfiles.h"
#include "core/service/changefeed.h"
#include "core/service/home.h"
#include "core/service/jobservice.h"
#include "core/service/sampledata.h"
#include "core/service/snapshotfeed.h"
#include "tests/support/sessions.h"
#include "tests/support/webserver.h"
#include "ui/alerts/alerthistorymodel.h"
#include "ui/alerts/alertsdialog.h"
#include "ui/alerts/alertstrip.h"
#include "ui/alerts/conditionrow.h"
#include "ui/alerts/rulesmodel.h"
#include "ui/alerts/trayicon.h"
#include "ui/widgets/datatable.h"
#include "ui/widgets/label.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QLineEdit>
#include <QListView>
#include <QPointer>
#include <QPushButton>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QTimeEdit>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace queuedeck::ui;
using alerts::Series;
using alerts::Test;
using tests::await;

namespace {
constexpr int kPatience = 60'000;
} // namespace

class TestAlertsDialog : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<service::Session> m_session;
    std::unique_ptr<service::AlertService> m_alerts;
    QPointer<AlertsDialog> m_dialog;

    template <class Widget>
    Widget* part(const QString& name) const
    {
        Widget* found = m_dialog->findChild<Widget*>(name);
        if (!found)
            qFatal("There is no %s.", qPrintable(name));
        return found;
    }
    RulesModel* rules() const { return m_dialog->findChild<RulesModel*>(); }
    QString note() const { return part<QLabel>(u"footNote"_s)->text(); }
    alerts::SavedRules saved() const
    {
        return alerts::AlertFiles(service::alertRulesFile(m_session->info().key),
                                  service::alertStateFile(m_session->info().key))
            .readRules();
    }
    void openDialog()
    {
        m_dialog = new AlertsDialog(*m_session, *m_alerts, nullptr);
        m_dialog->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_dialog));
        QTRY_VERIFY_WITH_TIMEOUT(rules()->rowCount() > 0, kPatience);
    }
    void press(const QString& name) { QTest::mouseClick(part<QPushButton>(name), Qt::LeftButton); }
    void select(int row) { part<QListView>(u"rules"_s)->setCurrentIndex(rules()->index(row)); }
    void enter(const QString& name, const QString& text)
    {
        auto* line = part<QLineEdit>(name);
        line->selectAll();
        QTest::keyClicks(line, text);
    }
    void saveAndClose()
    {
        press(u"saveRules"_s);
        QTRY_VERIFY_WITH_TIMEOUT(!m_dialog, kPatience);
    }

private Q_SLOTS:
    void initTestCase() { Appearance::instance().install(*qApp, ThemeChoice::Light); }

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        qputenv("QUEUEDECK_HOME", m_folder->path().toLocal8Bit());
        qunsetenv("QUEUEDECK_WEBHOOK_URL");
        m_session = tests::openAt(m_folder->filePath(u"queue.db"_s));
        m_alerts = std::make_unique<service::AlertService>(
            service::AlertService::Options{m_session->info().key, u"shop"_s});
        QTRY_VERIFY_WITH_TIMEOUT(m_alerts->watch().isReady(), kPatience);
        m_alerts->attach(*m_session);
    }
    void cleanup()
    {
        delete m_dialog;
        m_alerts->detach();
        m_alerts.reset();
        m_session.reset();
    }

    // Showing a rule changes none of it.
    void presetsAreListedAndSaved()
    {
        openDialog();
        const QAbstractItemModelTester tester(rules());
        QCOMPARE(rules()->rowCount(), int(alerts::presetRules().size()));
        QCOMPARE(part<QLineEdit>(u"ruleName"_s)->text(), alerts::presetRules()[0].name);
        QCOMPARE(part<QComboBox>(u"series1"_s)->currentData().toInt(), int(Series::OldestPending));
        QCOMPARE(part<QLineEdit>(u"limit1"_s)->text(), u"5"_s);
        QCOMPARE(part<QComboBox>(u"test2"_s)->currentData().toInt(), int(Test::Rising));
        QCOMPARE(part<QLineEdit>(u"lasting2"_s)->text(), u"10"_s);
        saveAndClose();
        QCOMPARE(saved().file.rules, alerts::presetRules());
        QVERIFY(!saved().isPreset);
    }

    void everyPresetSurvivesTheEditor()
    {
        openDialog();
        for (int row = 0; row < rules()->rowCount(); ++row) {
            select(row);
            enter(u"ruleName"_s, u"Rule %1"_s.arg(row));
        }
        saveAndClose();
        const alerts::Rules presets = alerts::presetRules();
        const alerts::Rules now = saved().file.rules;
        QCOMPARE(now.size(), presets.size());
        for (int i = 0; i < now.size(); ++i) {
            QCOMPARE(now[i].name, u"Rule %1"_s.arg(i));
            QCOMPARE(now[i].when, presets[i].when);
            QCOMPARE(now[i].isOn, presets[i].isOn);
        }
    }

    void editedAddedDuplicatedRemoved()
    {
        openDialog();
        const int before = rules()->rowCount();
        enter(u"limit1"_s, u"7.5"_s);
        QCOMPARE(rules()->rules()[0].when[0].limit, 450.0);
        press(u"addRule"_s);
        QCOMPARE(rules()->rowCount(), before + 1);
        enter(u"ruleName"_s, u"Many dead"_s);
        auto* series = part<QComboBox>(u"series1"_s);
        series->setCurrentIndex(series->findData(int(Series::Dead)));
        enter(u"limit1"_s, u"3"_s);
        press(u"duplicateRule"_s);
        QCOMPARE(rules()->rules().last().name, u"Many dead, copy"_s);
        press(u"removeRule"_s);
        QCOMPARE(rules()->rowCount(), before + 1);
        select(1);
        press(u"removeRule"_s);
        QCOMPARE(rules()->rowCount(), before);
        QVERIFY(part<QPushButton>(u"saveRules"_s)->text().contains(QString::number(before)));
        // On and off by the keyboard.
        select(0);
        part<QListView>(u"rules"_s)->setFocus();
        QTest::keyClick(part<QListView>(u"rules"_s), Qt::Key_Space);
        QVERIFY(!rules()->rules()[0].isOn);
        QVERIFY(saved().isPreset); // nothing before Save
        saveAndClose();
        const alerts::Rules now = saved().file.rules;
        QCOMPARE(now.last().name, u"Many dead"_s);
        QCOMPARE(now.last().when[0].series, Series::Dead);
        QCOMPARE(now.last().when[0].limit, 3.0);
        QVERIFY(!now[0].isOn);
    }

    void dontSaveChangesNothing()
    {
        openDialog();
        enter(u"limit1"_s, u"99"_s);
        part<QCheckBox>(u"desktop"_s)->click();
        QTest::keyClick(m_dialog, Qt::Key_Escape);
        QTRY_VERIFY_WITH_TIMEOUT(!m_dialog, kPatience);
        QVERIFY(saved().isPreset);
    }

    void whatIsWrongIsSaid_data()
    {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("text");
        QTest::newRow("no name") << u"ruleName"_s << u" "_s;
        QTest::newRow("no number") << u"limit1"_s << u"five"_s;
        QTest::newRow("below nothing") << u"limit1"_s << u"-3"_s;
        QTest::newRow("endless") << u"lasting2"_s << u"99999"_s;
        QTest::newRow("no webhook") << u"webhookAddress"_s << u"ask Paul"_s;
        QTest::newRow("in the clear") << u"webhookAddress"_s << u"http://hooks.example/x"_s;
    }
    void whatIsWrongIsSaid()
    {
        QFETCH(QString, field);
        QFETCH(QString, text);
        openDialog();
        const QString before =
            part<QLabel>(u"channelsSaid"_s)->text() + part<QLabel>(u"ruleWords"_s)->text();
        enter(field, text);
        press(u"saveRules"_s);
        QVERIFY(m_dialog);
        QVERIFY(part<QLabel>(u"channelsSaid"_s)->text() + part<QLabel>(u"ruleWords"_s)->text() !=
                before);
        QCOMPARE(part<QLineEdit>(field)->text(), text); // nothing entered is lost
        QVERIFY(saved().isPreset);
    }

    void channelsAndQuietHours()
    {
        openDialog();
        part<QCheckBox>(u"tray"_s)->click();
        part<QCheckBox>(u"quiet"_s)->click();
        part<QTimeEdit>(u"quietFrom"_s)->setTime(QTime(21, 30));
        saveAndClose();
        const alerts::Channels channels = saved().file.channels;
        QVERIFY(channels.desktop && !channels.tray && channels.quiet.isOn);
        QCOMPARE(channels.quiet.from, QTime(21, 30));
    }

    void aTestIsSent()
    {
        test::WebServer server(
            test::WebServer::always(test::WebServer::counted(200, "text/plain", "ok")));
        openDialog();
        enter(u"webhookAddress"_s, server.url(u"/hook/secret"_s));
        press(u"sendTest"_s);
        QTRY_COMPARE_WITH_TIMEOUT(part<QLabel>(u"channelsSaid"_s)->text(), u"answered 200"_s,
                                  kPatience);
        QCOMPARE(server.requests().size(), 1);
        saveAndClose();
        // The address is in no file, and is not shown again.
        QFile file(service::alertRulesFile(m_session->info().key));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray text = file.readAll();
        QVERIFY(!text.contains("secret") && !text.contains("127.0.0.1"));
        QVERIFY(saved().file.channels.webhook);
        openDialog();
        auto* address = part<QLineEdit>(u"webhookAddress"_s);
        QTRY_VERIFY_WITH_TIMEOUT(address->placeholderText().contains("127.0.0.1"_L1), kPatience);
        QVERIFY(address->text().isEmpty());
        QVERIFY(!address->placeholderText().contains("secret"_L1));
    }

    void aRuleIsTriedOut()
    {
        await(service::addSampleData(*m_session));
        openDialog();
        auto* head = part<QLabel>(u"previewHead"_s);
        QTRY_VERIFY_WITH_TIMEOUT(
            head->text().contains("7 days"_L1) || head->text().contains("Watched"_L1), kPatience);
        for (int row = 0; row < rules()->rowCount(); ++row) {
            if (rules()->rules()[row].when[0].series == Series::Stuck)
                select(row);
        }
        QTRY_VERIFY_WITH_TIMEOUT(head->text().contains("not recorded"_L1), kPatience);
    }

    void whatIsOnIsShownAndSnoozed()
    {
        await(m_alerts->watch().save(
            {{u"w"_s, u"Jobs wait"_s, true, {}, {{Series::Pending, Test::Above, 0}}}}, {}));
        QTRY_COMPARE_WITH_TIMEOUT(m_alerts->watch().rules().file.rules.size(), 1, kPatience);
        AlertStrip strip(m_alerts->watch(), m_session->changes());
        QVERIFY(strip.isHidden());
        await(m_session->jobs().enqueue(tests::kReport, tests::kReportPayload, 2));
        QTRY_VERIFY_WITH_TIMEOUT(!strip.isHidden(), kPatience);
        QVERIFY2(strip.text().contains("Jobs wait"_L1), qPrintable(strip.text()));
        openDialog();
        QCOMPARE(rules()->index(0).data(RulesModel::StateRole).toString(), u"on now"_s);
        auto* history = m_dialog->findChild<AlertHistoryModel*>();
        const QAbstractItemModelTester tester(history);
        QCOMPARE(history->rowCount(), 1);
        const auto text = [history](int column) {
            return history->index(0, column).data().toString();
        };
        QCOMPARE(text(AlertHistoryModel::Rule), u"Jobs wait"_s);
        QCOMPARE(text(AlertHistoryModel::Highest), u"2, limit 0"_s);
        QCOMPARE(text(AlertHistoryModel::Action), u"Snooze 1 h"_s);
        auto* table = part<DataTable>(u"alertHistory"_s);
        table->setFocus();
        table->setCurrentIndex(history->index(0, 0));
        QTest::keyClick(table, Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(strip.isHidden(), kPatience);
        QCOMPARE(text(AlertHistoryModel::State), u"snoozed"_s);
        QTest::keyClick(table, Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(!strip.isHidden(), kPatience);
    }

    void aBrokenFileIsSaidAndKept()
    {
        const QString path = service::alertRulesFile(m_session->info().key);
        {
            QVERIFY(QDir().mkpath(QFileInfo(path).path()));
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write("{ half");
        }
        QVERIFY(QTest::qWaitFor(
            [this] {
                m_alerts->watch().refresh();
                return !m_alerts->watch().problem().isEmpty();
            },
            kPatience));
        openDialog();
        QVERIFY(note().contains(path));
        saveAndClose();
        QVERIFY(QFile::exists(path + u".unreadable-1"_s));
        QVERIFY(!saved().isPreset);
    }

    void everythingHasANameAndIsReached()
    {
        openDialog();
        QSet<QWidget*> reached;
        QWidget* at = m_dialog->focusWidget();
        QVERIFY(at);
        for (int i = 0; i < 200; ++i) {
            reached += at;
            at = at->nextInFocusChain();
        }
        for (QWidget* widget : m_dialog->findChildren<QWidget*>()) {
            const bool isControl =
                qobject_cast<QLineEdit*>(widget) || qobject_cast<QComboBox*>(widget) ||
                qobject_cast<QAbstractButton*>(widget) || qobject_cast<QListView*>(widget);
            const QString name = widget->objectName();
            if (!isControl || !widget->isVisible() || name.isEmpty() || name.startsWith("qt_"_L1))
                continue;
            QVERIFY2(reached.contains(widget), qPrintable(name));
            const auto* button = qobject_cast<QAbstractButton*>(widget);
            QVERIFY2(!widget->accessibleName().isEmpty() || (button && !button->text().isEmpty()),
                     qPrintable(name));
        }
    }

    void theTrayHasABadge()
    {
        const QImage plain = TrayIcon::icon(0).pixmap(24, 24).toImage();
        const QImage one = TrayIcon::icon(1).pixmap(24, 24).toImage();
        const QImage many = TrayIcon::icon(12).pixmap(24, 24).toImage();
        QVERIFY(plain != one);
        QVERIFY(one != many);
    }
};

QTEST_MAIN(TestAlertsDialog)
#include "tst_alertsdialog.moc"
