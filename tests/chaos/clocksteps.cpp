// SPDX-License-Identifier: GPL-3.0-or-later
// The computer's clock is set forwards and backwards by two minutes (four lease times) while
// engines work on a SQLite file, whose leases depend on that clock; at the same moment one of them
// exits and another starts. None of them is killed, so no job may be run twice.
#include "tests/chaos/ledger.h"
#include "tests/chaos/outages.h"

#include <QDateTime>
#include <QProcessEnvironment>
#include <QSaveFile>
#include <QThread>

using namespace Qt::StringLiterals;

namespace queuedeck::chaos {

namespace {
constexpr int kStep = 120; // seconds

// Fakes the wall clock of a process only: steady clocks run on, as they do in reality.
QMap<QString, QString> clockOf(const Testbed& testbed)
{
    return {{u"LD_PRELOAD"_s, u"/usr/$LIB/faketime/libfaketimeMT.so.1"_s},
            {u"FAKETIME_TIMESTAMP_FILE"_s, testbed.file(u"clock"_s)},
            {u"FAKETIME_NO_CACHE"_s, u"1"_s},
            {u"FAKETIME_DONT_FAKE_MONOTONIC"_s, u"1"_s},
            {u"DONT_FAKE_MONOTONIC"_s, u"1"_s}};
}

void setClock(const Testbed& testbed, int seconds)
{
    QSaveFile file(testbed.file(u"clock"_s));
    if (!file.open(QIODevice::WriteOnly) ||
        file.write(QByteArray::number(seconds).prepend(seconds < 0 ? "" : "+") + '\n') < 0 ||
        !file.commit())
        qFatal("chaos: the clock cannot be set");
}

// Without the package the clock would not be set, and the test could never fail.
void mustBeSettable(const Testbed& testbed)
{
    QProcess date;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    const QMap<QString, QString> clock = clockOf(testbed);
    for (auto variable = clock.cbegin(); variable != clock.cend(); ++variable)
        environment.insert(variable.key(), variable.value());
    date.setProcessEnvironment(environment);
    setClock(testbed, kStep);
    date.start(u"date"_s, {u"+%s"_s});
    date.waitForFinished();
    if (date.readAllStandardOutput().toLongLong() - QDateTime::currentSecsSinceEpoch() < kStep / 2)
        qFatal("chaos: the clock cannot be set. Install the package faketime.");
}
} // namespace

void clocksteps(Testbed& testbed)
{
    mustBeSettable(testbed);
    setClock(testbed, 0);
    Programs programs(testbed, testbed.url(), clockOf(testbed));
    testbed.enqueue(testbed.plan().jobs);
    programs.start(testbed.plan().engines);
    programs.waitForWork();
    for (int i = 0; i < testbed.plan().blows; ++i) {
        QThread::msleep(ulong(testbed.dice(4000)));
        if (testbed.unfinished() < 100)
            testbed.enqueue(100);
        setClock(testbed, (testbed.dice(3) - 1) * kStep);
        if (i % 2 == 0)
            programs.replace(testbed.dice(int(programs.count())));
        programs.missTheGone();
    }
    finish(testbed, programs);
    if (const int twice = Ledger::read(testbed.file(kLedgerFile)).startedMoreThanOnce(); twice > 0)
        testbed.blame(u"%1 jobs run more than once though no engine died"_s.arg(twice));
    if (const double lost = testbed.number(testbed.audit().lost); lost > 0)
        testbed.blame(u"%1 jobs taken from engines that were alive"_s.arg(lost));
}

} // namespace queuedeck::chaos
