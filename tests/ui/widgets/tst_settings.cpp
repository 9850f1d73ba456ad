// SPDX-License-Identifier: GPL-3.0-or-later
// What is kept from one start to the next, and what applies until the user chooses.
#include "ui/widgets/settings.h"

#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck::ui;

class TestSettings : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

private Q_SLOTS:
    void initTestCase()
    {
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_folder.path());
        QCoreApplication::setOrganizationName(u"Queuedeck"_s);
        QCoreApplication::setApplicationName(u"settings"_s);
    }

    void databasesOfOthersArePolledLessOften()
    {
        QCOMPARE(settings::interval(u"own"_s, true).read(), 1);
        QCOMPARE(settings::interval(u"other"_s, false).read(), 5);
    }

    void aChosenIntervalBelongsToItsDatabase()
    {
        settings::interval(u"one"_s, false).write(20);
        QCOMPARE(settings::interval(u"one"_s, false).read(), 20);
        QCOMPARE(settings::interval(u"one"_s, true).read(), 20);
        QCOMPARE(settings::interval(u"two"_s, false).read(), 5);
    }
};

QTEST_MAIN(TestSettings)
#include "tst_settings.moc"
