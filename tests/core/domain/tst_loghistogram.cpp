// SPDX-License-Identifier: GPL-3.0-or-later
// Percentiles against a second computation that sorts.
#include "core/domain/loghistogram.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;
using queuedeck::domain::LogHistogram;
using std::chrono::microseconds;

namespace {
qint64 nearestRank(std::vector<qint64> all, double part)
{
    std::sort(all.begin(), all.end());
    const auto rank = size_t(std::ceil(part * double(all.size())));
    return all[std::clamp<size_t>(rank, 1, all.size()) - 1];
}

// From a microsecond to weeks, with a long tail, as jobs have it.
std::vector<qint64> durations(quint32 seed, int count)
{
    QRandomGenerator random(seed);
    std::vector<qint64> all;
    for (int i = 0; i < count; ++i)
        all.push_back(qint64(std::exp(random.generateDouble() * random.generateDouble() * 28)));
    return all;
}

LogHistogram histogramOf(const std::vector<qint64>& all)
{
    LogHistogram histogram;
    for (const qint64 micros : all)
        histogram.add(microseconds(micros));
    return histogram;
}
} // namespace

class TestLogHistogram : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void percentilesAreNearlyExact();
    void mergesExactly();
    void countsUpTo();
    void survivesItsText();
    void refusesOtherTexts();
    void takesAnyDuration();
};

void TestLogHistogram::percentilesAreNearlyExact()
{
    for (quint32 seed = 1; seed <= 40; ++seed) {
        const std::vector<qint64> all = durations(seed, int(seed * seed));
        const LogHistogram histogram = histogramOf(all);
        QCOMPARE(histogram.count(), qint64(all.size()));
        for (const double part : {0.0, 0.01, 0.5, 0.9, 0.95, 0.99, 0.999, 1.0}) {
            const double truth = double(nearestRank(all, part));
            const double said = double(histogram.percentile(part)->count());
            // It is a whole number of microseconds.
            QVERIFY2(std::abs(said - truth) <= LogHistogram::kError * truth + 0.5,
                     qPrintable(
                         u"%1 of seed %2: %3, not %4"_s.arg(part).arg(seed).arg(said).arg(truth)));
        }
    }
    QVERIFY(!LogHistogram().percentile(0.5));
}

void TestLogHistogram::mergesExactly()
{
    const std::vector<qint64> all = durations(7, 5000);
    LogHistogram parts[3];
    for (size_t i = 0; i < all.size(); ++i)
        parts[i * 7 % 3].add(microseconds(all[i]));
    LogHistogram merged = parts[2];
    merged.merge(parts[0]);
    merged.merge(LogHistogram());
    merged.merge(parts[1]);
    QCOMPARE(merged, histogramOf(all));
}

void TestLogHistogram::countsUpTo()
{
    const std::vector<qint64> all = durations(3, 4000);
    const LogHistogram histogram = histogramOf(all);
    qint64 before = 0;
    for (double limit = 1; limit < 1e13; limit *= 3) {
        const auto within = [&](double most) {
            return std::count_if(all.begin(), all.end(),
                                 [most](qint64 micros) { return double(micros) <= most; });
        };
        const qint64 count = histogram.countUpTo(microseconds(qint64(limit)));
        QVERIFY(count >= within(limit * 0.96 - 1) && count <= within(limit * 1.04 + 1));
        QVERIFY(count >= before); // as Prometheus wants it
        before = count;
    }
    QCOMPARE(before, histogram.count());
}

void TestLogHistogram::survivesItsText()
{
    const LogHistogram histogram = histogramOf(durations(11, 3000));
    const auto again = LogHistogram::fromText(histogram.toText());
    QVERIFY(again);
    QCOMPARE(*again, histogram);
    QCOMPARE(again->sum(), histogram.sum());
    QCOMPARE(again->count(), histogram.count());
    QVERIFY(LogHistogram::fromText({})->isEmpty());
    QVERIFY2(histogram.toText().size() < 8000, "rows of the history must stay small");
}

void TestLogHistogram::refusesOtherTexts()
{
    for (const QString& text :
         {u"v2 5 1:1"_s, u"v1"_s, u"v1 x 1:1"_s, u"v1 5 1"_s, u"v1 5 1:"_s, u"v1 5 1:-1"_s,
          u"v1 5 99999999:1"_s, u"v1 -5 1:1"_s, u"v1 5 -1:1"_s, u"{}"_s, u"v1 5 1:1 "_s})
        QVERIFY2(!LogHistogram::fromText(text), qPrintable(text));
}

void TestLogHistogram::takesAnyDuration()
{
    LogHistogram histogram;
    histogram.add(microseconds(-5)); // a clock that was set back
    histogram.add(microseconds::max());
    histogram.add(microseconds::min());
    QCOMPARE(histogram.count(), 3);
    QVERIFY(histogram.sum().count() > 0);
    QCOMPARE(histogram.percentile(0.5)->count(), 0);
    QVERIFY(histogram.percentile(1)->count() > 0);
}

QTEST_APPLESS_MAIN(TestLogHistogram)
#include "tst_loghistogram.moc"
