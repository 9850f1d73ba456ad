// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/privatefiles.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace queuedeck;

class TestPrivateFiles : public QObject
{
    Q_OBJECT

    static mode_t modeOf(const QString& path)
    {
        struct stat status = {};
        return ::stat(QFile::encodeName(path).constData(), &status) == 0 ? status.st_mode & 07777
                                                                         : 0;
    }

private Q_SLOTS:
    void whateverTheUmask_data()
    {
        QTest::addColumn<int>("mask");
        for (const int mask : {0, 02, 022, 077, 0777})
            QTest::addRow("%o", mask) << mask;
    }
    void whateverTheUmask()
    {
        QFETCH(int, mask);
        const QTemporaryDir folder;
        const QString deep = folder.filePath(u"a/b ü/c"_s);
        const mode_t before = ::umask(mode_t(mask));
        const base::Status made = base::makePrivateFolder(deep);
        ::umask(before);
        QVERIFY2(made, made ? "" : qPrintable(made.error().detail));
        for (const auto& part : {u"a"_s, u"a/b ü"_s, u"a/b ü/c"_s})
            QCOMPARE(modeOf(folder.filePath(part)), mode_t(0700));
        QVERIFY(base::makePrivateFolder(deep + u"/./"_s)); // already exists
    }

    void whatIsThereIsClosedToWriters()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"a"_s);
        for (const mode_t mode : {0777, 01777, 0770}) {
            QVERIFY(base::makePrivateFolder(path));
            ::chmod(QFile::encodeName(path).constData(), mode);
            QVERIFY(base::makePrivateFolder(path));
            QCOMPARE(modeOf(path), mode_t(0700));
        }
        ::chmod(QFile::encodeName(path).constData(), 0755);
        QVERIFY(base::makePrivateFolder(path));
        QCOMPARE(modeOf(path), mode_t(0755)); // readable, as the user set it
    }

    void aFileIsForItsOwner_data() { whateverTheUmask_data(); }
    void aFileIsForItsOwner()
    {
        QFETCH(int, mask);
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"new/settings.conf"_s);
        const mode_t before = ::umask(mode_t(mask));
        const base::Status made = base::makePrivateFile(path);
        ::umask(before);
        QVERIFY2(made, made ? "" : qPrintable(made.error().detail));
        QCOMPARE(modeOf(path), mode_t(0600));
        QCOMPARE(modeOf(folder.filePath(u"new"_s)), mode_t(0700));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("kept");
        file.close();
        ::chmod(QFile::encodeName(path).constData(), 0644);
        QVERIFY(base::makePrivateFile(path));
        QCOMPARE(modeOf(path), mode_t(0600));
        QCOMPARE(file.size(), 4);
    }

    void whatStandsInTheWay()
    {
        const QTemporaryDir folder;
        QFile file(folder.filePath(u"file"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        for (const auto& name : {u"file"_s, u"file/below"_s}) {
            const auto made = base::makePrivateFolder(folder.filePath(name));
            QVERIFY(!made && made.error().kind == base::ErrorKind::Denied);
        }
    }
};

QTEST_APPLESS_MAIN(TestPrivateFiles)
#include "tst_privatefiles.moc"
