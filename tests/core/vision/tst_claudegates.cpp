// SPDX-License-Identifier: GPL-3.0-or-later
// What stands between a picture and a request: the day's tokens, the pause while a service fails,
// the places, the known answers.
#include "core/vision/answercache.h"
#include "core/vision/circuitbreaker.h"
#include "core/vision/dailytokens.h"
#include "core/vision/places.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <sys/stat.h>
#include <thread>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace std::chrono_literals;
using base::ErrorKind;
using vision::AnswerCache;
using vision::CircuitBreaker;
using vision::DailyTokens;
using vision::Places;

namespace {
class TestClock final : public base::Clock
{
public:
    QDateTime now() const override { return at; }

    QDateTime at{QDate(2026, 11, 29), QTime(23, 59, 50), Qt::UTC};
};

int modeOf(const QString& path)
{
    struct stat status = {};
    return ::stat(QFile::encodeName(path).constData(), &status) == 0 ? int(status.st_mode & 0777)
                                                                     : -1;
}
} // namespace

class TestClaudeGates : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;
    TestClock m_clock;

    QString file() const { return m_dir->filePath(u"claude/tokens-today"_s); }
    void write(const QByteArray& text)
    {
        QFile out(file());
        QVERIFY(out.open(QIODevice::WriteOnly));
        QCOMPARE(out.write(text), text.size());
    }

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_clock = TestClock();
        ::umask(0);
    }

    void tokensAreCountedPrivatelyUntilTheDayEnds()
    {
        DailyTokens tokens(file(), 1000, m_clock);
        QCOMPARE(*tokens.spentToday(), 0);
        QVERIFY(tokens.reserve(600));
        QVERIFY(DailyTokens(file(), 1000, m_clock).reserve(400)); // another process
        QCOMPARE(*tokens.spentToday(), 1000);
        const base::Status refused = tokens.reserve(1);
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ErrorKind::Denied);
        QVERIFY(refused.error().detail.contains(u"1,000"_s));
        QVERIFY(tokens.settle(600, 250));
        QCOMPARE(*tokens.spentToday(), 650);
        QVERIFY(tokens.settle(0, 5000)); // what was spent is spent
        QCOMPARE(*tokens.spentToday(), 5650);
        QVERIFY(!tokens.reserve(1));
        QCOMPARE(tokens.untilTomorrow(), 10s);
        QCOMPARE(modeOf(file()), 0600);
        QCOMPARE(modeOf(m_dir->filePath(u"claude"_s)), 0700);

        m_clock.at = m_clock.at.addSecs(11);
        QCOMPARE(*tokens.spentToday(), 0);
        QVERIFY(tokens.reserve(7));
        QVERIFY(tokens.settle(600, 0)); // of yesterday
        QCOMPARE(*tokens.spentToday(), 0);
    }

    void aTotalThatIsNoneSpendsNothing_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("words") << QByteArray("hello\n");
        QTest::newRow("no number") << QByteArray("2026-11-29 many");
        QTest::newRow("negative") << QByteArray("2026-11-29 -5");
        QTest::newRow("no day") << QByteArray("2026-13-29 5");
        QTest::newRow("long") << QByteArray(100'000, '7');
    }
    void aTotalThatIsNoneSpendsNothing()
    {
        QFETCH(QByteArray, text);
        DailyTokens tokens(file(), 1000, m_clock);
        QVERIFY(tokens.reserve(1));
        write(text);
        QVERIFY(!tokens.spentToday());
        const base::Status refused = tokens.reserve(1);
        QVERIFY(!refused);
        QVERIFY2(refused.error().detail.contains(file()), qPrintable(refused.error().detail));
        QFile in(file());
        QVERIFY(in.open(QIODevice::ReadOnly));
        QCOMPARE(in.readAll(), text);
    }

    void manyAtATimeNeverExceedTheLimit()
    {
        std::atomic<int> granted = 0;
        {
            std::vector<std::jthread> threads;
            for (int i = 0; i < 8; ++i)
                threads.emplace_back([&] {
                    DailyTokens tokens(file(), 100, m_clock);
                    for (int j = 0; j < 50; ++j)
                        granted += tokens.reserve(1) ? 1 : 0;
                });
        }
        QCOMPARE(granted.load(), 100);
        QCOMPARE(*DailyTokens(file(), 100, m_clock).spentToday(), 100);
    }

    void aFailingServiceIsLeftAlone()
    {
        CircuitBreaker breaker({3, 10s, 30s});
        auto now = CircuitBreaker::Clock::now();
        for (int i = 0; i < 2; ++i) {
            QCOMPARE(breaker.begin(now), 0ms);
            breaker.failed(u"one"_s, now);
        }
        QCOMPARE(breaker.mustWait(now), 0ms);
        breaker.failed(u"three"_s, now);
        QCOMPARE(breaker.mustWait(now), 10'000ms);
        QCOMPARE(breaker.reason(), u"three"_s);
        now += 10s;
        QCOMPARE(breaker.begin(now), 0ms); // one tries
        QVERIFY(breaker.begin(now) > 0ms); // the others wait
        breaker.failed(u"four"_s, now);
        QCOMPARE(breaker.mustWait(now), 20'000ms);
        for (const auto longest : {20s, 30s}) {
            now += longest;
            QCOMPARE(breaker.begin(now), 0ms);
            breaker.failed(u"on"_s, now);
            QCOMPARE(breaker.mustWait(now), 30'000ms);
        }
        now += 30s;
        QCOMPARE(breaker.begin(now), 0ms);
        breaker.succeeded();
        QCOMPARE(breaker.begin(now), 0ms);
        QCOMPARE(breaker.begin(now), 0ms);
    }

    void aSuccessBetweenFailuresCountsAnew()
    {
        CircuitBreaker breaker({2, 10s, 30s});
        const auto now = CircuitBreaker::Clock::now();
        for (int i = 0; i < 10; ++i) {
            breaker.failed(u"x"_s, now);
            breaker.succeeded();
        }
        QCOMPARE(breaker.mustWait(now), 0ms);
        breaker.pauseFor(7s, u"asked"_s, now);
        breaker.pauseFor(3s, u"shorter"_s, now);
        breaker.succeeded(); // of a request that was under way
        QCOMPARE(breaker.reason(now), u"asked"_s);
        QCOMPARE(breaker.reason(now + 7s), QString());
        QCOMPARE(breaker.begin(now), 7000ms);
        QCOMPARE(breaker.begin(now + 7s), 0ms);
        QCOMPARE(breaker.begin(now + 7s), 0ms); // it was no failure: nobody needs to try first
    }

    void placesAreLimited()
    {
        Places places(3);
        std::atomic<int> inside = 0;
        std::atomic<int> most = 0;
        {
            std::vector<std::jthread> threads;
            for (int i = 0; i < 12; ++i)
                threads.emplace_back([&] {
                    for (int j = 0; j < 20; ++j) {
                        const auto place = places.take({}, {});
                        if (!place)
                            return;
                        const int here = ++inside;
                        int seen = most.load();
                        while (here > seen && !most.compare_exchange_weak(seen, here)) {
                        }
                        std::this_thread::sleep_for(200us);
                        --inside;
                    }
                });
        }
        QCOMPARE(most.load(), 3);
    }

    void aWaitForAPlaceEndsWhenAsked()
    {
        Places places(1);
        const auto taken = places.take({}, {});
        QVERIFY(taken);
        for (const bool isLeaving : {false, true}) {
            std::stop_source stop;
            std::jthread later([&stop] {
                std::this_thread::sleep_for(50ms);
                stop.request_stop();
            });
            QVERIFY(!(isLeaving ? places.take({}, stop.get_token())
                                : places.take(stop.get_token(), {})));
        }
    }

    void knownAnswersArePrivateAndTheNewestStay()
    {
        const QString folder = m_dir->filePath(u"claude/answers"_s);
        AnswerCache cache(folder, 4);
        QVERIFY(!cache.find(u"a"_s));
        const QJsonObject fields{{u"name"_s, u"Ä"_s}};
        cache.keep(u"a"_s, fields);
        QCOMPARE(*AnswerCache(folder).find(u"a"_s), fields);
        QCOMPARE(modeOf(folder), 0700);
        QCOMPARE(modeOf(folder + u"/a.json"_s), 0600);
        for (int i = 0; i < 20; ++i)
            cache.keep(u"k%1"_s.arg(i), fields);
        QVERIFY(QDir(folder).entryList({u"*.json"_s}).size() <= 8);
        QFile broken(folder + u"/b.json"_s);
        QVERIFY(broken.open(QIODevice::WriteOnly));
        broken.write("{\"name\":");
        broken.close();
        QVERIFY(!cache.find(u"b"_s));
    }
};

QTEST_GUILESS_MAIN(TestClaudeGates)
#include "tst_claudegates.moc"
