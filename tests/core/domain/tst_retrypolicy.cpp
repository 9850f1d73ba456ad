// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/retrypolicy.h"

#include <QTest>

#include <limits>

using namespace queuedeck::domain;
using namespace std::chrono_literals;

class TestRetryPolicy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void doublesUpToTheLongest()
    {
        const RetryPolicy policy;
        QCOMPARE(policy.backOff(1, 0.5), 15s);
        QCOMPARE(policy.backOff(2, 0.5), 30s);
        QCOMPARE(policy.backOff(3, 0.5), 60s);
        QCOMPARE(policy.backOff(9, 0.5), 1h);
    }

    void jitterStaysInItsShare()
    {
        const RetryPolicy policy;
        QCOMPARE(policy.backOff(1, 0.0), 7500ms);
        QVERIFY(policy.backOff(1, 0.999999) <= 22500ms);
        for (int attempt = 1; attempt < 200; ++attempt) {
            for (const double random : {0.0, 0.25, 0.75, 0.999999}) {
                QVERIFY(policy.backOff(attempt, random) >= 7500ms);
                QVERIFY(policy.backOff(attempt, random) <= 90min);
            }
        }
        RetryPolicy exact = policy;
        exact.jitter = 0.0;
        QCOMPARE(exact.backOff(2, 0.9), 30s);
    }

    void oddAttemptsDoNoHarm()
    {
        const RetryPolicy policy;
        QCOMPARE(policy.backOff(0, 0.5), 15s);
        QCOMPARE(policy.backOff(-5, 0.5), 15s);
        QCOMPARE(policy.backOff(std::numeric_limits<int>::max(), 0.5), 1h);
    }
};

QTEST_APPLESS_MAIN(TestRetryPolicy)
#include "tst_retrypolicy.moc"
