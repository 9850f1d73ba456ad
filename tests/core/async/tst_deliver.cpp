// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/async/deliver.h"
#include "core/async/taskthread.h"

#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

#include <atomic>
#include <future>
#include <optional>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using async::deliver;
using async::TaskThread;
using base::Result;

class TestDeliver : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bringsTheResultToTheReceiversThread()
    {
        TaskThread thread("deliver");
        QObject receiver;
        std::optional<Result<int>> got;
        QThread* where = nullptr;
        deliver(thread.run([]() -> Result<int> { return 7; }), &receiver, [&](Result<int> result) {
            got = std::move(result);
            where = QThread::currentThread();
        });
        QVERIFY(!got); // never synchronously, so that the caller can finish what it is doing
        QTRY_VERIFY(got);
        QCOMPARE(**got, 7);
        QCOMPARE(where, QThread::currentThread());
        QTRY_VERIFY(receiver.children().isEmpty()); // the watcher is gone
    }

    void bringsAnError()
    {
        TaskThread thread("deliver");
        std::optional<Result<void>> got;
        deliver(thread.run([]() -> Result<void> {
            return base::fail(base::ErrorKind::Timeout, u"late"_s);
        }),
                this, [&](Result<void> result) { got = std::move(result); });
        QTRY_VERIFY(got);
        QCOMPARE(got->error().kind, base::ErrorKind::Timeout);
    }

    void aReceiverThatIsGoneIsNotCalled()
    {
        TaskThread thread("deliver");
        std::promise<void> gate;
        bool called = false;
        auto receiver = std::make_unique<QObject>();
        auto future = thread.run([open = gate.get_future().share()]() -> Result<int> {
            open.wait();
            return 1;
        });
        deliver(future, receiver.get(), [&](const Result<int>&) { called = true; });
        receiver.reset();
        gate.set_value();
        future.waitForFinished();
        QTest::qWait(20);
        QVERIFY(!called);
    }

    // A result is a value: reading it first does not take it from anybody else.
    void twoReceiversGetTheSameResult()
    {
        TaskThread thread("deliver");
        QStringList got;
        const auto future = thread.run([]() -> Result<QString> { return QStringLiteral("seven"); });
        for (int i = 0; i < 2; ++i)
            deliver(future, this, [&](Result<QString> result) { got += *std::move(result); });
        QTRY_COMPARE(got, QStringList({QStringLiteral("seven"), QStringLiteral("seven")}));
        QCOMPARE(*async::resultOf(future), QStringLiteral("seven"));
    }

    void aDroppedJobIsCancelled()
    {
        std::optional<Result<int>> got;
        {
            std::promise<void> begun;
            TaskThread thread("deliver");
            (void)thread.run([&begun](async::Progress& progress) -> Result<int> {
                begun.set_value();
                while (!progress.isCanceled())
                    std::this_thread::yield();
                return 1;
            });
            deliver(thread.run([]() -> Result<int> { return 2; }), this,
                    [&](Result<int> result) { got = std::move(result); });
            begun.get_future().wait();
        }
        QTRY_VERIFY(got);
        QCOMPARE(got->error().kind, base::ErrorKind::Cancelled);
    }

    // Pages that close while their queries run: the bug that a chain of continuations has.
    void aThousandReceiversMayGoAtAnyMoment()
    {
        QRandomGenerator random(7);
        std::atomic<int> ran{0};
        int called = 0;
        int kept = 0;
        {
            std::vector<std::unique_ptr<QObject>> receivers;
            std::vector<std::unique_ptr<TaskThread>> threads;
            for (int i = 0; i < 4; ++i)
                threads.push_back(std::make_unique<TaskThread>("worker"));
            for (int i = 0; i < 1000; ++i) {
                auto receiver = std::make_unique<QObject>();
                auto* raw = receiver.get();
                deliver(threads[size_t(i % 4)]->run([&ran, i]() -> Result<int> {
                    if (i % 16 == 0)
                        std::this_thread::sleep_for(std::chrono::microseconds(200));
                    ++ran;
                    return i;
                }),
                        raw, [&called, raw, i](const Result<int>& result) {
                            QVERIFY(result && *result == i);
                            QVERIFY(raw->parent() == nullptr); // still alive
                            ++called;
                        });
                receivers.push_back(std::move(receiver));
                if (random.bounded(2) == 0)
                    receivers[size_t(random.bounded(int(receivers.size())))].reset();
                if (random.bounded(8) == 0)
                    QCoreApplication::processEvents();
            }
            QTRY_COMPARE(ran.load(), 1000);
            for (const auto& receiver : receivers)
                kept += receiver ? 1 : 0;
            QTRY_VERIFY(std::all_of(receivers.begin(), receivers.end(), [](const auto& receiver) {
                return !receiver || receiver->children().isEmpty();
            }));
        }
        QVERIFY(called >= kept);
        QVERIFY(called <= 1000);
    }
};

QTEST_GUILESS_MAIN(TestDeliver)
#include "tst_deliver.moc"
