// SPDX-License-Identifier: GPL-3.0-or-later
// export: everything that matches, once, whole, in a file that is there or not.
#include "tests/e2e/ctltest.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

#include <sys/stat.h>

using namespace Qt::StringLiterals;

class tst_CtlExport : public CtlTest
{
    Q_OBJECT

    static QByteArray content(const QString& path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private Q_SLOTS:
    void allThatMatches();
    void asItIsStored();
    void formulasAreDisarmed();
    void nothingHalfWritten();
    void toStandardOutput();
    void columnsPathsAndMasks();
    void workbooksAndCompressed();
    void whatCannotBeSays();
    void whenTheDiskIsFull();
};

void tst_CtlExport::allThatMatches()
{
    const QStringList reports = add(1203, kReport, u"{}"_s); // pages of 500, the last one partial
    const QStringList others = add(7, kOwn, u"{\"n\": 1}"_s);
    const QString file = path(u"jobs.jsonl"_s);
    const Ran ran = json({u"export"_s, u"--where"_s, u"type:"_s + kReport, u"-o"_s, file});
    VERIFY_CODE(ran, 0);
    QCOMPARE(ran.json()[u"jobs"_s].toInt(), 1203);
    QSet<QString> ids;
    QList<QByteArray> lines = content(file).trimmed().split('\n');
    for (const QByteArray& line : std::as_const(lines)) {
        const QJsonObject job = QJsonDocument::fromJson(line).object();
        QCOMPARE(job[u"type"_s].toString(), kReport);
        ids += job[u"id"_s].toString();
    }
    QCOMPARE(lines.size(), 1203);
    QCOMPARE(ids, asSet(reports));
    QCOMPARE(QFileInfo(file).permissions() & (QFile::ReadGroup | QFile::ReadOther),
             QFile::Permissions()); // payloads are nobody else's business

    const QString csv = path(u"jobs.csv"_s);
    VERIFY_CODE(ctl({u"export"_s, u"-o"_s, csv}), 0);
    QCOMPARE(content(csv).count("\r\n"), 1 + 1203 + 7);
    QVERIFY(content(csv).startsWith("id,type,status,attempts,createdAt,completedAt,error,payload"));
    for (const QString& id : others)
        QVERIFY(content(csv).contains(id.toUtf8()));
}

void tst_CtlExport::asItIsStored()
{
    add(1, kOwn, u"{\"z\": 1, \"a\": 12345678901234567890, \"b\": 1.0}"_s);
    const Ran ran = ctl({u"export"_s, u"--format"_s, u"jsonl"_s});
    VERIFY_CODE(ran, 0);
    QVERIFY2(ran.out.contains("\"z\": 1, \"a\": 12345678901234567890, \"b\": 1.0"), ran.out);
}

void tst_CtlExport::formulasAreDisarmed()
{
    add(1, kOwn, u"{}"_s);
    sql(u"UPDATE \"Job\" SET \"error\" = '=cmd|'' /C calc''!A0,\"x\"', \"status\" = 'failed'"_s);
    const Ran ran = ctl({u"export"_s});
    VERIFY_CODE(ran, 0);
    QVERIFY2(ran.out.contains(",\"'=cmd|' /C calc'!A0,\"\"x\"\"\",{}\r\n"), ran.out);
}

void tst_CtlExport::nothingHalfWritten()
{
    add(3, kOwn, u"{}"_s);
    const QString file = path(u"there.csv"_s);
    QFile there(file);
    QVERIFY(there.open(QIODevice::WriteOnly));
    there.write("mine");
    there.close();
    const Ran refused = ctl({u"export"_s, u"-o"_s, file});
    QCOMPARE(refused.code, 4);
    QVERIFY(refused.err.contains("already exists"));
    QCOMPARE(content(file), QByteArray("mine"));
    VERIFY_CODE(ctl({u"export"_s, u"-o"_s, file, u"--force"_s}), 0);
    QCOMPARE(content(file).count("\r\n"), 4);

    const QString pipe = path(u"pipe"_s); // nor is anything replaced that is no file
    QCOMPARE(::mkfifo(QFile::encodeName(pipe), 0600), 0);
    for (const QString& place : {pipe, folder()}) {
        const Ran ran = ctl({u"export"_s, u"-o"_s, place, u"--force"_s});
        QCOMPARE(ran.code, 4);
        QVERIFY2(ran.err.contains("is not a file"), ran.told().constData());
    }
    QVERIFY(QFileInfo(pipe).exists() && !QFileInfo(pipe).isFile());

    const Ran nowhere = ctl({u"export"_s, u"-o"_s, path(u"no/such/jobs.csv"_s)});
    QVERIFY(nowhere.code != 0 && nowhere.err.contains("There is no folder"));
    QCOMPARE(ctl({u"export"_s, u"--where"_s, u"status:"_s, u"-o"_s, path(u"a.csv"_s)}).code, 2);
    QVERIFY(!QFile::exists(path(u"a.csv"_s)));
    QCOMPARE(ctl({u"export"_s, u"--format"_s, u"xml"_s}).code, 2);
}

void tst_CtlExport::toStandardOutput()
{
    VERIFY_CODE(ctl({u"init"_s}), 0);
    const Ran none = ctl({u"export"_s});
    VERIFY_CODE(none, 0);
    QCOMPARE(none.out,
             QByteArray("id,type,status,attempts,createdAt,completedAt,error,payload\r\n"));
}

void tst_CtlExport::columnsPathsAndMasks()
{
    add(1, kOwn, u"{\"who\": {\"email\": \"jo@secret.example\"}, \"n\": 12.50}"_s);
    const Ran chosen = ctl({u"export"_s, u"--columns"_s, u"status,type"_s});
    VERIFY_CODE(chosen, 0);
    QCOMPARE(chosen.out, QByteArray("status,type\r\npending,label_printing\r\n"));
    const Ran masked = ctl({u"export"_s, u"--mask"_s, u"payload.who.email=hide"_s});
    VERIFY_CODE(masked, 0);
    QVERIFY2(!masked.out.contains("secret") && masked.out.contains("12.50"), masked.out);
    const Ran paths = ctl({u"export"_s, u"--columns"_s, u"payload"_s, u"--path"_s, u"payload.n"_s,
                           u"--path"_s, u"who.email"_s, u"--mask"_s, u"who.email=hash"_s});
    VERIFY_CODE(paths, 0);
    QVERIFY2(paths.out.startsWith("payload.n,payload.who.email\r\n12.50,h:"), paths.out);
    QVERIFY(!paths.out.contains("secret"));
    const Ran zone = ctl({u"export"_s, u"--columns"_s, u"createdAt"_s, u"--zone"_s,
                          u"Asia/Kolkata"_s, u"--plain-times"_s});
    VERIFY_CODE(zone, 0);
    QVERIFY2(zone.out.startsWith("createdAt (Asia/Kolkata)\r\n2"), zone.out);
}

void tst_CtlExport::workbooksAndCompressed()
{
    add(1100, kOwn, u"{}"_s);
    const QString book = path(u"jobs.xlsx"_s);
    const Ran ran = json({u"export"_s, u"-o"_s, book});
    VERIFY_CODE(ran, 0);
    QCOMPARE(ran.json()[u"jobs"_s].toInt(), 1100);
    QVERIFY(content(book).startsWith("PK"));
    const QString packed = path(u"jobs.csv.gz"_s);
    VERIFY_CODE(ctl({u"export"_s, u"-o"_s, packed}), 0);
    QVERIFY(content(packed).startsWith("\x1f\x8b"));
    QVERIFY(QFileInfo(packed).size() < 1100 * 60);
}

void tst_CtlExport::whatCannotBeSays()
{
    add(1, kOwn, u"{}"_s);
    const auto refused = [this](const QStringList& more, const QByteArray& words) {
        const Ran ran = ctl(QStringList{u"export"_s} + more);
        return ran.code == 2 && ran.err.contains(words) && ran.out.isEmpty();
    };
    QVERIFY(refused({u"--columns"_s, u"tries"_s}, "attempts"));
    QVERIFY(refused({u"--mask"_s, u"who"_s}, "no mask"));
    QVERIFY(refused({u"--mask"_s, u"who=erase"_s}, "erase"));
    QVERIFY(refused({u"--path"_s, u"a..b"_s}, "a..b"));
    QVERIFY(refused({u"--path"_s, u"a"_s, u"--mask"_s, u"b=hide"_s}, "--path"));
    QVERIFY(refused({u"--zone"_s, u"Mars/Olympus"_s}, "Mars/Olympus"));
    QVERIFY(refused({u"--format"_s, u"xlsx"_s}, "--out"));
    QVERIFY(refused({u"--gzip"_s, u"-o"_s, path(u"a.xlsx"_s)}, "compressed"));
    QVERIFY(!QFile::exists(path(u"a.xlsx"_s)));
}

void tst_CtlExport::whenTheDiskIsFull()
{
    add(1500, kOwn, u"{\"a\": \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"}"_s);
    for (const QString& format : {u"csv"_s, u"jsonl"_s, u"xlsx"_s}) {
        const QString file = path(u"full."_s + format);
        QProcess process;
        prepare(process, {u"export"_s, u"-o"_s, file});
        const QString program = process.program();
        process.setArguments(
            QStringList{u"-c"_s, u"trap '' XFSZ; ulimit -f 64; exec \"$0\" \"$@\""_s, program} +
            process.arguments());
        process.setProgram(u"/bin/bash"_s);
        process.start();
        const Ran ran = finish(process);
        QVERIFY2(ran.code == 1 && ran.err.contains("no room"), ran.told().constData());
        QVERIFY(!QFile::exists(file));
        QCOMPARE(QDir(folder()).entryList({u"full*"_s}, QDir::AllEntries | QDir::Hidden).size(), 0);
    }
}

QTEST_GUILESS_MAIN(tst_CtlExport)
#include "tst_ctl_export.moc"
