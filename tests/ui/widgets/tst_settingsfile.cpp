// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever the file of settings is like, the program starts and loses nothing of it.
#include "ui/widgets/settings.h"
#include "ui/widgets/settingsfile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace queuedeck::ui;

class TestSettingsFile : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;

    QString path() const { return m_folder->filePath(u"Queuedeck/settings.conf"_s); }
    QByteArray content() const
    {
        QFile file(path());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(none)");
    }
    void put(const QByteArray& bytes) const
    {
        QDir().mkpath(QFileInfo(path()).absolutePath());
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }
    QStringList kept() const
    {
        return QDir(QFileInfo(path()).absolutePath()).entryList({u"*.broken-*"_s});
    }

private Q_SLOTS:
    void init();
    void none();
    void noFolder();
    void ours();
    void ofANewerVersion();
    void broken_data();
    void broken();
    void readOnly();
    void aFolderInItsPlace();
    void valuesOfOtherTypes();
};

void TestSettingsFile::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_folder->path());
    QCoreApplication::setOrganizationName(u"Queuedeck"_s);
    QCoreApplication::setApplicationName(u"settings"_s);
    QCOMPARE(QSettings().fileName(), path());
}

void TestSettingsFile::none()
{
    const SettingsFile file;
    QVERIFY(file.trouble().isEmpty());
    settings::rowDensity().write(2);
    QCOMPARE(settings::rowDensity().read(), 2);
    QCOMPARE(QFile::permissions(path()) & ~(QFile::ReadUser | QFile::WriteUser),
             QFile::ReadOwner | QFile::WriteOwner); // of nobody else's business
}

void TestSettingsFile::noFolder()
{
    QFile inTheWay(QFileInfo(path()).absolutePath());
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    inTheWay.close();
    const SettingsFile file;
    QVERIFY(file.isCopy());
    QVERIFY(file.trouble().contains(path()));
    settings::rowDensity().write(2);
    QCOMPARE(settings::rowDensity().read(), 2); // until the program ends
}

void TestSettingsFile::ours()
{
    put("[window]\nrowDensity=0\nunknown=stays\n");
    const SettingsFile file;
    QVERIFY(file.trouble().isEmpty());
    QCOMPARE(settings::rowDensity().read(), 0);
    settings::rowDensity().write(3);
    QVERIFY(content().contains("unknown=stays"));
    QVERIFY(content().contains("version=1"));
}

void TestSettingsFile::ofANewerVersion()
{
    const QByteArray newer =
        "[settings]\nversion=2\n\n[window]\nrowDensity=0\nfuture=@Nobody(knows)\n";
    put(newer);
    {
        const SettingsFile file;
        QVERIFY(file.trouble().contains("newer"_L1));
        QVERIFY(file.isCopy());
        QCOMPARE(settings::rowDensity().read(), 0); // used as far as it is understood
        settings::rowDensity().write(3);
        QCOMPARE(settings::rowDensity().read(), 3); // until the end of this run
    }
    QCOMPARE(content(), newer);
    QCOMPARE(settings::rowDensity().read(), 0);
}

void TestSettingsFile::broken_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("no such line") << QByteArray("[window\nrowDensity 3\n[[[\n");
    QTest::newRow("zeros after a crash") << QByteArray(4096, '\0');
    QTest::newRow("half written") << QByteArray("[window]\nrowDensity=3\ngeom") +
                                         QByteArray(64, '\0');
}

void TestSettingsFile::broken()
{
    QFETCH(QByteArray, bytes);
    put(bytes);
    const SettingsFile file;
    QVERIFY(!file.trouble().isEmpty());
    QCOMPARE(kept().size(), 1);
    QFile aside(QFileInfo(path()).absolutePath() + u'/' + kept().first());
    QVERIFY(aside.open(QIODevice::ReadOnly));
    QCOMPARE(aside.readAll(), bytes);
    QCOMPARE(settings::rowDensity().read(), 1);
    settings::rowDensity().write(2);
    QCOMPARE(settings::rowDensity().read(), 2);
}

void TestSettingsFile::readOnly()
{
    if (::geteuid() == 0)
        QSKIP("Root may write anything.");
    put("[window]\nrowDensity=0\n");
    const QByteArray before = content();
    QFile::setPermissions(path(), QFile::ReadOwner);
    {
        const SettingsFile file;
        QVERIFY(file.trouble().contains("cannot be written"_L1));
        QCOMPARE(settings::rowDensity().read(), 0);
        settings::rowDensity().write(2);
        QCOMPARE(settings::rowDensity().read(), 2);
    }
    QCOMPARE(content(), before);
}

void TestSettingsFile::aFolderInItsPlace()
{
    QVERIFY(QDir().mkpath(path()));
    const SettingsFile file;
    QVERIFY(!file.trouble().isEmpty());
    settings::rowDensity().write(2);
    QCOMPARE(settings::rowDensity().read(), 2);
    QVERIFY(QFileInfo(path()).isDir());
}

void TestSettingsFile::valuesOfOtherTypes()
{
    put("[window]\nrowDensity=many\ntextPercent=99999999999\nlocalTimes=@ByteArray(x)\n"
        "geometry=nothing\n[export]\nformat=@Invalid()\n");
    const SettingsFile file;
    QVERIFY(file.trouble().isEmpty());
    QCOMPARE(settings::rowDensity().read(), 1);
    QCOMPARE(settings::textPercent().read(), 100);
    settings::localTimes().read();
    settings::window().read();
    settings::exportFormat().read();
}

QTEST_GUILESS_MAIN(TestSettingsFile)
#include "tst_settingsfile.moc"
