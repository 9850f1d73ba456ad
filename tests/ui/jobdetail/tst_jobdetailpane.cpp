// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/schedule/scheduler.h"
#include "core/service/changefeed.h"
#include "core/service/engineservice.h"
#include "core/service/jobservice.h"
#include "core/service/sampledata.h"
#include "core/service/session.h"
#include "tests/support/sessions.h"
#include "ui/actions/actionset.h"
#include "ui/jobdetail/attemptlist.h"
#include "ui/jobdetail/jobdetailpane.h"
#include "ui/jobdetail/payloadview.h"
#include "ui/widgets/label.h"

#include <QDesktopServices>
#include <QDir>
#include <QFileDialog>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSplitter>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace queuedeck::ui;
using tests::await;

/// Takes what the desktop would open.
class Opened : public QObject
{
    Q_OBJECT

public:
    QString path;

public Q_SLOTS:
    void open(const QUrl& url) { path = url.toLocalFile(); }
};

class TestJobDetailPane : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void showsTheJobAsStored();
    void buttonsFollowTheStatus();
    void lateAnswersAreDropped();
    void aJobThatWentKeepsItsReading();
    void aChangeIsShown();
    void errorsArePlainText();
    void anErrorIsSeenWholeAtFirst_data();
    void anErrorIsSeenWholeAtFirst();
    void aLargePayloadOpensInTwoSteps();
    void compactHasTabs();
    void itTurnsWithItsSplitter();
    void aHiddenPaneReadsWhenShown();
    void attemptWordsSayHowItEnded();
    void sampleJobsShowTheirScans();
    void attemptsFollowTheZone();
    void aReportOpensAndIsSaved_data();
    void aReportOpensAndIsSaved();
    void aReportThatIsElsewhereIsSaid();
    void aReportIsRepeatedEveryWeek();
    void anEnrichmentIsShownAndUndone_data();
    void anEnrichmentIsShownAndUndone();
    void anEnrichmentWaitsForItsKey();

private:
    domain::JobId enqueue(const QByteArray& payload = R"({"reportType":"weekly"})");
    void change(domain::JobAction action, const domain::JobId& id);
    QPushButton* button(const char* name) const
    {
        return m_pane->findChild<QPushButton*>(QLatin1String(name));
    }
    QStringList words() const;
    void open(const domain::JobId& id);
    void inTheFile(const QStringList& statements);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<service::Session> m_session;
    std::unique_ptr<ActionSet> m_actions;
    std::unique_ptr<JobDetailPane> m_pane;
};

void TestJobDetailPane::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    qputenv("QUEUEDECK_HOME", m_folder->filePath(u"home"_s).toLocal8Bit());
    m_session = tests::openSession({u"sqlite:"_s + m_folder->filePath(u"queue.db"_s), true, false});
    m_actions = std::make_unique<ActionSet>();
    m_pane = std::make_unique<JobDetailPane>(*m_session, *m_actions);
    m_pane->resize(436, 760);
    m_pane->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_pane.get()));
}

void TestJobDetailPane::cleanup()
{
    m_pane.reset();
    m_actions.reset();
    m_session.reset();
    m_folder.reset();
}

domain::JobId TestJobDetailPane::enqueue(const QByteArray& payload)
{
    return await(m_session->jobs().enqueue(u"report_generation"_s, payload)).first();
}

void TestJobDetailPane::change(domain::JobAction action, const domain::JobId& id)
{
    await(m_session->jobs().change(action, {{id}, u"test"_s}));
    m_session->changes().poke();
}

QStringList TestJobDetailPane::words() const
{
    QStringList all;
    for (const QLabel* label : m_pane->findChildren<QLabel*>()) {
        if (label->isVisible())
            all.append(label->text());
    }
    return all;
}

void TestJobDetailPane::open(const domain::JobId& id)
{
    m_pane->show(id);
    QTRY_VERIFY(m_pane->isLoaded());
}

void TestJobDetailPane::aReportOpensAndIsSaved_data()
{
    QTest::addColumn<bool>("isCompact");
    QTest::newRow("beside") << false;
    QTest::newRow("below") << true;
}

void TestJobDetailPane::aReportOpensAndIsSaved()
{
    QFETCH(bool, isCompact);
    m_pane->setCompact(isCompact);
    const domain::JobId id = enqueue(R"({"period":"today","format":"csv"})");
    open(id);
    QVERIFY(!button("openReport")->isVisible()); // none yet
    await(m_session->engine().process({.types = {u"report_generation"_s}, .untilEmpty = true}));
    m_session->changes().poke();
    QTRY_VERIFY(button("openReport")->isVisible());
    QVERIFY(!words().filter(u"Queue health, CSV"_s).isEmpty());
    Opened opened;
    QDesktopServices::setUrlHandler(u"file"_s, &opened, "open");
    button("openReport")->click();
    QDesktopServices::unsetUrlHandler(u"file"_s);
    QVERIFY(opened.path.startsWith(m_folder->path()));
    QVERIFY(opened.path.endsWith(id.value + u".queue_health.csv"_s));

    button("saveReport")->click();
    auto* dialog = m_pane->findChild<QFileDialog*>();
    QVERIFY(dialog);
    QCOMPARE(dialog->acceptMode(), QFileDialog::AcceptSave);
    const QString path = m_folder->filePath(u"saved.csv"_s);
    Q_EMIT dialog->fileSelected(path);
    dialog->close();
    QTRY_VERIFY(!words().filter(u"Saved as "_s).isEmpty());
    const auto bytesOf = [](const QString& name) {
        QFile file(name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    QVERIFY(bytesOf(path).startsWith("table,row,column,value"));
    QCOMPARE(bytesOf(path), bytesOf(opened.path));
    open(enqueue()); // another job has none
    QTRY_VERIFY(!button("openReport")->isVisible());
}

void TestJobDetailPane::aReportThatIsElsewhereIsSaid()
{
    const domain::JobId id = enqueue(R"({"format":"csv"})");
    await(m_session->engine().process({.types = {u"report_generation"_s}, .untilEmpty = true}));
    QVERIFY(QDir(m_folder->filePath(u"home/reports"_s)).removeRecursively());
    open(id);
    QTRY_VERIFY(!words().filter(u"The report is not on this computer"_s).isEmpty());
    QVERIFY(!button("openReport")->isVisible());
}

void TestJobDetailPane::aReportIsRepeatedEveryWeek()
{
    const domain::JobId id = enqueue(R"({"format":"csv"})");
    await(m_session->engine().process({.types = {u"report_generation"_s}, .untilEmpty = true}));
    open(id);
    QTRY_VERIFY(button("repeatReport")->isVisible());
    button("repeatReport")->click();
    QVERIFY(!words().filter(u"every Monday at 07:00"_s).isEmpty());
    QCOMPARE(m_session->schedules().all().size(), 1);
    QVERIFY(m_session->schedules().all()[0].work ==
            schedule::ScheduledWork(
                schedule::ReportRound{domain::ReportKind::QueueHealth, domain::ReportFormat::Csv}));
    button("repeatReport")->click(); // once is enough
    QVERIFY(!words().filter(u"There is a schedule"_s).isEmpty());
    QCOMPARE(m_session->schedules().all().size(), 1);
}

// As another program that writes to the file.
void TestJobDetailPane::inTheFile(const QStringList& statements)
{
    {
        QSqlDatabase file = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"other"_s);
        file.setDatabaseName(m_folder->filePath(u"queue.db"_s));
        QVERIFY(file.open());
        for (const QString& statement : statements) {
            QSqlQuery query(file);
            QVERIFY2(query.exec(statement), qPrintable(query.lastError().text()));
        }
    }
    QSqlDatabase::removeDatabase(u"other"_s);
}

void TestJobDetailPane::anEnrichmentIsShownAndUndone_data()
{
    aReportOpensAndIsSaved_data();
}

void TestJobDetailPane::anEnrichmentIsShownAndUndone()
{
    QFETCH(bool, isCompact);
    m_pane->setCompact(isCompact);
    const domain::JobId id =
        await(m_session->jobs().enqueue(u"customer_enrichment"_s, R"({"customerId":"c"})")).first();
    inTheFile(
        {uR"(UPDATE "Job" SET status = 'completed')"_s,
         u"INSERT INTO queuedeck_journal (id, at, actor, host, action, scope, changed) VALUES "
         "('j1', 1, 'me', 'here', 'enrich', 'customer', 1)"_s,
         u"INSERT INTO queuedeck_journal_effect VALUES ('j1', 'enrichment', '%1', NULL, NULL)"_s
             .arg(id.value),
         u"INSERT INTO queuedeck_enrichment VALUES ('%1', 'customer', 'c', 'Blue Door', 'kept', "
         "'{\"description\":\"A <b>bar</b>.\",\"interests\":[\"wine\",\"gin\"]}', "
         "'{\"description\":\"old\"}', NULL, NULL, '[\"businessType\"]', 'claude-x', 'j1', 5)"_s
             .arg(id.value)});
    open(id);
    QTRY_VERIFY(button("undoEnrichment")->isVisible());
    QVERIFY(words().contains(u"old"_s));
    QVERIFY(words().contains(u"A <b>bar</b>."_s)); // as it is written, not as markup
    QVERIFY(words().contains(u"wine, gin"_s));
    QVERIFY(!words().filter(u"Customer Blue Door, claude-x"_s).isEmpty());
    QVERIFY(!words().filter(u"Left alone, as somebody changed it"_s).isEmpty());
    button("undoEnrichment")->click();
    QTRY_VERIFY(!words().filter(u"This was undone."_s).isEmpty());
    QVERIFY(!button("undoEnrichment")->isVisible());
}

void TestJobDetailPane::anEnrichmentWaitsForItsKey()
{
    const domain::JobId id =
        await(m_session->jobs().enqueue(u"customer_enrichment"_s, R"({"customerId":"c"})")).first();
    open(id);
    QTRY_VERIFY(!words().filter(u"The job waits for a key for Claude"_s).isEmpty());
    QVERIFY(!button("undoEnrichment")->isVisible());
}

void TestJobDetailPane::showsTheJobAsStored()
{
    const domain::JobId id = enqueue(R"({"reportType":"weekly"})");
    open(id);
    QVERIFY(words().contains(id.value));
    QVERIFY(words().contains(u"report_generation"_s));
    QVERIFY(words().contains(u"0 of 3"_s));
    QVERIFY(words().contains(u"not yet"_s));
    QVERIFY(words().contains(u"Not run yet."_s));
    auto* payload = m_pane->findChild<PayloadView*>(u"payloadView"_s);
    QTRY_COMPARE(payload->text(), u"{\n  \"reportType\": \"weekly\"\n}"_s);
    QCOMPARE(payload->validity(), u"Matches the schema of report_generation."_s);
    QVERIFY(payload->isApproved());
    payload->setPayload(u"shop_export"_s, "{}"); // no schema has checked it
    QTRY_VERIFY(!payload->isApproved());
    QVERIFY(payload->validity().contains(u"no schema"_s));
    payload->setPayload(u"report_generation"_s, "[]");
    QTRY_VERIFY(!payload->validity().contains(u"no schema"_s));
    QVERIFY(!payload->isApproved());
    for (const QLabel* label : m_pane->findChildren<Label*>())
        QCOMPARE(label->textFormat(), Qt::PlainText);
}

void TestJobDetailPane::buttonsFollowTheStatus()
{
    const domain::JobId id = enqueue();
    open(id);
    QVERIFY(!button("retry")->isEnabled());
    QVERIFY(button("retry")->toolTip().contains(u"already pending"_s));
    QVERIFY(button("runNext")->isEnabled());
    QVERIFY(button("cancel")->isEnabled());
    QSignalSpy asked(m_pane.get(), &JobDetailPane::actionWanted);
    QTest::mouseClick(button("cancel"), Qt::LeftButton);
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked[0][0].value<domain::JobAction>(), domain::JobAction::Cancel);
    QCOMPARE(asked[0][1].value<domain::Job>().id, id);
    change(domain::JobAction::Cancel, id);
    QTRY_VERIFY(button("retry")->isEnabled());
    QVERIFY(!button("cancel")->isEnabled());
}

void TestJobDetailPane::lateAnswersAreDropped()
{
    const domain::JobId first = enqueue(R"({"reportType":"first"})");
    const domain::JobId second = enqueue(R"({"reportType":"second"})");
    m_pane->show(first);
    m_pane->show(second);
    m_pane->show(first);
    m_pane->show(second);
    QTRY_VERIFY(m_pane->isLoaded());
    QTest::qWait(100);
    QCOMPARE(m_pane->job(), second);
    QTRY_VERIFY(m_pane->findChild<PayloadView*>(u"payloadView"_s)->text().contains(u"second"_s));
    m_pane->show(first);
    m_pane->clear();
    QTest::qWait(100);
    QVERIFY(!m_pane->isLoaded());
}

void TestJobDetailPane::aJobThatWentKeepsItsReading()
{
    const domain::JobId id = enqueue();
    change(domain::JobAction::Cancel, id);
    open(id);
    change(domain::JobAction::Delete, id);
    QTRY_VERIFY(m_pane->isGone());
    QCOMPARE(m_pane->notice(),
             u"This job is not in the table any more. You see the last reading."_s);
    QVERIFY(words().contains(id.value));
    QVERIFY(!button("retry")->isEnabled());
    await(m_session->jobs().undo());
    m_session->changes().poke();
    QTRY_VERIFY(!m_pane->isGone());
    QCOMPARE(m_pane->notice(), QString());
}

void TestJobDetailPane::aChangeIsShown()
{
    const domain::JobId id = enqueue();
    open(id);
    QVERIFY(!words().contains(u"next, as requested"_s));
    change(domain::JobAction::RunNext, id);
    QTRY_VERIFY(words().contains(u"next, as requested"_s));
}

void TestJobDetailPane::errorsArePlainText()
{
    const domain::JobId id = enqueue();
    change(domain::JobAction::Cancel, id);
    open(id);
    auto* error = m_pane->findChild<QPlainTextEdit*>(u"error"_s);
    QVERIFY(error->isVisible());
    QVERIFY(!error->toPlainText().isEmpty());
    QVERIFY(error->isReadOnly());
}

void TestJobDetailPane::anErrorIsSeenWholeAtFirst_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("fits"); // into six lines
    QTest::newRow("short") << u"no route"_s << true;
    QTest::newRow("words that wrap")
        << u"connection refused by host "_s.repeated(6).trimmed() << true;
    QTest::newRow("lines") << u"one\ntwo\nthree\nfour"_s << true;
    QTest::newRow("lines that wrap")
        << (u"at Function.run (worker.js:17:42) and then some more words"_s + u'\n')
               .repeated(2)
               .trimmed()
        << true;
    QTest::newRow("very long") << u"connection refused by host "_s.repeated(60) << false;
}

void TestJobDetailPane::anErrorIsSeenWholeAtFirst()
{
    QFETCH(QString, text);
    QFETCH(bool, fits);
    const domain::JobId id = enqueue();
    change(domain::JobAction::Cancel, id);
    {
        QSqlDatabase file = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"errors"_s);
        file.setDatabaseName(m_folder->filePath(u"queue.db"_s));
        QVERIFY(file.open());
        QSqlQuery query(file);
        QVERIFY(query.prepare(uR"(UPDATE "Job" SET error = ? WHERE id = ?)"_s));
        query.addBindValue(text);
        query.addBindValue(id.value);
        QVERIFY2(query.exec(), qPrintable(query.lastError().text()));
    }
    QSqlDatabase::removeDatabase(u"errors"_s);
    open(id);
    auto* error = m_pane->findChild<QPlainTextEdit*>(u"error"_s);
    QTRY_COMPARE(error->toPlainText(), text);
    QTest::qWait(50);
    const int line = QFontMetrics(error->font()).lineSpacing();
    QVERIFY2((error->verticalScrollBar()->maximum() == 0) == fits,
             qPrintable(u"%1 lines, room for %2, can be scrolled by %3"_s
                            .arg(error->document()->size().height())
                            .arg(double(error->height()) / line)
                            .arg(error->verticalScrollBar()->maximum())));
    QVERIFY(error->height() <= 6 * line + 8);
    QVERIFY(error->height() < (error->document()->size().height() + 1) * line); // and no extra room
}

void TestJobDetailPane::aLargePayloadOpensInTwoSteps()
{
    QByteArray json = "{\"reportType\":\"large\",\"rows\":[";
    while (json.size() < 2'400'000)
        json += "12345678,";
    json += "0]}";
    open(enqueue(json));
    auto* payload = m_pane->findChild<PayloadView*>(u"payloadView"_s);
    auto* openAll = payload->findChild<QPushButton*>(u"openAll"_s);
    QTRY_VERIFY(openAll->isVisible());
    QVERIFY2(openAll->text().startsWith(u"Open all, 2."_s), qPrintable(openAll->text()));
    const qsizetype part = payload->text().size();
    QTest::mouseClick(openAll, Qt::LeftButton);
    QVERIFY(!openAll->isVisible());
    QTRY_VERIFY(payload->text().size() > 5 * part);
}

void TestJobDetailPane::compactHasTabs()
{
    const domain::JobId id = enqueue();
    open(id);
    m_pane->setCompact(true);
    m_pane->resize(968, 206);
    auto* tabs = m_pane->findChild<QTabBar*>();
    QVERIFY(tabs && tabs->isVisible());
    QCOMPARE(tabs->count(), 4);
    QVERIFY(!tabs->isTabEnabled(3)); // nothing was returned
    QVERIFY(m_pane->findChild<PayloadView*>(u"payloadView"_s)->isVisible());
    tabs->setCurrentIndex(1);
    QTRY_VERIFY(m_pane->findChild<AttemptList*>()->isVisible());
    QVERIFY(!m_pane->findChild<PayloadView*>(u"payloadView"_s)->isVisible());
    m_pane->setCompact(false);
    m_pane->resize(436, 760);
    QVERIFY(!m_pane->findChild<QTabBar*>());
    QTRY_VERIFY(m_pane->findChild<PayloadView*>(u"payloadView"_s)->isVisible());
    QVERIFY(words().contains(id.value));
}

void TestJobDetailPane::itTurnsWithItsSplitter()
{
    const domain::JobId id = enqueue();
    QSplitter splitter;
    splitter.addWidget(new QWidget);
    splitter.addWidget(m_pane.get());
    splitter.resize(1200, 700);
    splitter.show();
    open(id);
    QVERIFY(!m_pane->findChild<QTabBar*>());
    splitter.setOrientation(Qt::Vertical);
    QTRY_VERIFY(m_pane->findChild<QTabBar*>());
    splitter.setOrientation(Qt::Horizontal);
    QTRY_VERIFY(!m_pane->findChild<QTabBar*>());
    m_pane->setParent(nullptr);
}

void TestJobDetailPane::aHiddenPaneReadsWhenShown()
{
    const domain::JobId id = enqueue();
    m_pane->hide();
    m_pane->showJob(id);
    QTest::qWait(100);
    QVERIFY(!m_pane->isLoaded());
    m_pane->show();
    QTRY_VERIFY(m_pane->isLoaded());
    m_pane->showJob({}); // its row is no longer in the list
    QCOMPARE(m_pane->job(), id);
}

void TestJobDetailPane::attemptWordsSayHowItEnded()
{
    const QDateTime start = QDateTime::fromString(u"2026-11-23T14:31:06Z"_s, Qt::ISODate);
    domain::Attempt first{1, u"ops-2"_s, start, start.addSecs(60), u"retried"_s, u"timeout"_s};
    domain::Attempt second{2, u"ops-2"_s, start.addSecs(76), {}, u"running"_s, {}};
    QCOMPARE(attemptWords(first, &second, false), u"timeout, tried again 16 s later"_s);
    QCOMPARE(attemptWords(second, nullptr, false), u"running"_s);
    QCOMPARE(attemptMark(second, false), Mark::Processing);
    QCOMPARE(attemptWords(second, nullptr, true), u"its engine is gone"_s);
    QCOMPARE(attemptMark(second, true), Mark::Stuck);
    second.endedAt = start.addSecs(90);
    second.outcome = u"failed"_s;
    second.error = u"no answer\nand more"_s;
    QCOMPARE(attemptWords(second, nullptr, false), u"no answer, gave up"_s);
    QCOMPARE(attemptMark(second, false), Mark::Failed);
}

void TestJobDetailPane::sampleJobsShowTheirScans()
{
    const int added = await(service::addSampleData(*m_session));
    QVERIFY(added > 0);
    const auto parsed = domain::JobFilter::parse(u"type:image_extraction"_s);
    QVERIFY(parsed);
    const auto page = await(m_session->jobs().page({*parsed, {}, {}, 0, 50}));
    QVERIFY(!page.jobs.isEmpty());
    open(page.jobs.first().id);
    auto* scan = button("scan");
    QTRY_VERIFY(scan->isVisible());
    QSignalSpy wanted(m_pane.get(), &JobDetailPane::scanWanted);
    QTest::mouseClick(scan, Qt::LeftButton);
    QCOMPARE(wanted.size(), 1);
    QTRY_VERIFY(m_pane->findChild<QLabel*>(u"picture"_s)->isVisible());
}

void TestJobDetailPane::attemptsFollowTheZone()
{
    QVERIFY(await(service::addSampleData(*m_session)) > 0);
    const auto page = await(
        m_session->jobs().page({*domain::JobFilter::parse(u"status:completed"_s), {}, {}, 0, 1}));
    open(page.jobs.first().id);
    const auto says = [this](const QString& zone) {
        const auto labels = m_pane->findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(), [&](const QLabel* label) {
            return label->isVisible() && label->text() == zone;
        });
    };
    QTRY_VERIFY(says(u"UTC"_s));
    setTimeZone(TimeZone::Local);
    m_pane->updateTimes();
    QVERIFY(says(u"Local"_s) && !says(u"UTC"_s));
    setTimeZone(TimeZone::Utc);
    m_pane->updateTimes();
    QVERIFY(says(u"UTC"_s));
}

QTEST_MAIN(TestJobDetailPane)

#include "tst_jobdetailpane.moc"
