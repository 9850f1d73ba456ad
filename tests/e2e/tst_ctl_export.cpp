// SPDX-License-Identifier: GPL-3.0-or-later
// export: everything that matches, once, whole, in a file that is there or not.
#include "tests/e2e/ctltest.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
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

QTEST_GUILESS_MAIN(tst_CtlExport)
#include "tst_ctl_export.moc"
