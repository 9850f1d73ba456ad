// SPDX-License-Identifier: GPL-3.0-or-later
// The handler keeps one whole report for a job or none, however an attempt ends.
#include "core/handlers/report_generation/csvreport.h"
#include "core/handlers/report_generation/reportgenerationhandler.h"
#include "tests/core/handlers/reportsample.h"
#include "tests/support/heardprogress.h"

#include <QDir>
#include <QGuiApplication>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <cstdio>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace queuedeck::handlers;
using domain::ReportFormat;
using domain::ReportKind;
using engine::TaskResult;

namespace {
const domain::JobId kJob{u"019aa1f2-7c1f-7909-be00-5d2a7c9e1b11"_s};

ReportSource fixedSource()
{
    return [](const domain::ReportRequest&, const domain::JobId& job,
              const std::stop_token&) -> base::Result<domain::ReportDocument> {
        domain::ReportDocument report = test::sampleReport();
        report.job = job;
        return report;
    };
}

engine::Task taskFor(const QString& format, const domain::JobId& job = kJob)
{
    engine::Task task;
    task.id = job;
    task.type = domain::kReportType;
    task.payload = {{u"report"_s, u"queue_health"_s}, {u"format"_s, format}};
    return task;
}

// A worker that is killed: says when it begins, then makes reports until its end comes.
int make(const QString& folder, const QString& format)
{
    ReportGenerationHandler handler(fixedSource(), folder);
    std::puts("begins");
    std::fflush(stdout);
    for (;;) {
        if (handler.run(taskFor(format)).kind != TaskResult::Kind::Completed)
            return 1;
    }
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool isWhole(const QByteArray& bytes, const QString& format)
{
    if (format == "csv"_L1)
        return bytes == csvReport(test::sampleReport());
    if (format == "pdf"_L1)
        return bytes.startsWith("%PDF-") && bytes.trimmed().endsWith("%%EOF");
    return bytes.startsWith("PK\x03\x04") && bytes.right(22).startsWith("PK\x05\x06");
}
} // namespace

class TestReportGeneration : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_home;

    QString folder() const { return m_home->filePath(u"reports/base"_s); }
    QStringList files() const
    {
        return QDir(folder()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    }

private Q_SLOTS:
    void init() { m_home = std::make_unique<QTemporaryDir>(); }

    void keepsAReport_data()
    {
        QTest::addColumn<QString>("format");
        QTest::newRow("csv") << u"csv"_s;
        QTest::newRow("xlsx") << u"xlsx"_s;
        QTest::newRow("pdf") << u"pdf"_s;
    }
    void keepsAReport()
    {
        QFETCH(QString, format);
        ReportGenerationHandler handler(fixedSource(), folder());
        for (int attempt = 1; attempt <= 2; ++attempt) {
            test::HeardProgress heard;
            engine::Task task = taskFor(format);
            task.progress = &heard;
            const TaskResult result = handler.run(task);
            QCOMPARE(heard.texts,
                     QStringList({u"reading the figures"_s, u"writing the "_s + format.toUpper()}));
            QVERIFY2(result.kind == TaskResult::Kind::Completed, qPrintable(result.error));
            QCOMPARE(files(), QStringList{u"%1.queue_health.%2"_s.arg(kJob.value, format)});
        }
        const auto report = ReportFiles(folder()).find(kJob);
        QVERIFY(report);
        QCOMPARE(report->kind, ReportKind::QueueHealth);
        QCOMPARE(domain::reportFormatText(report->format), format);
        const QByteArray bytes = contentOf(report->path);
        QCOMPARE(report->bytes, bytes.size());
        QVERIFY(isWhole(bytes, format));
        const auto mine = QFile::ReadOwner | QFile::WriteOwner;
        const auto everybody = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup |
                               QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
        QCOMPARE(QFile::permissions(report->path) & (mine | everybody), mine);
        QVERIFY(!(QFile::permissions(folder()) & everybody));
    }

    void anotherFormatReplacesTheFirst()
    {
        ReportGenerationHandler handler(fixedSource(), folder());
        handler.run(taskFor(u"csv"_s));
        handler.run(taskFor(u"xlsx"_s));
        QCOMPARE(files(), QStringList{kJob.value + u".queue_health.xlsx"_s});
    }

    // Whatever an id is, its file stays in the folder and belongs to no other job.
    void anyIdHasAFile()
    {
        const ReportFiles store(folder());
        const QStringList ids{
            u"17"_s, u"../../etc/passwd"_s, u"a.b"_s, u"a"_s, u".hidden"_s, u"a%2Eb"_s, u"Ü ☃"_s,
            u"CON"_s};
        for (const QString& id : ids) {
            QVERIFY(store.prepare({id}));
            QVERIFY(store.keep({id}, ReportKind::Scans, ReportFormat::Csv, id.toUtf8()));
        }
        QCOMPARE(store.list().size(), ids.size());
        QCOMPARE(files().size(), ids.size());
        for (const QString& id : ids)
            QCOMPARE(contentOf(store.find({id})->path), id.toUtf8());
        store.remove({u"a"_s});
        QVERIFY(!store.find({u"a"_s}));
        QCOMPARE(store.list().size(), ids.size() - 1);
        QCOMPARE(store.prepare({QString(200, u'x')}).error().kind, base::ErrorKind::Unsupported);
        QVERIFY(!store.prepare({}));
    }

    void strangeFilesAreNoReports()
    {
        const ReportFiles store(folder());
        QVERIFY(store.prepare(kJob));
        for (const char* const name : {"notes.txt", "a.scans.exe", "a.sales.pdf",
                                       "a.scans.pdf.Xy12Ab", "%61.scans.pdf", ".scans.pdf"}) {
            QFile file(folder() + u'/' + QString::fromUtf8(name));
            QVERIFY(file.open(QIODevice::WriteOnly));
        }
        QVERIFY(QFile::link(u"/etc/passwd"_s, folder() + u"/link.scans.csv"_s));
        QVERIFY(store.list().isEmpty());
    }

    void aStoppedAttemptLeavesNothing_data() { keepsAReport_data(); }
    void aStoppedAttemptLeavesNothing()
    {
        QFETCH(QString, format);
        std::stop_source stop;
        engine::Task task = taskFor(format);
        task.stop = stop.get_token();
        ReportGenerationHandler handler(
            [&stop](const domain::ReportRequest& request, const domain::JobId& job,
                    const std::stop_token& token) {
                stop.request_stop(); // while the figures are read
                return fixedSource()(request, job, token);
            },
            folder());
        QCOMPARE(handler.run(task).kind, TaskResult::Kind::Postponed);
        QCOMPARE(files(), QStringList());
    }

    void saysWhyThereIsNone()
    {
        ReportGenerationHandler handler(fixedSource(), folder());
        engine::Task task = taskFor(u"csv"_s);
        task.payload = {{u"reportType"_s, u"monthly_sales"_s}};
        const TaskResult result = handler.run(task);
        QCOMPARE(result.kind, TaskResult::Kind::Unrecoverable);
        QVERIFY(result.error.contains(u"monthly_sales"_s));
        const auto failing = [&](base::ErrorKind kind) {
            ReportGenerationHandler broken(
                [kind](const auto&, const auto&, const auto&)
                    -> base::Result<domain::ReportDocument> { return base::fail(kind, u"so"_s); },
                folder());
            return broken.run(taskFor(u"csv"_s));
        };
        QCOMPARE(failing(base::ErrorKind::Unreachable).kind, TaskResult::Kind::Failed);
        QCOMPARE(failing(base::ErrorKind::Timeout).kind, TaskResult::Kind::Failed);
        QCOMPARE(failing(base::ErrorKind::Unsupported).kind, TaskResult::Kind::Unrecoverable);
        QCOMPARE(files(), QStringList());
        QFile::remove(m_home->path() + u"/reports"_s);
        QFile blocked(m_home->path() + u"/reports"_s);
        QDir(m_home->path() + u"/reports"_s).removeRecursively();
        QVERIFY(blocked.open(QIODevice::WriteOnly)); // a file where the folder should be
        QCOMPARE(handler.run(taskFor(u"csv"_s)).kind, TaskResult::Kind::Failed);
    }

    void killedAtAnyMoment_data() { keepsAReport_data(); }
    void killedAtAnyMoment()
    {
        QFETCH(QString, format);
        const QString name = u"%1.queue_health.%2"_s.arg(kJob.value, format);
        int leftovers = 0;
        constexpr int kTimes = 25;
        for (int i = 0; i < kTimes; ++i) {
            QProcess worker;
            worker.start(QCoreApplication::applicationFilePath(), {u"--make"_s, folder(), format});
            QVERIFY(worker.waitForReadyRead());
            QTest::qSleep(1 + 7 * i % 60);
            worker.kill();
            QVERIFY(worker.waitForFinished());
            QCOMPARE(worker.exitStatus(), QProcess::CrashExit);
            if (QFile::exists(folder() + u'/' + name))
                QVERIFY(isWhole(contentOf(folder() + u'/' + name), format));
            QVERIFY(ReportFiles(folder()).list().size() <= 1);
            leftovers += files().size() > 1 ? 1 : 0;
            ReportGenerationHandler handler(fixedSource(), folder());
            QCOMPARE(handler.run(taskFor(format)).kind, TaskResult::Kind::Completed);
            QCOMPARE(files(), QStringList{name});
            QVERIFY(isWhole(contentOf(folder() + u'/' + name), format));
        }
        qInfo() << leftovers << "of" << kTimes << "were killed while something was being written";
    }
};

int main(int argc, char** argv)
{
    QGuiApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == "--make"_L1)
        return make(arguments.value(2), arguments.value(3));
    TestReportGeneration test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_reportgeneration.moc"
