// SPDX-License-Identifier: GPL-3.0-or-later
// What the clipboard gets, and what it never gets.
#include "core/service/jobservice.h"
#include "tests/support/sessions.h"
#include "ui/actions/actionset.h"
#include "ui/jobs/jobcopy.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace queuedeck::tests;
using namespace queuedeck::ui;

class TestJobCopy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void forms();
    void hostileAddresses();
};

void TestJobCopy::forms()
{
    const QTemporaryDir folder;
    const auto session = openAt(folder.filePath(u"jobs.db"_s));
    await(session->jobs().enqueue(u"report_generation"_s,
                                  R"({"report":"scans","period":"last_day","n":1.50})", 2));
    domain::PageRequest request;
    const QVector<domain::Job> jobs = await(session->jobs().page(request)).jobs;
    QCOMPARE(jobs.size(), 2);
    ActionSet actions;
    JobCopy copy(
        *session, actions, [&jobs] { return jobs; },
        [] { return u"https://app.example/api/jobs/process"_s; }, nullptr);
    QSignalSpy copied(&copy, &JobCopy::copied);
    const auto text = [&](ActionId id) {
        copied.clear();
        actions.action(id)->trigger();
        if (copied.isEmpty() && !copied.wait(60'000))
            qFatal("Nothing was copied.");
        return QGuiApplication::clipboard()->text();
    };
    const QString json = text(ActionId::CopyJson);
    QCOMPARE(json.trimmed().split(u'\n').size(), 2);
    const QJsonObject first = QJsonDocument::fromJson(json.section(u'\n', 0, 0).toUtf8()).object();
    QCOMPARE(first[u"id"_s].toString(), jobs[0].id.value);
    QVERIFY(json.contains("1.50"_L1));
    const QString csv = text(ActionId::CopyCsv);
    QVERIFY(csv.startsWith("id,type,status"_L1) && csv.contains(jobs[1].id.value));
    QCOMPARE(text(ActionId::CopySql).simplified() + u'\n',
             u"SELECT * FROM \"Job\" WHERE \"id\" IN ('%1', '%2');\n"_s.arg(jobs[0].id.value,
                                                                            jobs[1].id.value));
    const QString curl = text(ActionId::CopyCurl);
    QVERIFY(curl.contains("'https://app.example/api/jobs/process?maxJobs=1'"_L1));
    QVERIFY(curl.contains("$JOB_PROCESSOR_API_KEY"_L1)); // the name, never the key
}

void TestJobCopy::hostileAddresses()
{
    QVERIFY(JobCopy::asCurl(u"https://x/'; rm -rf ~; '"_s)
                .contains("'https://x/'\\''; rm -rf ~; '\\''?maxJobs=1'"_L1));
}

QTEST_MAIN(TestJobCopy)
#include "tst_jobcopy.moc"
