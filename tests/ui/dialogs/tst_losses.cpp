// SPDX-License-Identifier: GPL-3.0-or-later
// What is deleted along with jobs and what the database refused: stated beforehand, and in the
// notice afterwards.
#include "core/service/changefeed.h"
#include "core/service/jobservice.h"
#include "tests/support/foreignfile.h"
#include "tests/support/sessions.h"
#include "ui/dialogs/changedialog.h"
#include "ui/dialogs/cleanupdialog.h"
#include "ui/dialogs/outcomedialog.h"
#include "ui/notice/notifier.h"
#include "ui/widgets/label.h"
#include "ui/widgets/linestable.h"
#include "ui/widgets/place.h"
#include "ui/widgets/strip.h"

#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace queuedeck::ui;
using domain::JobAction;
using tests::await;
using tests::kReport;
using tests::kReportPayload;
using tests::openAt;
using tests::runForeign;

class TestLosses : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
    std::shared_ptr<service::Session> m_session;

    // The application's tables that refer to jobs, each in its own way.
    void addTables(const QStringList& statements)
    {
        m_session.reset();
        for (const QString& statement : statements)
            runForeign(m_path, statement);
        m_session = openAt(m_path);
    }
    QVector<domain::Job> makeFailed(int count)
    {
        const domain::JobIds ids = await(m_session->jobs().enqueue(kReport, kReportPayload, count));
        await(m_session->jobs().change(JobAction::Cancel, {ids, u"test"_s}));
        domain::PageRequest request;
        request.limit = count;
        return await(m_session->jobs().page(request)).jobs;
    }
    std::unique_ptr<ChangeDialog> deletion(const QVector<domain::Job>& jobs,
                                           QWidget* window = nullptr)
    {
        auto dialog =
            std::make_unique<ChangeDialog>(m_session->jobs(), m_session->changes(),
                                           ChangeQuestion{JobAction::Delete, jobs, {}, {}}, window);
        dialog->setAttribute(Qt::WA_DeleteOnClose, false);
        dialog->open();
        return dialog;
    }
    static QString said(const QDialog& dialog, const QString& name)
    {
        const auto* strip = dialog.findChild<Strip*>(name);
        return strip && !strip->isHidden() ? strip->text() : QString();
    }
    static QPushButton* button(const QDialog& dialog, const QString& name)
    {
        return dialog.findChild<QPushButton*>(name);
    }

private Q_SLOTS:
    void initTestCase() { Appearance::instance().install(*qApp, ThemeChoice::Light); }
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->filePath(u"queue.db"_s);
        m_session = openAt(m_path);
    }
    void cleanup()
    {
        m_session.reset();
        m_folder.reset();
    }

    void whatGoesWithThemIsSaidBefore_data()
    {
        QTest::addColumn<QStringList>("statements");
        QTest::addColumn<QStringList>("says");
        const QString note = u"CREATE TABLE Note (id INTEGER PRIMARY KEY, job TEXT REFERENCES "
                             "\"Job\"(id) ON DELETE %1)"_s;
        QTest::newRow("nothing") << QStringList() << QStringList();
        QTest::newRow("a table that keeps jobs")
            << QStringList{note.arg(u"NO ACTION"_s)} << QStringList();
        QTest::newRow("cascade") << QStringList{note.arg(u"CASCADE"_s)}
                                 << QStringList{u"rows of Note that name the job go with it"_s};
        QTest::newRow("set null") << QStringList{note.arg(u"SET NULL"_s)}
                                  << QStringList{u"rows of Note no longer name the job"_s};
        QTest::newRow("a trigger")
            << QStringList{u"CREATE TABLE Log (what TEXT)"_s,
                           u"CREATE TRIGGER logged AFTER DELETE ON \"Job\" BEGIN INSERT INTO Log "
                           "VALUES (OLD.id); END"_s}
            << QStringList{u"what the trigger logged does stays done"_s};
        QTest::newRow("all of them")
            << QStringList{note.arg(u"CASCADE"_s),
                           u"CREATE TABLE Audit (job TEXT REFERENCES \"Job\"(id) ON DELETE SET "
                           "NULL)"_s,
                           u"CREATE TABLE Log (what TEXT)"_s,
                           u"CREATE TRIGGER logged AFTER DELETE ON \"Job\" BEGIN INSERT INTO Log "
                           "VALUES (OLD.id); END"_s}
            << QStringList{u"rows of Note that name the job go with it"_s,
                           u"rows of Audit no longer name the job"_s,
                           u"what the trigger logged does stays done"_s};
    }
    void whatGoesWithThemIsSaidBefore()
    {
        QFETCH(QStringList, statements);
        QFETCH(QStringList, says);
        addTables(statements);
        const QVector<domain::Job> jobs = makeFailed(3);
        const auto ask = deletion(jobs);
        QVERIFY(!button(*ask, u"go"_s)->isEnabled()); // not before it is known what else goes
        QTRY_VERIFY(button(*ask, u"go"_s)->isEnabled());
        CleanUpDialog cleanUp(m_session->jobs(), {}, nullptr);
        cleanUp.setAttribute(Qt::WA_DeleteOnClose, false);
        cleanUp.open();
        cleanUp.findChild<QSpinBox*>(u"days"_s)->setValue(0);
        QTRY_VERIFY(button(cleanUp, u"go"_s)->isEnabled());
        for (const QDialog* dialog :
             {static_cast<QDialog*>(ask.get()), static_cast<QDialog*>(&cleanUp)}) {
            const QString lost = said(*dialog, u"lost"_s);
            QCOMPARE(lost.isEmpty(), says.isEmpty());
            for (const QString& clause : says)
                QVERIFY2(lost.contains(clause), qPrintable(lost));
            QVERIFY(says.isEmpty() || lost.startsWith(u"Undo does not bring back: "_s));
        }
        // An action that deletes nothing takes nothing else with it.
        ChangeDialog retry(m_session->jobs(), m_session->changes(),
                           {JobAction::Retry, jobs, {}, {}}, nullptr);
        retry.setAttribute(Qt::WA_DeleteOnClose, false);
        QTRY_VERIFY(button(retry, u"go"_s)->isEnabled());
        QCOMPARE(said(retry, u"lost"_s), QString());

        QSignalSpy done(ask.get(), &BulkDialog::carriedOut);
        button(*ask, u"go"_s)->click();
        QTRY_COMPARE(done.size(), 1);
        const QString notice =
            outcomeText(ChangeKind::Delete, done.first().first().value<domain::Outcome>());
        QVERIFY2(notice.startsWith(u"3 deleted."_s), qPrintable(notice));
        for (const QString& clause : says)
            QVERIFY2(notice.contains(clause), qPrintable(notice));
    }

    void aGuestIsToldThatThereIsNoUndo()
    {
        addTables({u"CREATE TABLE Note (job TEXT REFERENCES \"Job\"(id) ON DELETE CASCADE)"_s});
        QWidget window;
        setPlace(window, {.name = u"guest"_s, .hasUndo = false});
        const auto ask = deletion(makeFailed(2), &window);
        QTRY_VERIFY(button(*ask, u"go"_s)->isEnabled());
        QCOMPARE(said(*ask, u"lost"_s),
                 u"And with them: rows of Note that name the job go with it."_s);
        QString all = said(*ask, u"note"_s);
        for (const Label* label : ask->findChildren<Label*>())
            all += label->text();
        QVERIFY2(all.contains(u"There is no Undo"_s), qPrintable(all));
        QVERIFY2(all.contains(u"gone for good"_s), qPrintable(all));
        QVERIFY(!all.contains(u"in the journal"_s));
    }

    // One of them is referred to by a row of another table: only that one stays, with the
    // database's reason.
    void whatTheDatabaseRefusesIsToldWithUndo()
    {
        addTables({u"CREATE TABLE Kept (job TEXT NOT NULL REFERENCES \"Job\"(id))"_s});
        const QVector<domain::Job> jobs = makeFailed(7);
        runForeign(m_path, u"INSERT INTO Kept VALUES ('%1')"_s.arg(jobs[3].id.value));
        const auto ask = deletion(jobs);
        // What a row contains is not tried out beforehand.
        QTRY_COMPARE(button(*ask, u"go"_s)->text(), u"Delete 7 Jobs"_s);
        QCOMPARE(ask->findChild<LinesTable*>()->model().lines().size(), 1);
        QSignalSpy done(ask.get(), &BulkDialog::carriedOut);
        button(*ask, u"go"_s)->click();
        QTRY_COMPARE(done.size(), 1);
        QVERIFY(!ask->isVisible()); // the report comes after it
        const auto outcome = done.first().first().value<domain::Outcome>();
        Notifier notifier;
        QSignalSpy toasts(&notifier, &Notifier::toastWanted);
        QSignalSpy troubled(&notifier, &Notifier::troubled);
        notifier.report(ChangeKind::Delete, outcome);
        QCOMPARE(toasts.size(), 0);
        QCOMPARE(troubled.size(), 1);

        OutcomeDialog dialog(ChangeKind::Delete, outcome, nullptr);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.open();
        QCOMPARE(dialog.findChild<Label*>(u"heading"_s)->text(), u"6 deleted, 1 skipped."_s);
        const auto reasons = dialog.findChildren<Label*>(u"reason"_s);
        QCOMPARE(reasons.size(), 1);
        QVERIFY2(reasons[0]->text().contains(u"refuse"_s, Qt::CaseInsensitive),
                 qPrintable(reasons[0]->text()));
        QTRY_VERIFY(reasons[0]->height() >= reasons[0]->heightForWidth(reasons[0]->width()));
        QStringList tips;
        for (const Label* label : dialog.findChildren<Label*>())
            tips += label->toolTip();
        QVERIFY(tips.contains(jobs[3].id.value));
        QSignalSpy undo(&dialog, &OutcomeDialog::undoWanted);
        QVERIFY(button(dialog, u"close"_s)->hasFocus() || !dialog.isActiveWindow());
        button(dialog, u"undo"_s)->click();
        QCOMPARE(undo.size(), 1);
        QVERIFY(!dialog.isVisible());
        const auto undone =
            await(m_session->jobs().undo(undo.first().first().value<domain::JournalId>()));
        QCOMPARE(undone.changed, 6);
    }

    void anEarlyEndIsToldWithWhatWasDone()
    {
        domain::Outcome outcome;
        outcome.matched = 5000;
        outcome.changed = 4500;
        outcome.skipped = {
            {u"a"_s, domain::SkipReason::refused(u"the database refused it: kept"_s)},
            {u"b"_s, domain::SkipReason::AlreadyRunning}};
        outcome.journal = {u"j"_s};
        outcome.wereRunning = 2;
        outcome.lost = {u"rows of Note that name the job go with it"_s};
        outcome.failure = base::Error{base::ErrorKind::Unreachable, u"The server closed it."_s};
        OutcomeDialog dialog(ChangeKind::Delete, outcome, nullptr);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        QCOMPARE(dialog.findChild<Label*>(u"heading"_s)->text(),
                 u"4,500 deleted, 2 skipped, 498 not touched."_s);
        QVERIFY(said(dialog, u"failure"_s).contains(u"The server closed it."_s));
        QVERIFY(said(dialog, u"running"_s).contains(u"2"_s));
        QVERIFY(said(dialog, u"lost"_s).contains(u"Note"_s));
        QCOMPARE(dialog.findChildren<Label*>(u"reason"_s).size(), 2);
        QVERIFY(button(dialog, u"undo"_s));
        // Without a journal entry there is nothing to undo.
        outcome.journal = {};
        OutcomeDialog guest(ChangeKind::Delete, outcome, nullptr);
        guest.setAttribute(Qt::WA_DeleteOnClose, false);
        QVERIFY(!button(guest, u"undo"_s));
    }
};

QTEST_MAIN(TestLosses)
#include "tst_losses.moc"
