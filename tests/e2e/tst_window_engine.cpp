// SPDX-License-Identifier: GPL-3.0-or-later
// The window triggers a real endpoint: `queuedeckctl serve` as a second process on the same
// database.
#include "app/queuedeck/program.h"
#include "tests/e2e/serving.h"
#include "tests/support/ownhandlers.h"
#include "ui/engine/remotepanel.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QCheckBox>
#include <QDirIterator>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck;

class tst_WindowEngine : public ServeTest
{
    Q_OBJECT

    const QByteArray kWrongKey = "another-key-altogether-0123456789";
    std::unique_ptr<app::Program> m_program;

    static ui::RemotePanel* panel()
    {
        for (QWidget* widget : QApplication::allWidgets()) {
            if (auto* found = qobject_cast<ui::RemotePanel*>(widget))
                return found;
        }
        return nullptr;
    }
    template <class Widget>
    static Widget* child(const QString& name)
    {
        return panel()->findChild<Widget*>(name);
    }
    // The window on the database of the tests, its endpoint and key from the environment.
    void openWindow(const Served& served, const QByteArray& key)
    {
        qputenv("QUEUEDECK_ENDPOINT_URL", served.url.toUtf8());
        qputenv("JOB_PROCESSOR_API_KEY", key);
        app::Options options;
        options.address = u"sqlite:"_s + embedded();
        options.page = u"engine"_s;
        m_program = std::make_unique<app::Program>(options);
        m_program->start();
        QTRY_VERIFY(panel() && panel()->isVisible());
    }
    remote::RemoteReport press()
    {
        QSignalSpy called(panel(), &ui::RemotePanel::called);
        child<QPushButton>(u"trigger"_s)->click();
        if (!QTest::qWaitFor([&] { return !called.isEmpty(); }, 60'000))
            qFatal("The call did not end.");
        return called[0][0].value<remote::RemoteReport>();
    }

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere");
        ui::Appearance::instance().install(*qApp, ui::ThemeChoice::Light);
    }
    void cleanup()
    {
        m_program.reset();
        // The keys of these tests are nowhere in the home: not in settings, schedules or databases.
        QDirIterator files(path(u"home"_s), QDir::Files | QDir::Hidden,
                           QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray bytes = file.readAll();
            QVERIFY2(!bytes.contains(kKey) && !bytes.contains(kWrongKey),
                     qPrintable(file.fileName()));
        }
        ServeTest::cleanup();
    }

    void aTriggerAndADrain()
    {
        add(12, kOwn, u"{}"_s);
        qputenv("QUEUEDECK_HOME", path(u"home"_s).toLocal8Bit());
        qputenv("XDG_CONFIG_HOME", path(u"home"_s).toLocal8Bit());
        QVERIFY(tests::writeHandler(path(u"home/handlers.d"_s), kOwn + u".json"_s,
                                    R"({"command":["/bin/true"]})"));
        Served served;
        QVERIFY(serve(served));
        openWindow(served, kKey);
        child<QSpinBox>(u"maxJobs"_s)->setValue(5);
        const auto one = press();
        QVERIFY2(one.verdict == remote::RemoteVerdict::Done, qPrintable(one.sentence));
        QCOMPARE(one.processed, 5);
        QCOMPARE(*one.pendingBefore, 12);
        QCOMPARE(*one.pendingAfter, 7);
        QCOMPARE(count(u"completed"_s), 5);
        child<QCheckBox>(u"drain"_s)->setChecked(true);
        const auto rest = press();
        QVERIFY2(rest.verdict == remote::RemoteVerdict::Done, qPrintable(rest.sentence));
        QCOMPARE(*rest.pendingAfter, 0);
        QCOMPARE(count(u"completed"_s), 12);
        QVERIFY(rest.calls >= 2);
    }

    void aWrongKeyProcessesNothing()
    {
        add(2);
        qputenv("QUEUEDECK_HOME", path(u"home"_s).toLocal8Bit());
        qputenv("XDG_CONFIG_HOME", path(u"home"_s).toLocal8Bit());
        Served served;
        QVERIFY(serve(served));
        openWindow(served, kWrongKey);
        const auto report = press();
        QVERIFY(report.verdict == remote::RemoteVerdict::Refused);
        QCOMPARE(report.httpStatus, 401);
        QVERIFY(report.sentence.contains(u"refused the key"_s));
        QCOMPARE(count(u"pending"_s), 2);
    }
};

QTEST_MAIN(tst_WindowEngine)
#include "tst_window_engine.moc"
