// SPDX-License-Identifier: GPL-3.0-or-later
// Rules as state machines over samples: what begins and ends an alert, and what does not.
#include "core/alerts/alertentry.h"
#include "core/alerts/alertmoment.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace queuedeck::alerts;
using std::chrono::seconds;

namespace {
const QDateTime kStart(QDate(2026, 11, 23), QTime(0, 0), Qt::UTC);

Rule oldRule(seconds lasting = 0s)
{
    return {u"r"_s, u"Old"_s, true, {}, {{Series::OldestPending, Test::Above, 300, lasting}}};
}

// Feeds a machine with the values of one series, a step apart, and counts.
struct Feed
{
    Rules rules;
    AlertMachine machine = {};
    QDateTime at = kStart;
    QStringList events = {};
    seconds step = 10s;

    void sample(const std::map<Figure, double>& values)
    {
        for (const AlertEvent& event : machine.take(rules, {at, 0ms, values})) {
            const char* kind = event.kind == AlertEvent::Kind::Began   ? "+"
                               : event.kind == AlertEvent::Kind::Ended ? "-"
                                                                       : "x";
            events += QLatin1String(kind) + event.rule.id;
        }
        at = at.addSecs(step.count());
    }
    void hold(seconds time, const std::map<Figure, double>& values)
    {
        for (seconds passed = 0s; passed < time; passed += step)
            sample(values);
    }
    void oldest(seconds time, double age) { hold(time, {{Figure{Series::OldestPending}, age}}); }
    void unknown(seconds time) { hold(time, {}); }
};
} // namespace

class TestAlertMachine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void beginsAndEndsOnce()
    {
        Feed feed{{oldRule()}};
        feed.oldest(5min, 10);
        feed.oldest(20min, 400);
        feed.oldest(20min, 10);
        QCOMPARE(feed.events, QStringList({u"+r"_s, u"-r"_s}));
    }

    void swingingAroundTheLimitIsOneOutage()
    {
        Feed feed{{oldRule()}};
        for (int i = 0; i < 50; ++i) {
            feed.oldest(30s, 310);
            feed.oldest(30s, 290); // above what counts as clear
        }
        for (int i = 0; i < 50; ++i) {
            feed.oldest(40s, 310);
            feed.oldest(40s, 10); // clear, but not for a minute
        }
        QCOMPARE(feed.events, QStringList({u"+r"_s}));
        feed.oldest(5min, 10);
        QCOMPARE(feed.events, QStringList({u"+r"_s, u"-r"_s}));
    }

    void itHasToLast()
    {
        Feed feed{{oldRule(5min)}};
        for (int i = 0; i < 20; ++i) {
            feed.oldest(4min, 400);
            feed.oldest(10s, 250);
        }
        QCOMPARE(feed.events, QStringList());
        feed.oldest(6min, 400);
        QCOMPARE(feed.events, QStringList({u"+r"_s}));
    }

    void whatIsNotKnownChangesNothing()
    {
        Feed feed{{oldRule()}};
        feed.oldest(1min, 400);
        feed.unknown(6h);
        QCOMPARE(feed.events, QStringList({u"+r"_s}));
        feed.oldest(5min, 400);
        QCOMPARE(feed.events, QStringList({u"+r"_s}));
        feed.oldest(5min, 0);
        QCOMPARE(feed.events, QStringList({u"+r"_s, u"-r"_s}));
    }

    // Sleep, a clock that is set forward, and one that is set back: what was not seen did not last.
    void jumpsOfTheClock()
    {
        for (const qint64 jump : {8 * 3600, -8 * 3600, 86'400 * 400, -86'400 * 400}) {
            Feed feed{{oldRule(5min)}};
            feed.oldest(4min, 400);
            feed.at = feed.at.addSecs(jump);
            feed.oldest(4min, 400);
            QCOMPARE(feed.events, QStringList());
            feed.oldest(2min, 400);
            QCOMPARE(feed.events, QStringList({u"+r"_s}));
            feed.at = feed.at.addSecs(-jump);
            feed.oldest(10s, 0);
            feed.at = feed.at.addSecs(jump);
            feed.oldest(1min, 0);
            QCOMPARE(feed.events, QStringList({u"+r"_s})); // clear for a moment, before and after
            feed.oldest(5min, 0);
            QCOMPARE(feed.events, QStringList({u"+r"_s, u"-r"_s}));
        }
    }

    void rising_data()
    {
        QTest::addColumn<QVector<double>>("values"); // a minute each
        QTest::addColumn<bool>("fires");
        QVector<double> up;
        QVector<double> flat;
        QVector<double> down;
        QVector<double> peak;
        QVector<double> jagged;
        for (int i = 0; i < 25; ++i) {
            up += 100 + i;
            flat += 100;
            down += 100 - i;
            peak += i == 3 ? 500 : 100 - i;
            jagged += 100 + 3 * i + (i % 2 == 0 ? 20 : -20);
        }
        QTest::newRow("up") << up << true;
        QTest::newRow("flat") << flat << false;
        QTest::newRow("down") << down << false;
        QTest::newRow("a peak that falls") << peak << false;
        QTest::newRow("up in steps") << jagged << true;
        QTest::newRow("not for long enough") << up.first(9) << false;
    }
    void rising()
    {
        QFETCH(QVector<double>, values);
        QFETCH(bool, fires);
        Feed feed{{{u"r"_s, u"More"_s, true, {}, {{Series::Pending, Test::Rising, 0, 10min}}}}};
        for (const double value : values)
            feed.hold(1min, {{Figure{Series::Pending}, value}});
        QCOMPARE(feed.events.contains(u"+r"_s), fires);
    }

    // A backlog that has stopped growing is still a backlog.
    void aRiseThatEndsIsNoRecovery()
    {
        Rules rules{presetRules().first()};
        Feed feed{rules};
        const Figure pending{Series::Pending};
        const Figure oldest{Series::OldestPending};
        for (int minute = 0; minute < 20; ++minute)
            feed.hold(1min, {{pending, 100.0 + minute}, {oldest, 60.0 * minute}});
        QCOMPARE(feed.events, QStringList({u"+falls-behind"_s}));
        feed.hold(2h, {{pending, 119}, {oldest, 1200}});
        feed.hold(2h, {{pending, 40}, {oldest, 1000}});
        QCOMPARE(feed.events.size(), 1);
        feed.hold(10min, {{pending, 40}, {oldest, 20}});
        QCOMPARE(feed.events, QStringList({u"+falls-behind"_s, u"-falls-behind"_s}));
    }

    void aShareNeedsEnough()
    {
        const Figure share{Series::FailedShare, {}, 15min};
        const Figure finished{Series::Finished, {}, 15min};
        Feed feed{{{u"r"_s,
                    u"Fail"_s,
                    true,
                    {},
                    {{Series::FailedShare, Test::Above, 5, 0s, 15min, 20}}}}};
        feed.hold(10min, {{share, 100}, {finished, 19}});
        QCOMPARE(feed.events, QStringList());
        feed.hold(10min, {{share, 9}, {finished, 40}});
        QCOMPARE(feed.events, QStringList({u"+r"_s}));
        feed.hold(30min, {{finished, 0}}); // nothing finishes, so nothing fails
        QCOMPARE(feed.events, QStringList({u"+r"_s, u"-r"_s}));
    }

    void aLostDatabaseIsAnAlert()
    {
        const Figure database{Series::Database};
        const Figure oldest{Series::OldestPending};
        Rules rules = presetRules();
        rules += oldRule();
        Feed feed{rules};
        feed.hold(5min, {{database, 1}, {oldest, 400}});
        feed.hold(30min, {{database, 0}});
        QCOMPARE(feed.events, QStringList({u"+r"_s, u"+database-lost"_s}));
        feed.hold(5min, {{database, 1}, {oldest, 400}});
        QCOMPARE(feed.events, QStringList({u"+r"_s, u"+database-lost"_s, u"-database-lost"_s}));
    }

    // An empty queue, one that is worked off, and one that nobody works on because nothing waits.
    void presetsAreQuiet_data()
    {
        QTest::addColumn<double>("oldest");
        QTest::addColumn<double>("pending");
        QTest::addColumn<double>("finished");
        QTest::newRow("empty") << 0.0 << 0.0 << 0.0;
        QTest::newRow("worked off") << 40.0 << 200.0 << 300.0;
        QTest::newRow("a cron job every five minutes") << 299.0 << 30.0 << 0.0;
    }
    void presetsAreQuiet()
    {
        QFETCH(double, oldest);
        QFETCH(double, pending);
        QFETCH(double, finished);
        Feed feed{presetRules()};
        std::map<Figure, double> values;
        for (const Figure& figure : figuresOf(feed.rules))
            values[figure] = 0;
        values[Figure{Series::Database}] = 1;
        values[Figure{Series::OldestPending}] = oldest;
        values[Figure{Series::Engines}] = 1;
        for (int minute = 0; minute < 24 * 60; ++minute) {
            values[Figure{Series::Pending}] = pending + (minute % 7);
            for (auto& [figure, value] : values) {
                if (figure.series == Series::Finished)
                    value = finished;
            }
            feed.hold(1min, values);
        }
        QVERIFY2(feed.events.isEmpty(), qPrintable(feed.events.join(u' ')));
        QVERIFY(std::count_if(feed.rules.begin(), feed.rules.end(),
                              [](const Rule& rule) { return rule.isOn; }) >= 5);
    }

    // Outages of every kind at known times; a restart in the middle of each second one, and one
    // between two. Each gives one alert and one recovery, in the history as well.
    void aDayOfOutages()
    {
        struct Outage
        {
            int from; ///< minute
            int to;
            Figure figure;
            double bad;
            const char* rule;
        };
        const QVector<Outage> outages{
            {60, 80, Figure{Series::Database}, 0, "database-lost"},
            {120, 150, Figure{Series::Stuck}, 4, "stuck"},
            {200, 215, Figure{Series::EndpointFailures}, 7, "endpoint-down"},
            {300, 330, Figure{Series::FailedShare, {}, 15min}, 60, "jobs-fail"},
            {400, 500, Figure{Series::Finished, {}, 2min}, 0, "nothing-processed"},
            {600, 640, Figure{Series::Stuck}, 1, "stuck"},
            {700, 705, Figure{Series::Database}, 0, "database-lost"},
            {760, 900, Figure{Series::Database}, 0, "database-lost"},
            {1000, 1100, Figure{Series::Finished, {}, 2min}, 0, "nothing-processed"},
            {1200, 1260, Figure{Series::EndpointFailures}, 3, "endpoint-down"},
        };
        const Rules rules = presetRules();
        auto machine = std::make_unique<AlertMachine>();
        AlertEntries entries;
        QVector<Telling> told;
        int restarts = 0;
        for (int second = 0; second < 86'400; second += 5) {
            const int minute = second / 60;
            std::map<Figure, double> values;
            for (const Figure& figure : figuresOf(rules))
                values[figure] = figure.series == Series::Finished   ? 100
                                 : figure.series == Series::Database ? 1
                                                                     : 0;
            for (const Outage& outage : outages) {
                if (minute < outage.from || minute >= outage.to)
                    continue;
                if (outage.figure.series == Series::Database)
                    values.clear();
                values[outage.figure] = outage.bad;
                if (outage.figure.series == Series::Finished)
                    values[Figure{Series::OldestPending}] = 60.0 * (minute - outage.from) + 60;
            }
            for (qsizetype i = 0; i < outages.size(); i += 2) {
                if (second == (outages[i].from + outages[i].to) * 30 ||
                    second == outages[i].to * 60 + 20) {
                    machine = std::make_unique<AlertMachine>();
                    for (const AlertEntry& entry : entries) {
                        for (const Rule& rule : rules) {
                            if (entry.isOn() && rule.id == entry.ruleId)
                                machine->resume(rule, entry.peak);
                        }
                    }
                    ++restarts;
                }
            }
            const QDateTime at = kStart.addSecs(second);
            apply(entries, machine->take(rules, {at, 0ms, values}));
            told += tellings(entries, Channels{}, false, {}, at);
        }
        QVERIFY(restarts >= 8);
        QStringList expected;
        for (const Outage& outage : outages) {
            expected += u"+"_s + QLatin1String(outage.rule);
            expected += u"-"_s + QLatin1String(outage.rule);
        }
        QStringList got;
        for (const Telling& telling : told)
            got += (telling.kind == Telling::Kind::Began ? u"+"_s : u"-"_s) + telling.entry.ruleId;
        QCOMPARE(got, expected);
        QCOMPARE(entries.size(), outages.size());
        for (const AlertEntry& entry : entries)
            QVERIFY(!entry.isOn() && entry.began < entry.ended);
    }

    void aRuleThatIsChangedIsDropped()
    {
        Feed feed{{oldRule()}};
        feed.oldest(1min, 400);
        feed.rules[0].name = u"Another name"_s; // means the same
        feed.oldest(1min, 400);
        QCOMPARE(feed.events, QStringList({u"+r"_s}));
        feed.rules[0].when[0].limit = 1000;
        feed.oldest(10min, 400);
        QCOMPARE(feed.events, QStringList({u"+r"_s, u"xr"_s}));
        feed.rules[0].isOn = false;
        feed.oldest(10min, 4000);
        QCOMPARE(feed.events.size(), 2);
    }

    void quietHoursAndSnooze()
    {
        AlertEntries entries;
        const AlertEvent began{AlertEvent::Kind::Began, oldRule(), kStart, 400};
        const AlertEvent ended{AlertEvent::Kind::Ended, oldRule(), kStart.addSecs(3600), 500};
        const Channels channels{true, true, true};
        // It came and went while it was quiet: nobody is told, and it is in the history.
        apply(entries, {began});
        QVERIFY(tellings(entries, channels, true, {}, kStart).isEmpty());
        apply(entries, {ended});
        QVERIFY(tellings(entries, channels, true, {}, kStart).isEmpty());
        QVERIFY(tellings(entries, channels, false, {}, kStart).isEmpty());
        QVERIFY(entries[0].wasQuiet);
        QCOMPARE(entries[0].by, QStringList({u"tray"_s}));
        // It is still on when they are over.
        entries.clear();
        apply(entries, {began});
        QVERIFY(tellings(entries, channels, true, {}, kStart).isEmpty());
        QCOMPARE(tellings(entries, channels, false, {}, kStart).size(), 1);
        QVERIFY(tellings(entries, channels, false, {}, kStart).isEmpty());
        // An end in quiet hours is told afterwards.
        apply(entries, {ended});
        QVERIFY(tellings(entries, channels, true, {}, kStart).isEmpty());
        QCOMPARE(tellings(entries, channels, false, {}, kStart).size(), 1);
        QCOMPARE(entries[0].webhookEnd, Delivery::Waiting);
        // Snoozed.
        entries.clear();
        const Snoozes snoozes{{u"r"_s, kStart.addSecs(60)}};
        apply(entries, {began});
        QVERIFY(tellings(entries, channels, false, snoozes, kStart).isEmpty());
        QCOMPARE(tellings(entries, channels, false, snoozes, kStart.addSecs(61)).size(), 1);
        QVERIFY(entries[0].wasSnoozed);
    }

    void theWallClockOfAZone_data()
    {
        QTest::addColumn<QDateTime>("utc");
        QTest::addColumn<int>("days");
        QTest::addColumn<bool>("isQuiet");
        const auto utc = [](int month, int day, int hour, int minute) {
            return QDateTime(QDate(2026, month, day), QTime(hour, minute), Qt::UTC);
        };
        using Days = QuietHours::Days;
        // Berlin is an hour ahead in winter and two in summer; on 25 October it changes at 01:00
        // UTC.
        QTest::newRow("before") << utc(11, 23, 20, 59) << int(Days::Every) << false;
        QTest::newRow("begin") << utc(11, 23, 21, 0) << int(Days::Every) << true;
        QTest::newRow("end") << utc(11, 24, 5, 59) << int(Days::Every) << true;
        QTest::newRow("after") << utc(11, 24, 6, 0) << int(Days::Every) << false;
        QTest::newRow("in summer") << utc(7, 1, 20, 0) << int(Days::Every) << true;
        QTest::newRow("in the night of the change")
            << utc(10, 25, 5, 59) << int(Days::Every) << true;
        QTest::newRow("after the change") << utc(10, 25, 6, 0) << int(Days::Every) << false;
        QTest::newRow("Saturday morning of a Friday")
            << utc(11, 28, 3, 0) << int(Days::Workdays) << true;
        QTest::newRow("Saturday night") << utc(11, 28, 22, 0) << int(Days::Workdays) << false;
        QTest::newRow("Monday morning of a Sunday")
            << utc(11, 30, 3, 0) << int(Days::Weekend) << true;
    }
    void theWallClockOfAZone()
    {
        QFETCH(QDateTime, utc);
        QFETCH(int, days);
        QFETCH(bool, isQuiet);
        const QuietHours quiet{true, QTime(22, 0), QTime(7, 0), QuietHours::Days(days)};
        QCOMPARE(quiet.isQuiet(utc, QTimeZone("Europe/Berlin")), isQuiet);
    }

    void theHistoryIsBounded()
    {
        AlertEntries entries;
        for (int i = 0; i < 3000; ++i) {
            Rule rule = oldRule();
            rule.id = QString::number(i);
            apply(entries, {{AlertEvent::Kind::Began, rule, kStart.addSecs(i), 1}});
            if (i > 5)
                apply(entries, {{AlertEvent::Kind::Ended, rule, kStart.addSecs(i), 1}});
        }
        QVERIFY(trim(entries, kStart.addDays(1)));
        QCOMPARE(entries.size(), kMostEntries);
        QCOMPARE(entries.last().ruleId, u"0"_s); // it is on, however old
        QVERIFY(trim(entries, kStart.addDays(91)));
        QCOMPARE(entries.size(), 6);
    }

    void atOneMoment()
    {
        using State = AlertMoment::State;
        const auto stateOf = [](const Rule& rule, std::map<Figure, double> values) {
            return momentOf(rule, {kStart, 0ms, std::move(values)}).state;
        };
        const Figure oldest{Series::OldestPending};
        QCOMPARE(stateOf(oldRule(5min), {{oldest, 400}}), State::Holds);
        QCOMPARE(stateOf(oldRule(5min), {{oldest, 100}}), State::Quiet);
        QCOMPARE(stateOf(oldRule(5min), {}), State::Unknown);
        const Rule behind = presetRules().first();
        QCOMPARE(stateOf(behind, {{oldest, 10}}), State::Quiet);
        QCOMPARE(stateOf(behind, {{oldest, 400}}), State::Holds);
        Rule off = oldRule();
        off.isOn = false;
        QCOMPARE(stateOf(off, {{oldest, 400}}), State::Off);
    }
};

QTEST_APPLESS_MAIN(TestAlertMachine)
#include "tst_alertmachine.moc"
