// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/ocr.h"

#include <QDir>
#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryDir>

#include <sys/resource.h>

using namespace Qt::StringLiterals;

namespace queuedeck::bench {

namespace {
constexpr int kCards = 16;

rusage usageOfChildren()
{
    rusage usage{};
    ::getrusage(RUSAGE_CHILDREN, &usage);
    return usage;
}

double secondsIn(const rusage& usage)
{
    return double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

// Only variables that a user has: neither ours nor those of OpenMP.
bool run(const QString& home, const QStringList& arguments)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString& name : environment.keys()) {
        if (name.startsWith("OMP_"_L1) || name.endsWith("DATABASE_URL"_L1))
            environment.remove(name);
    }
    environment.insert(u"QUEUEDECK_HOME"_s, home);
    QProcess process;
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral(QUEUEDECK_BIN_DIR "/queuedeckctl"), arguments);
    return process.waitForFinished(600'000) && process.exitCode() == 0;
}
} // namespace

QJsonObject ocr()
{
    const QDir samples(QStringLiteral(QUEUEDECK_SOURCE_DIR "/resources/samples"));
    const QStringList names = samples.entryList({u"card-*.png"_s}, QDir::Files, QDir::Name);
    QStringList add{u"scan"_s};
    for (int i = 0; i < kCards && !names.isEmpty(); ++i)
        add += samples.filePath(names[i % names.size()]);
    const QTemporaryDir folder;
    QJsonObject figures{{u"cards"_s, kCards}};
    for (const int workers : {1, 2}) {
        const QString home = folder.filePath(QString::number(workers));
        if (!run(home, add))
            qFatal("The cards could not be added.");
        const rusage before = usageOfChildren();
        QElapsedTimer timer;
        timer.start();
        run(home, {u"process"_s, u"--until-empty"_s, u"--concurrency"_s, QString::number(workers)});
        const double wall = double(timer.elapsed()) / 1000;
        const rusage after = usageOfChildren();
        const double computed = secondsIn(after) - secondsIn(before);
        figures[workers == 1 ? u"oneWorker"_s : u"twoWorkers"_s] =
            QJsonObject{{u"computedSeconds"_s, computed},
                        {u"wallSeconds"_s, wall},
                        {u"computedSecondsACard"_s, computed / kCards},
                        {u"cardsASecond"_s, kCards / wall},
                        {u"shareOfOneCore"_s, computed / wall},
                        {u"contextSwitches"_s, qint64(after.ru_nvcsw + after.ru_nivcsw -
                                                      before.ru_nvcsw - before.ru_nivcsw)}};
    }
    return figures;
}

} // namespace queuedeck::bench
