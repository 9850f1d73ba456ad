// SPDX-License-Identifier: GPL-3.0-or-later
// Error groups in the window, over a real database: listed, chosen, kept up to date, and changed
// through the dialog that every large change goes through.
#include "core/service/changefeed.h"
#include "core/service/jobservice.h"
#include "tests/support/sessions.h"
#include "ui/actions/actionset.h"
#include "ui/dialogs/changedialog.h"
#include "ui/dialogs/jobactions.h"
#include "ui/errors/errorgroupsmodel.h"
#include "ui/errors/errorgroupview.h"
#include "ui/errors/errorspanel.h"
#include "ui/errors/errorwords.h"
#include "ui/errors/hourbars.h"
#include "ui/errors/signaturetext.h"
#include "ui/notice/notifier.h"
#include "ui/widgets/datatable.h"
#include "ui/widgets/label.h"
#include "ui/widgets/strip.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace queuedeck::ui;
using tests::await;
using tests::openAt;

class TestErrorsPanel : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<service::Session> m_session;
    std::unique_ptr<QWidget> m_window;
    std::unique_ptr<ActionSet> m_actions;
    Notifier m_notifier;
    ErrorsPanel* m_panel = nullptr;
    JobActions* m_changes = nullptr;

    ErrorGroupsModel* model() const { return m_panel->findChild<ErrorGroupsModel*>(); }
    QPushButton* button(const QString& name) const
    {
        return m_panel->findChild<QPushButton*>(name);
    }
    QString text(int row, int column) const
    {
        return model()->index(row, column).data().toString();
    }

    // As another program would.
    void sql(const QString& statement) const
    {
        {
            QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"other"_s);
            database.setDatabaseName(m_folder->filePath(u"jobs.db"_s));
            database.setConnectOptions(u"QSQLITE_BUSY_TIMEOUT=10000"_s);
            QVERIFY(database.open());
            QSqlQuery query(database);
            QVERIFY2(query.exec(statement), qPrintable(query.lastError().text()));
        }
        QSqlDatabase::removeDatabase(u"other"_s);
    }

    // 12 time-outs, 6 missing customers, 2 without an error.
    void addFailed()
    {
        await(
            m_session->jobs().enqueue(u"report_generation"_s, R"({"report":"queue_health"})", 20));
        sql(u"UPDATE Job SET status = 'failed', attempts = 3, error = CASE WHEN rowid <= 12 "
            "THEN 'timeout after ' || (58 + rowid % 3) || ' s' || char(10) || 'POST /v1/messages' "
            "WHEN rowid <= 18 THEN 'HTTP 404 for customer ' || id END"_s);
        m_session->changes().poke();
    }

    void show()
    {
        m_panel->setShown(true);
        QTRY_VERIFY_WITH_TIMEOUT(m_panel->feed().current().isWhole, 60'000);
    }

    void make()
    {
        m_window = std::make_unique<QWidget>();
        m_actions = std::make_unique<ActionSet>();
        m_panel = new ErrorsPanel(*m_session, m_window.get());
        m_changes = new JobActions(*m_session, *m_actions, m_notifier, m_window.get());
        connect(m_panel, &ErrorsPanel::changeWanted, m_changes,
                [this](domain::JobAction action, const QString& signature, qint64 count,
                       const domain::JobFilter& filter, const ErrorsPanel::Freeze& freeze) {
                    m_changes->performOnFrozen(action, filter, signature, count, freeze);
                });
        new QAbstractItemModelTester(
            model(), QAbstractItemModelTester::FailureReportingMode::QtTest, m_window.get());
        m_window->resize(1300, 800);
        m_panel->resize(m_window->size());
        m_window->show();
    }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_session = openAt(m_folder->filePath(u"jobs.db"_s));
        make();
    }

    void cleanup()
    {
        m_window.reset();
        m_actions.reset();
        m_session.reset();
        m_folder.reset();
    }

    void nothingFailed()
    {
        show();
        QCOMPARE(model()->rowCount(), 0);
        QTRY_VERIFY(m_panel->findChild<QWidget*>(u"errorsEmpty"_s)->isVisible());
        QVERIFY(!button(u"retryGroup"_s)->isEnabled());
        QVERIFY(!button(u"retryGroup"_s)->toolTip().isEmpty());
    }

    void listsGroups()
    {
        addFailed();
        QSignalSpy counted(m_panel, &ErrorsPanel::counted);
        show();
        QTRY_COMPARE(model()->rowCount(), 3);
        QCOMPARE(text(0, ErrorGroupsModel::Count), u"12"_s);
        QVERIFY(text(0, ErrorGroupsModel::Share).startsWith(u"60.0"_s));
        QCOMPARE(text(0, ErrorGroupsModel::Error), u"timeout after # s, report_generation"_s);
        QVERIFY(text(0, ErrorGroupsModel::Hours).contains(u"12"_s));
        QVERIFY(text(2, ErrorGroupsModel::Error).startsWith(u"No error text"_s));
        QCOMPARE(counted.last().first().toString(), u"3"_s);
        QVERIFY(m_panel->findChild<Label*>(u"errorsTotal"_s)
                    ->text()
                    .startsWith(u"20 jobs in 3 groups"_s));
        // Painted without a fault, in every state.
        QVERIFY(!m_panel->grab().isNull());
    }

    void theChosenGroup()
    {
        addFailed();
        show();
        QTRY_COMPARE(m_panel->table()->currentIndex().row(), 0);
        QCOMPARE(m_panel->findChild<Label*>(u"groupTitle"_s)->text(), u"12 jobs with this error"_s);
        QCOMPARE(m_panel->findChild<SignatureText*>()->accessibleName(), u"timeout after # s"_s);
        QVERIFY(m_panel->findChild<HourBars*>()->accessibleDescription().contains(u"12 jobs"_s));
        // The whole error, also what the group leaves out.
        QTRY_VERIFY(m_panel->findChild<Label*>(u"stored"_s)->text().contains(u"/v1/messages"_s));
        QCOMPARE(m_panel->findChildren<QPushButton*>(u"example"_s).size(), 4);
        QSignalSpy job(m_panel, &ErrorsPanel::jobWanted);
        m_panel->findChildren<QPushButton*>(u"example"_s).constFirst()->click();
        QCOMPARE(job.size(), 1);

        const auto values = m_panel->findChildren<QPushButton*>(u"value"_s);
        QCOMPARE(values.size(), 3);
        QSignalSpy jobs(m_panel, &ErrorsPanel::jobsWanted);
        values.constFirst()->click();
        QCOMPARE(jobs.size(), 1);
        const auto filter = domain::JobFilter::parse(jobs.first().first().toString());
        QVERIFY2(filter, qPrintable(jobs.first().first().toString()));
        QCOMPARE(await(m_session->jobs().freeze(*filter)).count(), 4);
    }

    void enterShowsExactlyItsJobs()
    {
        addFailed();
        show();
        QTRY_COMPARE(model()->rowCount(), 3);
        m_panel->table()->selectRow(1);
        QSignalSpy jobs(m_panel, &ErrorsPanel::jobsWanted);
        QTest::keyClick(m_panel->table(), Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(jobs.size(), 1, 60'000);
        const auto filter = domain::JobFilter::parse(jobs.first().first().toString());
        QVERIFY(filter);
        QCOMPARE(await(m_session->jobs().freeze(*filter)).count(), 6);
        QTRY_VERIFY(button(u"showGroup"_s)->isEnabled());
    }

    void retryGoesThroughTheDialog()
    {
        addFailed();
        show();
        QTRY_COMPARE(model()->rowCount(), 3);
        m_panel->table()->selectRow(1);
        m_window->activateWindow();
        m_panel->table()->setFocus();
        QTRY_VERIFY(m_panel->table()->hasFocus());
        QTest::keyClick(m_panel->table(), Qt::Key_R);
        auto* dialog = m_window->findChild<ChangeDialog*>();
        QVERIFY(dialog);
        auto* go = dialog->findChild<QPushButton*>(u"go"_s);
        QTRY_VERIFY_WITH_TIMEOUT(go->isEnabled(), 60'000);
        QVERIFY2(go->text().contains(u'6'), qPrintable(go->text()));
        go->click();
        QTRY_COMPARE_WITH_TIMEOUT(model()->rowCount(), 2, 60'000);
        QCOMPARE(await(m_session->jobs().count(domain::JobFilter::forStatus(u"failed"_s))).count,
                 14);
        QCOMPARE(await(m_session->jobs().count(domain::JobFilter::forStatus(u"pending"_s))).count,
                 6);
        const auto journal = await(m_session->jobs().journal(1));
        QCOMPARE(journal.value(0).scope, u"HTTP 404 for customer {id}"_s);
        QCOMPARE(journal.value(0).changed, 6);
    }

    void followsWhatOthersDo()
    {
        addFailed();
        m_session->changes().setInterval(std::chrono::milliseconds(100));
        show();
        QTRY_COMPARE(model()->rowCount(), 3);
        m_panel->table()->selectRow(1);
        sql(u"UPDATE Job SET error = 'HTTP 404 for customer ' || id WHERE rowid <= 10"_s);
        QTRY_COMPARE_WITH_TIMEOUT(text(0, ErrorGroupsModel::Count), u"16"_s, 60'000);
        // The group stays chosen where it went.
        QCOMPARE(m_panel->table()->currentIndex().row(), 0);
        QCOMPARE(m_panel->findChild<SignatureText*>()->accessibleName(),
                 u"HTTP 404 for customer {id}"_s);
    }

    void aPeriod()
    {
        addFailed();
        sql(u"UPDATE Job SET createdAt = '2026-01-01T00:00:00.000+00:00' WHERE rowid <= 12"_s);
        show();
        QTRY_COMPARE(model()->rowCount(), 3);
        auto* period = m_panel->findChild<QComboBox*>(u"errorsPeriod"_s);
        QVERIFY(!period->accessibleName().isEmpty());
        period->setCurrentIndex(2);
        Q_EMIT period->activated(2);
        QTRY_COMPARE_WITH_TIMEOUT(model()->rowCount(), 2, 60'000);
        QTRY_COMPARE(m_panel->feed().current().total, 8);
    }

    void readOnlySaysWhy()
    {
        addFailed();
        m_window.reset();
        m_session =
            tests::openSession({u"sqlite:"_s + m_folder->filePath(u"jobs.db"_s), false, true});
        make();
        show();
        QTRY_COMPARE(model()->rowCount(), 3);
        QVERIFY(!button(u"retryGroup"_s)->isEnabled());
        QVERIFY(!button(u"retryGroup"_s)->toolTip().isEmpty());
        QVERIFY(button(u"showGroup"_s)->isEnabled());
    }

    void everyControlHasAName()
    {
        addFailed();
        show();
        QTRY_COMPARE(model()->rowCount(), 3);
        for (QWidget* widget : m_panel->findChildren<QWidget*>()) {
            if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisibleTo(m_panel))
                continue;
            const auto* abstract = qobject_cast<QAbstractButton*>(widget);
            const auto* label = qobject_cast<QLabel*>(widget);
            QVERIFY2(!widget->accessibleName().isEmpty() ||
                         (abstract && !abstract->text().isEmpty()) ||
                         (label && !label->text().isEmpty()) ||
                         !widget->parentWidget()->accessibleName().isEmpty(),
                     widget->metaObject()->className());
        }
    }

    void wordsOfAPlace()
    {
        domain::Job job;
        job.error = u"Vision request: timeout after 60 s (attempt 3 of 3)"_s;
        job.type = u"x"_s;
        domain::ErrorTally tally;
        tally.add(job);
        const domain::ErrorGroup group = tally.groups().front();
        QCOMPARE(errorwords::place(group, 0), u"after # s"_s);
        QCOMPARE(errorwords::place(group, 1), u"attempt #"_s);
        QCOMPARE(errorwords::valueFilter(u"status:failed"_s, group, 0, u"60"_s),
                 u"status:failed error:\"Vision request: timeout after 60 \""_s);
    }
};

QTEST_MAIN(TestErrorsPanel)
#include "tst_errorspanel.moc"
