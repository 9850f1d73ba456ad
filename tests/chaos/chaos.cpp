// SPDX-License-Identifier: GPL-3.0-or-later
// `./dev chaos [SCENARIO…] [--short] [--seed N] [--jobs N] [--json]`: breaks engines, servers and
// connections at random while they work, and counts. Exits with 1 if a guarantee was broken, and
// prints the seed that repeats the same failures.
#include "tests/chaos/scenarios.h"
#include "tests/chaos/worker.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTextStream>

#include <random>

using namespace Qt::StringLiterals;
using namespace queuedeck;

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == "--worker"_L1)
        return chaos::runWorker();
    if (arguments.value(1) == "--foreign"_L1)
        return chaos::runForeign();

    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOption({u"short"_s, u"As in ./dev test."_s});
    parser.addOption({u"seed"_s, u"Makes the same blows again."_s, u"N"_s});
    parser.addOption({u"jobs"_s, u"So many jobs a scenario."_s, u"N"_s});
    parser.addOption({u"json"_s, u"Prints one JSON document."_s});
    parser.addPositionalArgument(u"scenario"_s, u"Only these."_s, u"[SCENARIO…]"_s);
    parser.process(application);

    QTextStream out(stdout);
    const uint seed =
        parser.isSet(u"seed"_s) ? parser.value(u"seed"_s).toUInt() : std::random_device()();
    QStringList wanted = parser.positionalArguments();
    QJsonObject figures;
    int broken = 0;
    for (const chaos::Scenario& scenario : chaos::scenarios()) {
        if (!wanted.isEmpty() && !wanted.contains(scenario.name))
            continue;
        chaos::Plan plan = parser.isSet(u"short"_s) ? scenario.shortPlan : scenario.longPlan;
        plan.seed = seed;
        if (parser.isSet(u"jobs"_s))
            plan.jobs = parser.value(u"jobs"_s).toInt();
        QElapsedTimer timer;
        timer.start();
        QJsonObject result;
        {
            chaos::Testbed testbed(plan);
            scenario.make(testbed);
            result = testbed.judge();
        }
        result[u"blows"_s] = plan.blows;
        result[u"seconds"_s] = double(timer.elapsed()) / 1000;
        figures[scenario.name] = result;
        const QJsonArray wrong = result[u"wrong"_s].toArray();
        broken += int(wrong.size());
        if (parser.isSet(u"json"_s))
            continue;
        out << u"%1 (%2)\n"_s.arg(scenario.name, scenario.what)
            << u"  %1 jobs, %2 blows, %3 s: lost %4, settled twice %5, stale accepted %6, leases "
               "leaked %7\n"_s.arg(result[u"jobs"_s].toInt())
                   .arg(plan.blows)
                   .arg(result[u"seconds"_s].toDouble(), 0, 'f', 1)
                   .arg(result[u"lost"_s].toInt())
                   .arg(result[u"settledTwice"_s].toInt())
                   .arg(result[u"staleAccepted"_s].toInt())
                   .arg(result[u"leasesLeaked"_s].toInt())
            << u"  started more than once %1, finished more than once %2, latest rescue %3 s after "
               "the lease\n"_s.arg(result[u"startedMoreThanOnce"_s].toInt())
                   .arg(result[u"finishedMoreThanOnce"_s].toInt())
                   .arg(result[u"latestRescueSeconds"_s].toDouble(), 0, 'f', 2);
        for (const QJsonValue& sentence : wrong)
            out << u"  WRONG: %1. Again with: ./dev chaos %2 --seed %3%4\n"_s
                       .arg(sentence.toString(), scenario.name)
                       .arg(seed)
                       .arg(parser.isSet(u"short"_s) ? u" --short"_s : QString());
        out.flush();
    }
    if (parser.isSet(u"json"_s))
        out << QJsonDocument(figures).toJson(QJsonDocument::Compact) << Qt::endl;
    return broken == 0 ? 0 : 1;
}
