// SPDX-License-Identifier: GPL-3.0-or-later
// The watch over its real files: restarts in the middle, several programs, files that break.
#include "core/alerts/alertwatch.h"
#include "core/async/deliver.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace queuedeck;
using namespace queuedeck::alerts;

namespace {
class SetClock final : public base::Clock
{
public:
    QDateTime now() const override { return at; }
    QDateTime at = QDateTime(QDate(2026, 11, 23), QTime(12, 0), Qt::UTC);
};

const Figure kOldest{Series::OldestPending};
constexpr int kPatience = 60'000;
} // namespace

class TestAlertWatch : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    SetClock m_clock;
    QStringList m_told;

    QString rules() const { return m_folder->filePath(u"rules.json"_s); }
    QString state() const { return m_folder->filePath(u"state.json"_s); }

    std::unique_ptr<AlertWatch> start()
    {
        auto watch = std::make_unique<AlertWatch>(rules(), state(), m_clock, QTimeZone::utc());
        connect(watch.get(), &AlertWatch::told, this, [this](const Telling& telling) {
            m_told +=
                (telling.kind == Telling::Kind::Began ? u"+"_s : u"-"_s) + telling.entry.ruleId;
        });
        if (!QTest::qWaitFor([&] { return watch->isReady(); }, kPatience))
            qFatal("The files were not read.");
        return watch;
    }

    // Samples of a value, ten seconds apart.
    void feed(AlertWatch& watch, std::chrono::seconds time, double age)
    {
        for (auto passed = 0s; passed < time; passed += 10s) {
            m_clock.at = m_clock.at.addSecs(10);
            watch.take({m_clock.at, 0ms, {{kOldest, age}}});
        }
        if (!QTest::qWaitFor([&] { return watch.isSettled(); }, kPatience))
            qFatal("Nothing was written.");
    }

    void saveRule(AlertWatch& watch, const Channels& channels = {})
    {
        const Rules wanted{
            {u"r"_s, u"Old"_s, true, {}, {{Series::OldestPending, Test::Above, 300}}}};
        const auto saving = watch.save(wanted, channels);
        QTRY_VERIFY_WITH_TIMEOUT(saving.isFinished(), kPatience);
        QVERIFY(async::resultOf(saving));
        QTRY_COMPARE_WITH_TIMEOUT(watch.rules().file.rules, wanted, kPatience);
    }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_clock.at = QDateTime(QDate(2026, 11, 23), QTime(12, 0), Qt::UTC);
        m_told.clear();
    }

    void restartsInTheMiddle()
    {
        auto watch = start();
        saveRule(*watch);
        feed(*watch, 1min, 400);
        QCOMPARE(m_told, QStringList({u"+r"_s}));
        const QString id = watch->entries()[0].id;
        for (int restart = 0; restart < 3; ++restart) {
            watch.reset();
            m_clock.at = m_clock.at.addSecs(3600);
            watch = start();
            feed(*watch, 1min, 500 + restart);
            QCOMPARE(m_told, QStringList({u"+r"_s}));
            QCOMPARE(watch->entries().size(), 1);
            QCOMPARE(watch->entries()[0].id, id);
        }
        feed(*watch, 5min, 1);
        QCOMPARE(m_told, QStringList({u"+r"_s, u"-r"_s}));
        QCOMPARE(watch->entries()[0].peak, 502.0);
        watch.reset();
        watch = start();
        QVERIFY(!watch->entries()[0].isOn());
        feed(*watch, 5min, 1);
        QCOMPARE(m_told.size(), 2);
    }

    // It was over while no program ran: the end is told once somebody has seen that it is over.
    void overWhileNobodyLooked()
    {
        auto watch = start();
        saveRule(*watch);
        feed(*watch, 1min, 400);
        watch.reset();
        m_clock.at = m_clock.at.addDays(1);
        watch = start();
        feed(*watch, 2min, 0);
        QCOMPARE(m_told, QStringList({u"+r"_s, u"-r"_s}));
    }

    void aRuleThatWentMeanwhile()
    {
        auto watch = start();
        saveRule(*watch);
        feed(*watch, 1min, 400);
        watch.reset();
        QFile::remove(rules());
        watch = start();
        feed(*watch, 1min, 400);
        QVERIFY(!watch->entries()[0].isOn());
        QVERIFY(watch->entries()[0].isDropped);
        QCOMPARE(m_told, QStringList({u"+r"_s}));
    }

    // Of two programs one watches; the other shows and tells the same, and takes over.
    void anotherProgramFollows()
    {
        auto first = start();
        saveRule(*first);
        auto second = start();
        QVERIFY(!first->isElsewhere());
        QVERIFY(second->isElsewhere());
        QStringList toldBySecond;
        connect(second.get(), &AlertWatch::told, this, [&](const Telling& telling) {
            toldBySecond += telling.kind == Telling::Kind::Began ? u"+"_s : u"-"_s;
        });
        feed(*first, 1min, 400);
        feed(*second, 1min, 400); // which it leaves alone
        QVERIFY(QTest::qWaitFor(
            [&] {
                second->refresh();
                return second->entries().size() == 1;
            },
            kPatience));
        QCOMPARE(second->entries()[0].id, first->entries()[0].id);
        QCOMPARE(toldBySecond, QStringList({u"+"_s}));
        first.reset();
        QVERIFY(QTest::qWaitFor(
            [&] {
                second->refresh();
                return !second->isElsewhere();
            },
            kPatience));
        feed(*second, 5min, 400);
        QCOMPARE(second->entries().size(), 1);
        feed(*second, 5min, 0);
        QCOMPARE(toldBySecond, QStringList({u"+"_s, u"-"_s}));
    }

    void snoozedAlertsAreNotShown()
    {
        auto watch = start();
        saveRule(*watch);
        feed(*watch, 1min, 400);
        QCOMPARE(watch->shown().size(), 1);
        watch->snooze(u"r"_s, 1h);
        QCOMPARE(watch->shown().size(), 0);
        watch.reset();
        watch = start(); // it is remembered
        QCOMPARE(watch->shown().size(), 0);
        feed(*watch, 61min, 400);
        QCOMPARE(watch->shown().size(), 1);
        QCOMPARE(m_told, QStringList({u"+r"_s})); // not told a second time
        watch->snooze(u"r"_s, 1h);
        watch->snooze(u"r"_s, 0s);
        QCOMPARE(watch->shown().size(), 1);
    }

    void quietHours()
    {
        auto watch = start();
        Channels channels;
        channels.quiet = {true, QTime(12, 0), QTime(13, 0)};
        saveRule(*watch, channels);
        feed(*watch, 30min, 400);
        QVERIFY(watch->isQuiet());
        QCOMPARE(watch->shown().size(), 1); // the badge changes
        QCOMPARE(m_told, QStringList());
        feed(*watch, 31min, 400);
        QCOMPARE(m_told, QStringList({u"+r"_s}));
        QCOMPARE(watch->entries()[0].by, QStringList({u"tray"_s, u"desktop"_s}));
    }

    // What is damaged while it is watched changes nothing but what is said about it.
    void aFileThatBreaks()
    {
        auto watch = start();
        saveRule(*watch);
        feed(*watch, 1min, 400);
        {
            QFile file(rules());
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write("{");
        }
        QVERIFY(QTest::qWaitFor(
            [&] {
                watch->refresh();
                return !watch->problem().isEmpty();
            },
            kPatience));
        QCOMPARE(watch->rules().file.rules[0].id, u"r"_s);
        feed(*watch, 1min, 400);
        QCOMPARE(m_told, QStringList({u"+r"_s}));
        QVERIFY(watch->entries()[0].isOn());
    }

    // Alerts are told also where nothing can be recorded.
    void aStateThatCannotBeWritten()
    {
        QVERIFY(QDir(m_folder->path()).mkdir(u"state.json"_s));
        QFile blocker(m_folder->filePath(u"state.json/file"_s));
        QVERIFY(blocker.open(QIODevice::WriteOnly));
        for (int i = 1; i < 1000; ++i) // nor moved aside
            QVERIFY(QDir(m_folder->path()).mkdir(u"state.json.unreadable-%1"_s.arg(i)));
        auto watch = start();
        saveRule(*watch);
        feed(*watch, 1min, 400);
        QCOMPARE(m_told, QStringList({u"+r"_s}));
        QTRY_VERIFY_WITH_TIMEOUT(!watch->problem().isEmpty(), kPatience);
        feed(*watch, 5min, 0);
        QCOMPARE(m_told, QStringList({u"+r"_s, u"-r"_s}));
    }
};

QTEST_GUILESS_MAIN(TestAlertWatch)
#include "tst_alertwatch.moc"
