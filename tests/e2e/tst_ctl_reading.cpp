// SPDX-License-Identifier: GPL-3.0-or-later
// What reading pictures costs when a user starts the program; and that no picture blocks it.
#include "tests/e2e/ctltest.h"
#include "tests/support/pictures.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTest>

#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace {
double secondsComputedByChildren()
{
    rusage usage{};
    ::getrusage(RUSAGE_CHILDREN, &usage);
    const auto seconds = [](const timeval& time) {
        return double(time.tv_sec) + double(time.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

struct Cost
{
    Ran ran;
    double computed = 0;
    double wall = 0;
};

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

int parentIn(const QByteArray& stat)
{
    return stat.mid(stat.lastIndexOf(')') + 4).split(' ').value(0).toInt();
}

// Whether a process below this one has been reading a picture for a while.
bool isReading()
{
    for (const QString& entry : QDir(u"/proc"_s).entryList(QDir::Dirs)) {
        const QByteArray stat = contentOf(u"/proc/%1/stat"_s.arg(entry));
        if (!stat.contains("(queuedeck-reade)"))
            continue;
        const int supervisor = parentIn(stat);
        const int program = parentIn(contentOf(u"/proc/%1/stat"_s.arg(supervisor)));
        const int grandparent = parentIn(contentOf(u"/proc/%1/stat"_s.arg(program)));
        const int computed = stat.mid(stat.lastIndexOf(')') + 2).split(' ').value(11).toInt();
        if (grandparent == ::getpid() && computed > 60)
            return true;
    }
    return false;
}
} // namespace

class tst_CtlReading : public CtlTest
{
    Q_OBJECT

    Cost costOfCards()
    {
        const double before = secondsComputedByChildren();
        QElapsedTimer timer;
        timer.start();
        Cost cost;
        cost.ran = ctl({u"process"_s, u"--concurrency"_s, u"1"_s, u"--until-empty"_s});
        cost.wall = double(timer.elapsed()) / 1000;
        cost.computed = secondsComputedByChildren() - before;
        return cost;
    }

    void addCards() { VERIFY_CODE(ctl(QStringList{u"scan"_s} + cards().mid(0, 4)), 0); }

    QString file(const QString& name, const QByteArray& bytes)
    {
        QFile out(path(name));
        if (out.open(QIODevice::WriteOnly))
            out.write(bytes);
        return out.fileName();
    }

private Q_SLOTS:
    // One thread computes for a reading. Four Tesseract threads used five times as much CPU time.
    void costsOneThread()
    {
        setVariable(u"OMP_THREAD_LIMIT"_s, u"8"_s); // a user may set it for other programs
        addCards();
        const Cost cost = costOfCards();
        VERIFY_CODE(cost.ran, 0);
        QCOMPARE(count(u"completed"_s), 4);
        qInfo() << cost.computed << "s computed in" << cost.wall << "s";
        QVERIFY(cost.computed < 1.15 * cost.wall);
        QVERIFY2(cost.computed < 4 * 2, qPrintable(QString::number(cost.computed)));
    }

    void costsOneThreadWithoutTheVariable()
    {
        addCards();
        const Cost cost = costOfCards();
        VERIFY_CODE(cost.ran, 0);
        QVERIFY(cost.computed < 1.15 * cost.wall);
    }

    void aStopIsPrompt()
    {
        const QString slow =
            file(u"noise.png"_s, pictures::encoded(pictures::noise({600, 400}, 3, true), "png"));
        QProcess process;
        prepare(process, {u"scan"_s, slow, u"--wait"_s});
        process.start();
        QTRY_VERIFY_WITH_TIMEOUT(isReading() || process.state() == QProcess::NotRunning, 30'000);
        QCOMPARE(process.state(), QProcess::Running);
        QElapsedTimer timer;
        timer.start();
        process.terminate();
        QVERIFY(process.waitForFinished(10'000));
        QVERIFY2(timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed())));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(count(u"pending"_s), 1); // handed back
        QCOMPARE(sql(u"SELECT attempts FROM \"Job\""_s).toInt(), 0);
    }

    void anyPictureEnds()
    {
        const QString noise =
            file(u"noise.png"_s, pictures::encoded(pictures::noise({1300, 800}, 4, false), "png"));
        const Ran read = json({u"scan"_s, noise, u"--wait"_s});
        VERIFY_CODE(read, 1);
        QCOMPARE(read.lines().first()[u"error"_s].toString(),
                 u"There is nothing to read on this picture."_s);
        const QString scans = file(u"scans.jpg"_s, pictures::manyScans({2000, 2000}, 5000));
        QElapsedTimer timer;
        timer.start();
        const Ran many = json({u"scan"_s, scans, u"--wait"_s});
        VERIFY_CODE(many, 1);
        QVERIFY(many.lines().first()[u"error"_s].toString().contains("scans"_L1));
        QVERIFY(timer.elapsed() < 10'000);
    }

    // Judged as in the window, which displays them first.
    void theDamagedAndTheAnimatedAreRefused()
    {
        const QByteArray card = contentOf(cards().value(0));
        const QImage image = QImage::fromData(card);
        const QByteArray webp = pictures::encoded(image, "webp");
        const QString animated =
            u"The picture is animated, with 2 frames. Save the one to be read as JPEG or PNG."_s;
        const Ran ran =
            json({u"scan"_s, file(u"broken.png"_s, pictures::damagedPng(card)),
                  file(u"animated.png"_s, pictures::animatedPng(card, 2)),
                  file(u"animated.webp"_s, pictures::animatedWebP(webp, image.size(), 2))});
        VERIFY_CODE(ran, 1);
        QCOMPARE(ran.lines()[0][u"error"_s].toString(),
                 u"The picture cannot be decoded: it is damaged. Copy or save it again."_s);
        QCOMPARE(ran.lines()[1][u"error"_s].toString(), animated);
        QCOMPARE(ran.lines()[2][u"error"_s].toString(), animated);
    }

    void sizesAreExact()
    {
        const QString large =
            file(u"large.png"_s, contentOf(cards().value(0)) + QByteArray(20 * 1024 * 1024, '\0'));
        const Ran ran = json({u"scan"_s, large});
        VERIFY_CODE(ran, 1);
        const QString error = ran.lines().first()[u"error"_s].toString();
        QVERIFY2(error.contains("20,971,520 (20 MB) is the limit"_L1), qPrintable(error));
        QVERIFY(!error.contains("has 20 MB"_L1));
    }

    void whatIsStoredIsThePictureAlone()
    {
        QByteArray bytes = contentOf(cards().value(0)) + "SECRET behind the end";
        const Ran ran = json({u"scan"_s, file(u"card.png"_s, bytes)});
        VERIFY_CODE(ran, 0);
        QVERIFY(!contentOf(embedded()).contains("SECRET"));
        QVERIFY(!contentOf(embedded() + u"-wal"_s).contains("SECRET"));
    }
};

QTEST_GUILESS_MAIN(tst_CtlReading)
#include "tst_ctl_reading.moc"
