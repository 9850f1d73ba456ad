// SPDX-License-Identifier: GPL-3.0-or-later
// report and reports: made, listed, copied, removed with their jobs; by engines that are killed
// too.
#include "tests/e2e/ctltest.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTest>

using namespace Qt::StringLiterals;

class tst_CtlReports : public CtlTest
{
    Q_OBJECT

    QByteArray content(const QString& path) const
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    // The files of the home's only database.
    QStringList files() const
    {
        const QDir reports(path(u"home/reports"_s));
        const QStringList folders = reports.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
        return folders.isEmpty()
                   ? QStringList()
                   : QDir(reports.filePath(folders.first()))
                         .entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    }
    QString pdfText(const QString& path) const
    {
        QProcess reader;
        reader.start(u"pdftotext"_s, {u"-layout"_s, path, u"-"_s});
        reader.waitForFinished();
        return QString::fromUtf8(reader.readAllStandardOutput());
    }
    static QHash<QString, QString> figures(const QByteArray& csv)
    {
        QHash<QString, QString> all;
        for (const QString& line : QString::fromUtf8(csv).split(u"\r\n"_s)) {
            const QStringList fields = line.split(u',');
            if (fields.first() == "Figures"_L1)
                all[fields.value(1)] = fields.value(3);
        }
        return all;
    }

private Q_SLOTS:
    void madeHereAndNow_data();
    void madeHereAndNow();
    void madeByAnEngine();
    void onlyWhatIsPossible();
    void olderPayloads();
    void goneWithItsJob();
    void killedEngines();
    void everyWeek();
};

void tst_CtlReports::everyWeek()
{
    const QStringList command{u"report"_s,   u"--report"_s, u"spend"_s,
                              u"--format"_s, u"csv"_s,      u"--every-week"_s};
    const Ran first = json(command);
    VERIFY_CODE(first, 0);
    QCOMPARE(first.json()[u"cron"_s].toString(), u"0 7 * * MON"_s);
    // Once, however often it is asked for.
    const Ran second = json(command);
    VERIFY_CODE(second, 0);
    QCOMPARE(second.json()[u"scheduleId"_s], first.json()[u"scheduleId"_s]);
    QCOMPARE(count(u"pending"_s), 0);
    VERIFY_CODE(ctl(command + QStringList{u"--wait"_s}), 2);
}

void tst_CtlReports::madeHereAndNow_data()
{
    QTest::addColumn<QString>("format");
    for (const char* const format : {"csv", "xlsx", "pdf"})
        QTest::newRow(format) << QString::fromUtf8(format);
}

void tst_CtlReports::madeHereAndNow()
{
    QFETCH(QString, format);
    add(5, kPicture, kElsewhere);
    VERIFY_CODE(ctl({u"process"_s, u"--until-empty"_s}), 0);
    add(7, kOwn, u"{}"_s);
    const QString out = path(u"today."_s + format);
    const QStringList command{u"report"_s, u"--period"_s, u"today"_s, u"--format"_s,
                              format,      u"--wait"_s,   u"--out"_s, out};
    const Ran ran = json(command);
    VERIFY_CODE(ran, 0);
    QCOMPARE(ran.json()[u"path"_s].toString(), out);
    QCOMPARE(ran.json()[u"bytes"_s].toInteger(), QFileInfo(out).size());
    QCOMPARE(files().size(), 1);
    if (format == "csv"_L1) {
        QCOMPARE(figures(content(out))[u"Failed"_s], u"5"_s);
        QCOMPARE(figures(content(out))[u"Completed"_s], u"0"_s);
        QVERIFY(!figures(content(out))[u"Run p95"_s].isEmpty());
    } else if (format == "pdf"_L1) {
        const QString text = pdfText(out);
        QVERIFY2(text.contains(u"Queue health, today"_s) && text.contains(u"Page 1 of 1"_s),
                 qPrintable(text));
        QVERIFY(text.contains(u"label_printing"_s) && text.contains(u"queuedeck.db"_s));
    } else {
        QVERIFY(content(out).startsWith("PK"));
    }
    // The file is there already.
    VERIFY_CODE(ctl(command), 4);
    VERIFY_CODE(ctl(command + QStringList{u"--force"_s}), 0);
    QCOMPARE(json({u"reports"_s}).lines().size(), 3);
}

void tst_CtlReports::madeByAnEngine()
{
    const Ran made = json({u"report"_s, u"--report"_s, u"scans"_s, u"--format"_s, u"csv"_s});
    VERIFY_CODE(made, 0);
    const QString id = made.json()[u"jobId"_s].toString();
    const auto job = json({u"show"_s, id}).json();
    QCOMPARE(job[u"type"_s].toString(), kReport);
    QCOMPARE(job[u"payload"_s][u"period"_s].toString(), u"last_week"_s);
    QVERIFY(json({u"reports"_s}).lines().isEmpty());
    VERIFY_CODE(ctl({u"reports"_s, u"save"_s, id, u"-o"_s, path(u"x.csv"_s)}), 1);
    VERIFY_CODE(ctl({u"process"_s}), 0);
    const auto reports = json({u"reports"_s}).lines();
    QCOMPARE(reports.size(), 1);
    QCOMPARE(keys(reports.first()), QSet<QString>({u"jobId"_s, u"report"_s, u"format"_s, u"bytes"_s,
                                                   u"createdAt"_s, u"path"_s}));
    QCOMPARE(reports.first()[u"jobId"_s].toString(), id);
    QCOMPARE(reports.first()[u"report"_s].toString(), u"scans"_s);
    QVERIFY(reports.first()[u"createdAt"_s].toString().endsWith(u'Z'));
    const QString kept = reports.first()[u"path"_s].toString();
    QCOMPARE(QFile::permissions(kept) & (QFile::ReadGroup | QFile::ReadOther),
             QFile::Permissions());
    VERIFY_CODE(ctl({u"reports"_s, u"save"_s, id, u"-o"_s, path(u"x.csv"_s)}), 0);
    QCOMPARE(content(path(u"x.csv"_s)), content(kept));
    QDir().mkdir(path(u"folder"_s));
    VERIFY_CODE(ctl({u"reports"_s, u"save"_s, id, u"-o"_s, path(u"folder"_s)}), 0);
    QCOMPARE(content(path(u"folder/%1.scans.csv"_s.arg(id))), content(kept));
    VERIFY_CODE(ctl({u"reports"_s, u"save"_s, id, u"-o"_s, path(u"x.csv"_s)}), 4);
    const Ran list = ctl({u"reports"_s});
    QVERIFY2(list.out.contains(id.toUtf8()) && list.out.startsWith("JOB"), list.out);
}

void tst_CtlReports::onlyWhatIsPossible()
{
    for (const QStringList& wrong :
         {QStringList{u"--period"_s, u"fortnight"_s}, QStringList{u"--report"_s, u"sales"_s},
          QStringList{u"--format"_s, u"docx"_s}, QStringList{u"--to"_s, u"2026-11-01"_s},
          QStringList{u"--from"_s, u"2026-11-31"_s},
          QStringList{u"--from"_s, u"2026-11-02"_s, u"--to"_s, u"2026-11-01"_s},
          QStringList{u"--from"_s, u"2020-01-01"_s, u"--to"_s, u"2026-11-01"_s},
          QStringList{u"--from"_s, u"2026-11-02"_s, u"--period"_s, u"today"_s},
          QStringList{u"--out"_s, u"x.pdf"_s}}) {
        const Ran ran = ctl(QStringList{u"report"_s} + wrong);
        QVERIFY2(ran.code == 2, wrong.join(u' ').toUtf8() + ran.told());
    }
    QVERIFY(embedded().isEmpty()); // nothing was added
    // A database of our own has no imports.
    const Ran none = ctl({u"report"_s, u"--report"_s, u"imports"_s, u"--wait"_s});
    VERIFY_CODE(none, 1);
    QVERIFY2(none.err.contains("no table ImportBatch"), none.err);
    QVERIFY(files().isEmpty());
    VERIFY_CODE(ctl({u"report"_s, u"--wait"_s, u"--out"_s, path(u"no/such/folder/x.pdf"_s)}), 1);
}

void tst_CtlReports::olderPayloads()
{
    const QString known = add(1, kReport, u"{\"reportType\":\"weekly\"}"_s).value(0);
    const QString unknown = add(1, kReport, u"{\"reportType\":\"monthly_sales\"}"_s).value(0);
    VERIFY_CODE(ctl({u"process"_s, u"--until-empty"_s}), 0);
    QCOMPARE(json({u"show"_s, known}).json()[u"status"_s].toString(), u"completed"_s);
    const QJsonObject failed = json({u"show"_s, unknown}).json();
    QCOMPARE(failed[u"status"_s].toString(), u"failed"_s);
    QVERIFY(failed[u"error"_s].toString().contains(u"\"monthly_sales\" is not one that"_s));
    QCOMPARE(files(), QStringList{known + u".queue_health.pdf"_s});
}

void tst_CtlReports::goneWithItsJob()
{
    VERIFY_CODE(ctl({u"report"_s, u"--format"_s, u"csv"_s, u"--wait"_s}), 0);
    QCOMPARE(files().size(), 1);
    VERIFY_CODE(ctl({u"cleanup"_s, u"--older-than"_s, u"0"_s, u"--dry-run"_s}), 0);
    QCOMPARE(files().size(), 1);
    VERIFY_CODE(ctl({u"cleanup"_s, u"--older-than"_s, u"0"_s, u"--keep-reports"_s}), 0);
    QCOMPARE(files().size(), 1);
    VERIFY_CODE(ctl({u"report"_s, u"--format"_s, u"csv"_s, u"--wait"_s}), 0);
    const QString waiting = add(1, kReport, u"{}"_s).value(0);
    QCOMPARE(files().size(), 2);
    const Ran cleaned = ctl({u"cleanup"_s, u"--older-than"_s, u"0"_s});
    VERIFY_CODE(cleaned, 0);
    QVERIFY2(cleaned.out.contains("Undo does not bring back: 2 reports on this computer."),
             cleaned.out);
    QCOMPARE(files(), QStringList()); // also the one that had been kept
    VERIFY_CODE(ctl({u"process"_s}), 0);
    QCOMPARE(files(), QStringList{waiting + u".queue_health.pdf"_s});
}

void tst_CtlReports::killedEngines()
{
    add(20, kOwn, u"{}"_s);
    int killedAtWork = 0;
    for (int i = 0; i < 8; ++i) {
        const QString id = add(1, kReport, u"{\"period\":\"today\",\"format\":\"csv\"}"_s).value(0);
        QProcess engine;
        prepare(engine, {u"process"_s, u"--type"_s, kReport, u"--watch"_s});
        engine.start();
        // Until it has claimed the job, and a little more each time.
        QTRY_VERIFY(sql(u"SELECT status FROM Job WHERE id = '%1'"_s.arg(id)).toString() !=
                    u"pending"_s);
        QTest::qSleep(i * 3);
        engine.kill();
        engine.waitForFinished();
        const bool wasAtWork =
            sql(u"SELECT status FROM Job WHERE id = '%1'"_s.arg(id)).toString() == u"processing"_s;
        killedAtWork += wasAtWork ? 1 : 0;
        sql(u"UPDATE queuedeck_claim SET expires_at = 1"_s); // instead of waiting for its lease
        const Ran again = ctl({u"process"_s, u"--type"_s, kReport, u"--until-empty"_s});
        VERIFY_CODE(again, 0);
        QTRY_COMPARE(sql(u"SELECT status FROM Job WHERE id = '%1'"_s.arg(id)).toString(),
                     u"completed"_s);
        QCOMPARE(files().filter(id), QStringList{id + u".queue_health.csv"_s});
        QCOMPARE(files().size(), i + 1);
    }
    qInfo() << killedAtWork << "of 8 engines were killed at work";
}

QTEST_GUILESS_MAIN(tst_CtlReports)
#include "tst_ctl_reports.moc"
