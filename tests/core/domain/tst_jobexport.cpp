// SPDX-License-Identifier: GPL-3.0-or-later
// What may be chosen for an export, and what is hidden from the start.
#include "core/domain/jobexport.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck::domain;

class TestJobExport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void columnsByName();
    void pathsAndMasks();
    void startsHidden_data();
    void startsHidden();
    void refusesWhatCannotBeWritten();
};

void TestJobExport::columnsByName()
{
    for (int i = 0; i < kExportColumns; ++i) {
        const auto column = ExportColumn(i);
        const auto found = exportColumnsFrom({exportColumnName(column)});
        QVERIFY(found && *found == QVector{column});
    }
    const auto two = exportColumnsFrom({u" PAYLOAD "_s, u"createdat"_s});
    QVERIFY(two && (*two == QVector{ExportColumn::Payload, ExportColumn::CreatedAt}));
    const auto unknown = exportColumnsFrom({u"tries"_s});
    QVERIFY(!unknown && unknown.error().detail.contains("attempts"_L1));
    QVERIFY(!exportColumnsFrom({u"id"_s, u"id"_s}));
    for (const ExportFormat format : {ExportFormat::Csv, ExportFormat::Jsonl, ExportFormat::Xlsx})
        QCOMPARE(exportFormatFrom(exportFormatName(format)), format);
    QVERIFY(!exportFormatFrom(u"xml"_s));
}

void TestJobExport::pathsAndMasks()
{
    QCOMPARE(exportPathFrom(u"payload.uploader.email"_s)->path, u"uploader.email"_s);
    QCOMPARE(exportPathFrom(u"uploader"_s)->steps(), QStringList{u"uploader"_s});
    for (const QString& wrong : {u""_s, u"payload."_s, u"a..b"_s, u".a"_s, u"a."_s})
        QVERIFY2(!exportPathFrom(wrong), qPrintable(wrong));
    const auto mask = exportMaskFrom(u"payload.a=b.c=hash"_s);
    QVERIFY(mask && (*mask == ExportPath{u"a=b.c"_s, Masking::Hashed}));
    QCOMPARE(exportMaskFrom(u"a=hide"_s)->masking, Masking::Hidden);
    QCOMPARE(exportMaskFrom(u"a=host"_s)->masking, Masking::HostOnly);
    for (const QString& wrong : {u"a"_s, u"=hide"_s, u"a=shown"_s, u"a="_s})
        QVERIFY2(!exportMaskFrom(wrong), qPrintable(wrong));
}

void TestJobExport::startsHidden_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("example");
    QTest::addColumn<Masking>("masking");
    const auto row = [](const QString& path, const QString& example, Masking masking) {
        QTest::newRow(qPrintable(path + u' ' + example)) << path << example << masking;
    };
    row(u"uploader.email"_s, u"x"_s, Masking::Hidden);
    row(u"contactEmail"_s, u"x"_s, Masking::Hidden);
    row(u"first_name"_s, u"x"_s, Masking::Hidden);
    row(u"customer.name"_s, u"x"_s, Masking::Hidden);
    row(u"phoneNumber"_s, u"x"_s, Masking::Hidden);
    row(u"note"_s, u"jo@example.com"_s, Masking::Hidden);
    row(u"accessToken"_s, u"x"_s, Masking::Hidden);
    row(u"fileName"_s, u"a.csv"_s, Masking::AsStored);
    row(u"scanId"_s, u"0f6b7d52"_s, Masking::AsStored);
    row(u"imageUrl"_s, u"https://cdn.example/t/a?key=1"_s, Masking::HostOnly);
    row(u"period"_s, u"last_week"_s, Masking::AsStored);
}

void TestJobExport::startsHidden()
{
    QFETCH(QString, path);
    QFETCH(QString, example);
    QFETCH(Masking, masking);
    QCOMPARE(usualMasking(path, example), masking);
}

void TestJobExport::refusesWhatCannotBeWritten()
{
    ExportChoice choice;
    QVERIFY(checkExport(choice));
    choice.zone = "Mars/Olympus";
    QVERIFY(checkExport(choice).error().detail.contains("Mars/Olympus"_L1));
    choice = {};
    choice.columns.clear();
    QVERIFY(!checkExport(choice));
    choice = {};
    choice.format = ExportFormat::Xlsx;
    choice.isCompressed = true;
    QVERIFY(!checkExport(choice));
    choice = {};
    choice.paths = {{u"a"_s}, {u"a"_s, Masking::Hidden}};
    QVERIFY(!checkExport(choice));
    choice = {};
    choice.columns = {ExportColumn::Payload};
    choice.payload = ExportChoice::Payload::Paths;
    QVERIFY(!checkExport(choice));
}

QTEST_GUILESS_MAIN(TestJobExport)
#include "tst_jobexport.moc"
