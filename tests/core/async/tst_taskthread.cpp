// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/async/taskthread.h"

#include <QTest>
#include <QVector>

#include <atomic>
#include <future>
#include <optional>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using async::Progress;
using async::TaskThread;
using base::Result;

class TestTaskThread : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void runsInOrderOnOneOtherThread()
    {
        QVector<int> order;
        QSet<Qt::HANDLE> threads;
        QFuture<Result<int>> last;
        TaskThread thread("order");
        for (int i = 0; i < 1000; ++i) {
            last = thread.run([&, i]() -> Result<int> {
                order.append(i);
                threads.insert(QThread::currentThreadId());
                return i;
            });
        }
        QCOMPARE(*last.result(), 999);
        QCOMPARE(order.size(), 1000);
        QVERIFY(std::is_sorted(order.begin(), order.end()));
        QCOMPARE(threads.size(), 1);
        QVERIFY(!threads.contains(QThread::currentThreadId()));
    }

    void anErrorIsAResult()
    {
        TaskThread thread("error");
        const auto result = thread
                                .run([]() -> Result<int> {
                                    return base::fail(base::ErrorKind::NotFound, u"gone"_s);
                                })
                                .result();
        QCOMPARE(result.error().kind, base::ErrorKind::NotFound);
    }

    void aCancelledJobIsNotBegun()
    {
        TaskThread thread("cancel");
        std::promise<void> gate;
        auto first = thread.run([open = gate.get_future().share()]() -> Result<int> {
            open.wait();
            return 1;
        });
        bool ran = false;
        auto second = thread.run([&ran]() -> Result<int> {
            ran = true;
            return 2;
        });
        second.cancel();
        gate.set_value();
        second.waitForFinished();
        QCOMPARE(*first.result(), 1);
        QVERIFY(!ran);
        QCOMPARE(second.resultCount(), 0);
    }

    void aLongJobReportsAndStops()
    {
        TaskThread thread("progress");
        std::promise<void> begun;
        auto future = thread.run([&begun](Progress& progress) -> Result<int> {
            progress.report(3, 10);
            begun.set_value();
            while (!progress.isCanceled())
                std::this_thread::yield();
            return 3;
        });
        begun.get_future().wait();
        QCOMPARE(future.progressMaximum(), 10);
        QCOMPARE(future.progressValue(), 3);
        future.cancel();
        future.waitForFinished();
        QVERIFY(future.isFinished());
    }

    // The running job is told to stop and waited for; the others are dropped; then the thread
    // cleans up.
    void destructionWaitsAndDrops()
    {
        std::atomic<bool> finished{false};
        std::atomic<bool> cleaned{false};
        std::atomic<int> droppedRan{0};
        QVector<QFuture<Result<int>>> dropped;
        QFuture<Result<int>> running;
        {
            std::promise<void> begun;
            TaskThread thread("end", [&] { cleaned = finished.load(); });
            running = thread.run([&](Progress& progress) -> Result<int> {
                begun.set_value();
                while (!progress.isCanceled())
                    std::this_thread::yield();
                std::this_thread::sleep_for(std::chrono::milliseconds(20));
                finished = true;
                return 1;
            });
            for (int i = 0; i < 10; ++i)
                dropped.append(thread.run([&droppedRan]() -> Result<int> { return ++droppedRan; }));
            begun.get_future().wait();
        }
        QVERIFY(finished);
        QVERIFY(cleaned);
        QCOMPARE(*running.result(), 1);
        QCOMPARE(droppedRan.load(), 0);
        for (auto& future : dropped) {
            QVERIFY(future.isFinished());
            QVERIFY(future.isCanceled());
            QCOMPARE(future.resultCount(), 0);
        }
    }

    void manyThreadsMayAsk()
    {
        int sum = 0; // touched by that one thread only
        {
            TaskThread thread("many");
            QVector<QFuture<Result<int>>> futures;
            std::mutex mutex;
            {
                std::vector<std::jthread> askers;
                for (int i = 0; i < 4; ++i) {
                    askers.emplace_back([&] {
                        for (int n = 0; n < 500; ++n) {
                            auto future = thread.run([&sum]() -> Result<int> { return ++sum; });
                            const std::lock_guard lock(mutex);
                            futures.append(future);
                        }
                    });
                }
            }
            for (auto& future : futures)
                future.waitForFinished();
        }
        QCOMPARE(sum, 2000);
    }
};

QTEST_GUILESS_MAIN(TestTaskThread)
#include "tst_taskthread.moc"
