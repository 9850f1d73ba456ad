// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures are opened in a separate program, which limits what they cost: whatever the picture,
// reading ends, a stop takes effect promptly, and the caller goes on.
#include "core/handlers/image_extraction/picturereader.h"
#include "tests/support/pictures.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <signal.h>
#include <thread>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace queuedeck::handlers;
using base::ErrorKind;
using domain::ScanType;

namespace {
QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray card()
{
    return contentOf(QStringLiteral(QUEUEDECK_SOURCE_DIR "/resources/samples/card-03.png"));
}

int parentIn(const QByteArray& stat)
{
    return stat.mid(stat.lastIndexOf(')') + 4).split(' ').value(0).toInt();
}

// The program that this process started, below its supervisor; 0 if there is none.
pid_t readerProcess()
{
    for (const QString& entry : QDir(u"/proc"_s).entryList(QDir::Dirs)) {
        const QByteArray stat = contentOf(u"/proc/%1/stat"_s.arg(entry));
        if (stat.contains("(queuedeck-reade)") && !stat.contains(") Z ") &&
            parentIn(contentOf(u"/proc/%1/stat"_s.arg(parentIn(stat)))) == ::getpid())
            return pid_t(entry.toInt());
    }
    return 0;
}

QByteArray lineOf(const char* file, const QByteArray& name)
{
    for (const QByteArray& line :
         contentOf(u"/proc/%1/%2"_s.arg(readerProcess()).arg(QLatin1String(file))).split('\n')) {
        if (line.startsWith(name))
            return line.mid(name.size()).simplified();
    }
    return {};
}

QByteArray described(const base::Result<QJsonObject>& result)
{
    return result ? "fields" : result.error().detail.toUtf8();
}
} // namespace

class TestPictureReader : public QObject
{
    Q_OBJECT

    // Reads in a thread, calls `action` in the middle of it, and returns how long reading took
    // after that.
    static std::pair<base::Result<QJsonObject>, qint64>
    interrupted(PictureReader& reader, const PictureReader::Stops& stops,
                const std::function<void()>& action)
    {
        const QByteArray slow = pictures::encoded(pictures::noise({600, 400}, 3, true), "png");
        QElapsedTimer since;
        std::thread other([&] {
            // It has used CPU time, so start-up is over.
            while (contentOf(u"/proc/%1/stat"_s.arg(readerProcess())).split(' ').value(13).toInt() <
                   60)
                std::this_thread::sleep_for(std::chrono::milliseconds(10));
            since.start();
            action();
        });
        auto result = reader.read(slow, ScanType::BusinessCard, stops);
        other.join();
        return {std::move(result), since.elapsed()};
    }

private Q_SLOTS:
    void readsManyInOneProgram()
    {
        PictureReader reader;
        const auto first = reader.read(card(), ScanType::BusinessCard, {});
        QVERIFY2(first, described(first).constData());
        QCOMPARE((*first)["name"_L1].toString(), u"Harriet Ashdown"_s);
        const pid_t program = readerProcess();
        QVERIFY(program > 0);
        QVERIFY(reader.read(card(), ScanType::BusinessCard, {}));
        const auto shown = reader.show(card(), {100, 100});
        QVERIFY2(shown, shown ? "" : qPrintable(shown.error().detail));
        QCOMPARE(shown->width(), 100);
        QCOMPARE(readerProcess(), program);
    }

    void isReplacedAfterItsShare()
    {
        PictureReader reader(pictureReaderProgram(), {std::chrono::seconds(60), 2});
        QVERIFY(reader.show(card()));
        const pid_t program = readerProcess();
        QVERIFY(reader.show(card()));
        QCOMPARE(readerProcess(), program);
        QVERIFY(reader.show(card()));
        QVERIFY(readerProcess() > 0 && readerProcess() != program);
    }

    void isConfined()
    {
        PictureReader reader;
        QVERIFY(reader.show(card()));
        QCOMPARE(lineOf("limits", "Max core file size"), QByteArray("0 0 bytes"));
        QCOMPARE(lineOf("limits", "Max file size"), QByteArray("0 0 bytes"));
        QVERIFY(lineOf("limits", "Max open files").startsWith("32 "));
        QCOMPARE(lineOf("status", "Seccomp:"), QByteArray("2"));
#ifndef __SANITIZE_ADDRESS__
        QVERIFY(lineOf("limits", "Max address space").startsWith("671088640 "));
#endif
    }

    void showsWhatItWasGiven()
    {
        PictureReader reader;
        QImage image(301, 200, QImage::Format_ARGB32);
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x)
                image.setPixel(x, y, qRgba(x % 256, y, x ^ y, 255 - y));
        }
        const auto whole = reader.show(pictures::encoded(image, "png"));
        QVERIFY(whole);
        QCOMPARE(whole->convertToFormat(QImage::Format_ARGB32), image);
        const auto small = reader.show(pictures::encoded(image, "png"), {30, 30});
        QVERIFY(small);
        QCOMPARE(small->width(), 30);
    }

    void opensTheLargestPicture()
    {
        QImage large(5000, 5000, QImage::Format_RGB32);
        large.fill(Qt::white);
        PictureReader reader;
        for (const char* format : {"png", "jpeg", "webp"}) {
            const auto shown = reader.show(pictures::encoded(large, format));
            QVERIFY2(shown, format);
            QCOMPARE(shown->size(), large.size());
        }
        QCOMPARE(
            reader.read(pictures::encoded(large, "png"), ScanType::BusinessCard, {}).error().detail,
            u"There is nothing to read on this picture."_s);
    }

    void endsWithNothingToRead()
    {
        std::vector<std::pair<QString, QByteArray>> all{
            {u"white"_s, pictures::encoded(pictures::specks({600, 400}, 0), "png")},
            {u"black"_s, pictures::encoded(pictures::specks({600, 400}, 100), "png")},
            {u"a dot"_s, pictures::encoded(pictures::specks({1, 1}, 0), "png")},
            {u"a line"_s, pictures::encoded(pictures::specks({4000, 1}, 0), "png")}};
        const auto add = [&all](const char* kind, int number, QSize size, const QByteArray& bytes) {
            all.emplace_back(
                u"%1 %2, %3 wide"_s.arg(QLatin1String(kind)).arg(number).arg(size.width()), bytes);
        };
        for (const QSize size : {QSize(500, 300), QSize(1300, 800), QSize(3000, 2000)}) {
            for (const int grain : {1, 4, 12}) {
                for (const bool isBinary : {false, true})
                    add(isBinary ? "black and white" : "grey", grain, size,
                        pictures::encoded(pictures::noise(size, grain, isBinary), "png"));
            }
            add("jpeg", 1, size, pictures::encoded(pictures::noise(size, 1, false), "jpeg", 50));
            add("specks", 2, size, pictures::encoded(pictures::specks(size, 2), "png"));
        }
        // The limit is on CPU time; on a busy machine that takes a while to use up.
        PictureReader reader(pictureReaderProgram(), {std::chrono::minutes(5), 100});
        for (const auto& [name, picture] : all) {
            const auto result = reader.read(picture, ScanType::BusinessCard, {});
            QVERIFY2(!result, qPrintable(name));
            QVERIFY2(result.error().detail == u"There is nothing to read on this picture."_s,
                     qPrintable(name + u": "_s + result.error().detail));
        }
    }

    void aStopIsPrompt()
    {
        PictureReader reader;
        std::stop_source stop;
        const auto [result, ms] =
            interrupted(reader, {stop.get_token(), {}}, [&] { stop.request_stop(); });
        QVERIFY(!result);
        QCOMPARE(result.error().kind, ErrorKind::Cancelled);
        QVERIFY2(ms < 1000, qPrintable(QString::number(ms)));
        QCOMPARE(readerProcess(), 0);
    }

    void leavingIsPromptToo()
    {
        PictureReader reader;
        std::stop_source leaving;
        const auto [result, ms] =
            interrupted(reader, {{}, leaving.get_token()}, [&] { leaving.request_stop(); });
        QVERIFY(!result);
        QCOMPARE(result.error().kind, ErrorKind::Cancelled);
        QVERIFY2(ms < 1000, qPrintable(QString::number(ms)));
    }

    void aCrashHurtsThatPictureOnly_data()
    {
        QTest::addColumn<int>("blow");
        QTest::addColumn<ErrorKind>("kind");
        QTest::newRow("segmentation fault") << SIGSEGV << ErrorKind::Internal;
        QTest::newRow("killed for memory") << SIGKILL << ErrorKind::Internal;
        QTest::newRow("too much computing") << SIGXCPU << ErrorKind::Invalid;
    }

    void aCrashHurtsThatPictureOnly()
    {
        QFETCH(int, blow);
        QFETCH(ErrorKind, kind);
        PictureReader reader;
        const auto [result, ms] =
            interrupted(reader, {}, [blow] { ::kill(readerProcess(), blow); });
        QVERIFY(!result);
        QCOMPARE(result.error().kind, kind);
        QVERIFY(!result.error().detail.isEmpty());
        QVERIFY(reader.read(card(), ScanType::BusinessCard, {}));
    }

    void itsTimeEnds()
    {
        PictureReader reader(pictureReaderProgram(), {std::chrono::milliseconds(700), 100});
        QElapsedTimer timer;
        timer.start();
        const auto result =
            reader.read(pictures::encoded(pictures::noise({600, 400}, 3, true), "png"),
                        ScanType::BusinessCard, {});
        QVERIFY(!result);
        QCOMPARE(result.error().kind, ErrorKind::Timeout);
        QVERIFY(timer.elapsed() < 2500);
    }

    void manyScansEnd()
    {
        PictureReader reader;
        const QByteArray picture = pictures::manyScans({2000, 2000}, 5000);
        QVERIFY(picture.size() < 2'000'000);
        QElapsedTimer timer;
        timer.start();
        const auto result = reader.read(picture, ScanType::BusinessCard, {});
        QVERIFY(!result);
        QCOMPARE(result.error().kind, ErrorKind::Invalid);
        QVERIFY(timer.elapsed() < 30'000);
        // The largest number allowed costs no more than a card.
        const auto few = reader.show(pictures::manyScans({5000, 5000}, 80));
        QVERIFY2(few, few ? "" : qPrintable(few.error().detail));
    }

    void theProgramIsMissing()
    {
        PictureReader reader(u"/nowhere/queuedeck-reader"_s, {});
        const auto result = reader.show(card());
        QVERIFY(!result);
        QVERIFY(result.error().detail.contains("/nowhere/queuedeck-reader"_L1));
        PictureReader none(QString(), {});
        QCOMPARE(none.show(card()).error().kind, ErrorKind::Unsupported);
    }

    // The reader may be compromised.
    void nonsenseIsNoAnswer_data()
    {
        QTest::addColumn<QString>("script");
        QTest::newRow("text") << u"echo hello there, this is no answer >&2; sleep 5"_s;
        QTest::newRow("too long") << u"printf '\\1\\0\\0\\0\\377\\377\\377\\377' >&2; sleep 5"_s;
        QTest::newRow("no JSON") << u"printf '\\1\\0\\0\\0\\2\\0\\0\\0xx' >&2; sleep 5"_s;
        QTest::newRow("another kind") << u"printf '\\2\\0\\0\\0\\2\\0\\0\\0xx' >&2; sleep 5"_s;
        QTest::newRow("a list") << u"printf '\\1\\0\\0\\0\\2\\0\\0\\0[]' >&2; sleep 5"_s;
        QTest::newRow("more than announced")
            << u"printf '\\1\\0\\0\\0\\2\\0\\0\\0{}{}' >&2; sleep 5"_s;
        QTest::newRow("half") << u"printf '\\1\\0\\0\\0\\11\\0\\0\\0{}' >&2"_s;
        QTest::newRow("nothing") << u"exit 0"_s;
    }

    void nonsenseIsNoAnswer()
    {
        QFETCH(QString, script);
        QTemporaryDir folder;
        const QString program = folder.filePath(u"reader"_s);
        QFile file(program);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("#!/bin/sh\n" + script.toUtf8() + "\n");
        file.close();
        file.setPermissions(QFile::ReadOwner | QFile::ExeOwner);
        PictureReader reader(program, {std::chrono::seconds(30), 100});
        const auto result = reader.read(card(), ScanType::BusinessCard, {});
        QVERIFY(!result);
        QCOMPARE(result.error().kind, ErrorKind::Internal);
    }
};

QTEST_GUILESS_MAIN(TestPictureReader)
#include "tst_picturereader.moc"
