// SPDX-License-Identifier: GPL-3.0-or-later
// Notifications on a real daemon (dunst) on a private bus; and without any desktop.
#include "core/alerts/desktopnotifier.h"
#include "tests/support/notificationdaemon.h"

#include <QElapsedTimer>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using alerts::DesktopNotifier;

namespace {
constexpr int kPatience = 60'000;

QString textOf(const QJsonValue& entry, const QString& key)
{
    return entry[key][u"data"_s].toString();
}
} // namespace

class TestDesktopNotifier : public QObject
{
    Q_OBJECT

    test::Keyring m_session;
    std::unique_ptr<test::NotificationDaemon> m_daemon;

    QJsonObject historyOf(const QString& summary) const
    {
        for (const QJsonValue& entry : m_daemon->history()) {
            if (textOf(entry, u"summary"_s) == summary)
                return entry.toObject();
        }
        return {};
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_session.start(test::Keyring::Kind::None), qPrintable(m_session.reason()));
        m_daemon = std::make_unique<test::NotificationDaemon>(m_session);
        QVERIFY2(m_daemon->start(), qPrintable(m_daemon->reason()));
        // Qt connects to the bus when it is first used.
        qputenv("DBUS_SESSION_BUS_ADDRESS",
                m_session.environment().value(u"DBUS_SESSION_BUS_ADDRESS"_s).toLatin1());
    }

    void shownReplacedPressedAndClosed()
    {
        DesktopNotifier notifier;
        QSignalSpy shown(&notifier, &DesktopNotifier::shown);
        QSignalSpy pressed(&notifier, &DesktopNotifier::pressed);
        notifier.show(u"a"_s, u"shop: Queue falls behind"_s, u"6.2 min, limit 5 min"_s, true,
                      {{u"snooze"_s, u"Snooze 1 h"_s}});
        notifier.show(u"b"_s, u"shop: Stuck jobs"_s, u"3"_s, true, {});
        QTRY_COMPARE_WITH_TIMEOUT(shown.count(), 2, kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(m_daemon->displayed(), 2, kPatience);
        // The same one again takes its place.
        notifier.show(u"b"_s, u"shop: Stuck jobs"_s, u"over after 12 min"_s, false, {});
        QTRY_COMPARE_WITH_TIMEOUT(shown.count(), 3, kPatience);
        QCOMPARE(m_daemon->displayed(), 2);
        QVERIFY(m_daemon->press());
        QTRY_COMPARE_WITH_TIMEOUT(pressed.count(), 1, kPatience);
        QCOMPARE(pressed[0][1].toString(), u"default"_s);
        notifier.close(u"a"_s);
        notifier.close(u"b"_s);
        QTRY_COMPARE_WITH_TIMEOUT(m_daemon->displayed(), 0, kPatience);
        if (!test::NotificationDaemon::hasHistory())
            return;
        const QJsonObject told = historyOf(u"shop: Queue falls behind"_s);
        QCOMPARE(textOf(told, u"appname"_s), u"Queuedeck"_s);
        QVERIFY(textOf(told, u"body"_s).contains("6.2 min"_L1));
    }

    // What a rule is called is text, and no markup, picture or link.
    void textIsText()
    {
        if (!test::NotificationDaemon::hasHistory())
            QSKIP("busctl is not installed, which dunstctl needs for its history.");
        DesktopNotifier notifier;
        QSignalSpy shown(&notifier, &DesktopNotifier::shown);
        notifier.show(u"t"_s, u"<b>bold</b> & more"_s,
                      u"<img src=\"http://127.0.0.1/x\"/><b>x</b>\u202E\n& y"_s, false, {});
        QTRY_COMPARE_WITH_TIMEOUT(shown.count(), 1, kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(m_daemon->displayed(), 1, kPatience);
        QVERIFY(m_daemon->closeAll());
        QTRY_VERIFY_WITH_TIMEOUT(!historyOf(u"<b>bold</b> & more"_s).isEmpty(), kPatience);
        const QString body = textOf(historyOf(u"<b>bold</b> & more"_s), u"body"_s);
        QVERIFY2(body.contains("&lt;img"_L1) && !body.contains("<b>"_L1), qPrintable(body));
    }

    // A closed one is not in the way of the next with the same tag.
    void closedByThePerson()
    {
        DesktopNotifier notifier;
        QSignalSpy shown(&notifier, &DesktopNotifier::shown);
        notifier.show(u"c"_s, u"first"_s, {}, true, {});
        QTRY_COMPARE_WITH_TIMEOUT(shown.count(), 1, kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(m_daemon->displayed(), 1, kPatience);
        QVERIFY(m_daemon->closeAll());
        QTRY_COMPARE_WITH_TIMEOUT(m_daemon->displayed(), 0, kPatience);
        notifier.show(u"c"_s, u"second"_s, {}, true, {});
        QTRY_COMPARE_WITH_TIMEOUT(shown.count(), 2, kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(m_daemon->displayed(), 1, kPatience);
        QVERIFY(m_daemon->closeAll());
    }

    // Without a desktop nothing hangs, and it is said.
    void withoutADesktop()
    {
        m_daemon.reset();
        DesktopNotifier notifier;
        QSignalSpy failed(&notifier, &DesktopNotifier::failed);
        QElapsedTimer timer;
        timer.start();
        notifier.show(u"d"_s, u"title"_s, u"text"_s, true, {});
        QVERIFY2(timer.elapsed() < 2000, "It took the caller's time.");
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, kPatience);
    }
};

QTEST_GUILESS_MAIN(TestDesktopNotifier)
#include "tst_desktopnotifier.moc"
