// SPDX-License-Identifier: GPL-3.0-or-later
// Only the key itself matches, and the duration of a check reveals nothing about it.
#include "core/endpoint/keycheck.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <random>

using namespace queuedeck::endpoint;

namespace {
const QByteArray kKey = "5f1d7a84c09be2361f7c5a90d4e8b3627a1c9d0e4f8b2653ac71e09d8f42b6c5";
constexpr int kTimings = 1'000'000;
constexpr double kLeaks = 4.5;

// Welch's t of two kinds of wrong keys, in random order. Each turn uses a place in memory that is
// randomly assigned to either kind and was written long before: the location of a key, and having
// just been written, cost more than a check could leak. The slowest tenth is discarded: it measures
// the machine rather than the check.
template <class Check>
double tOf(const QByteArray& one, const QByteArray& other, int timings, Check check)
{
    constexpr int kTurns = 500;
    std::mt19937 random(17);
    std::array<std::vector<double>, 2> times;
    std::array<size_t, kTurns> kinds{};
    QByteArray places(kTurns * one.size(), '\0');
    volatile bool sink = false;
    for (int round = 0; round < timings / kTurns; ++round) {
        for (int turn = 0; turn < kTurns; ++turn) {
            kinds[size_t(turn)] = random() & 1;
            std::ranges::copy(kinds[size_t(turn)] == 0 ? one : other,
                              places.begin() + turn * one.size());
        }
        for (int turn = 0; turn < kTurns; ++turn) {
            const auto presented = QByteArrayView(places).sliced(turn * one.size(), one.size());
            const auto start = std::chrono::steady_clock::now();
            sink = sink | check(presented);
            times[kinds[size_t(turn)]].push_back(
                double((std::chrono::steady_clock::now() - start).count()));
        }
    }
    std::vector<double> all = times[0];
    all.insert(all.end(), times[1].begin(), times[1].end());
    const auto cut = all.begin() + std::ptrdiff_t(all.size() * 9 / 10);
    std::nth_element(all.begin(), cut, all.end());
    std::array<double, 2> mean{}, varianceOfMean{};
    for (size_t which : {0, 1}) {
        auto& list = times[which];
        std::erase_if(list, [limit = *cut](double time) { return time > limit; });
        double sum = 0, squares = 0;
        for (const double time : list)
            sum += time;
        mean[which] = sum / double(list.size());
        for (const double time : list)
            squares += (time - mean[which]) * (time - mean[which]);
        varianceOfMean[which] = squares / double(list.size() - 1) / double(list.size());
    }
    return (mean[0] - mean[1]) / std::sqrt(varianceOfMean[0] + varianceOfMean[1]);
}
} // namespace

class tst_KeyCheck : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void onlyTheKeyMatches();
    void anEmptyKeyMatchesNothing();
    void theTimeTellsNothing();
    void aLeakWouldBeSeen();
};

void tst_KeyCheck::onlyTheKeyMatches()
{
    const KeyCheck check(kKey);
    QVERIFY(check.matches(kKey));
    for (const QByteArray& wrong :
         {QByteArray(), QByteArray(""), kKey.chopped(1), kKey.left(1), kKey + 'a', kKey + '\0',
          kKey + ' ', ' ' + kKey, kKey.toUpper(), kKey + kKey, QByteArray(64, '\0'),
          QByteArray(100'000, 'a'), 'a' + kKey.mid(1)})
        QVERIFY2(!check.matches(wrong), wrong.left(70));
}

void tst_KeyCheck::anEmptyKeyMatchesNothing()
{
    const KeyCheck check{QByteArray()};
    QVERIFY(!check.matches(QByteArray()));
    QVERIFY(!check.matches("a"));
}

void tst_KeyCheck::theTimeTellsNothing()
{
    const KeyCheck check(kKey);
    const QByteArray firstWrong = 'x' + kKey.mid(1);
    const QByteArray lastWrong = kKey.chopped(1) + 'x';
    // A loaded machine may drift by chance; a check that leaks does so every time.
    double t = 0;
    for (int attempt = 0; attempt < 3; ++attempt) {
        t = tOf(firstWrong, lastWrong, kTimings,
                [&check](QByteArrayView key) { return check.matches(key); });
        qInfo("t = %.2f", t);
        if (std::abs(t) < kLeaks)
            return;
    }
    QVERIFY2(false, "The time of a check tells where the keys differ.");
}

// Tests the measurement itself: a comparison of the same keys that returns early is detected.
void tst_KeyCheck::aLeakWouldBeSeen()
{
    const auto leaking = [](QByteArrayView key) {
        for (qsizetype i = 0; i < kKey.size(); ++i) {
            const volatile char theirs = key[i];
            if (theirs != kKey[i])
                return false;
        }
        return true;
    };
    double t = 0;
    for (int attempt = 0; attempt < 3 && std::abs(t) < kLeaks; ++attempt)
        t = tOf('x' + kKey.mid(1), kKey.chopped(1) + 'x', kTimings / 5, leaking);
    qInfo("t = %.2f", t);
    QVERIFY(std::abs(t) > kLeaks);
}

QTEST_APPLESS_MAIN(tst_KeyCheck)
#include "tst_keycheck.moc"
