// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/scan.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck::domain;

class TestScan : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void typesReadBack()
    {
        for (const ScanType type : {ScanType::BusinessCard, ScanType::LiquorLicense}) {
            QVERIFY(scanTypeFromText(scanTypeText(type)) == type);
            const QStringList fields = scanFields(type);
            QVERIFY(!fields.isEmpty());
            QVERIFY(!fields.contains(u"confidence"_s));
            QCOMPARE(QSet<QString>(fields.begin(), fields.end()).size(), fields.size());
        }
        QVERIFY(!scanTypeFromText(u"passport"_s));
        QVERIFY(!scanTypeFromText(QString()));
    }

    void confidenceIsOnlyANumber()
    {
        Scan scan;
        QVERIFY(!scan.confidence());
        scan.extractedData.insert(u"confidence"_s, u"0.9"_s);
        QVERIFY(!scan.confidence());
        scan.extractedData.insert(u"confidence"_s, 0.0);
        QVERIFY(scan.confidence() == 0.0);
    }

    void theTitleIsTheBestName()
    {
        Scan scan;
        QCOMPARE(scan.title(), QString());
        scan.extractedData.insert(u"licenseNumber"_s, u"L-1"_s);
        QCOMPARE(scan.title(), u"L-1"_s);
        scan.extractedData.insert(u"businessName"_s, u"The Bar"_s);
        QCOMPARE(scan.title(), u"The Bar"_s);
        scan.extractedData.insert(u"name"_s, 42); // not a string: ignored
        QCOMPARE(scan.title(), u"The Bar"_s);
        scan.extractedData.insert(u"name"_s, u"Ada"_s);
        QCOMPARE(scan.title(), u"Ada"_s);
    }
};

QTEST_APPLESS_MAIN(TestScan)
#include "tst_scan.moc"
