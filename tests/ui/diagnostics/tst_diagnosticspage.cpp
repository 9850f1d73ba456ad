// SPDX-License-Identifier: GPL-3.0-or-later
// The page Diagnostics over a real database: it asks when it is shown, lists what was found, offers
// what helps, and keeps what it knows when the database is gone.
#include "core/service/jobservice.h"
#include "tests/support/foreignfile.h"
#include "tests/support/sessions.h"
#include "ui/diagnostics/checkspanel.h"
#include "ui/diagnostics/diagnosticspage.h"
#include "ui/diagnostics/findingsmodel.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/label.h"
#include "ui/widgets/linestable.h"
#include "ui/widgets/sidebarmodel.h"
#include "ui/widgets/strip.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QGuiApplication>
#include <QListView>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace queuedeck::ui;
using domain::Remedy;
using tests::await;
using tests::openAt;

Q_DECLARE_METATYPE(queuedeck::domain::Finding)

class TestDiagnosticsPage : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<service::Session> m_session;
    std::unique_ptr<DiagnosticsPage> m_page;

    QString path() const { return m_folder->filePath(u"jobs.db"_s); }
    void sql(const QString& statement) const { tests::runForeign(path(), statement); }
    QListView* list() const { return m_page->findChild<QListView*>(u"checks"_s); }
    FindingsModel* model() const { return m_page->findChild<FindingsModel*>(); }
    QPushButton* button(const QString& name) const { return m_page->findChild<QPushButton*>(name); }
    QString title() const
    {
        const auto* label = m_page->findChild<Label*>(u"findingTitle"_s);
        return label ? label->text() : QString();
    }

    bool hasLooked(const QSignalSpy& looked) const
    {
        return !looked.isEmpty() && !m_page->checks().isLooking();
    }

    void look()
    {
        QSignalSpy looked(&m_page->checks(), &ChecksPanel::looked);
        QTest::mouseClick(button(u"checkAgain"_s), Qt::LeftButton);
        QVERIFY(!button(u"checkAgain"_s)->isEnabled());
        QTRY_VERIFY_WITH_TIMEOUT(hasLooked(looked), 20000);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_session = openAt(path());
        m_page = std::make_unique<DiagnosticsPage>(*m_session);
        new QAbstractItemModelTester(
            model(), QAbstractItemModelTester::FailureReportingMode::QtTest, m_page.get());
        m_page->resize(1200, 800);
        m_page->QWidget::show();
    }

    void cleanup()
    {
        m_page.reset();
        m_session.reset();
        m_folder.reset();
    }

    void asksWhenItIsShown()
    {
        QCOMPARE(model()->rowCount(), 0);
        QSignalSpy looked(&m_page->checks(), &ChecksPanel::looked);
        m_page->setShown(true);
        QTRY_VERIFY_WITH_TIMEOUT(hasLooked(looked), 20000);
        QVERIFY(model()->rowCount() > 10);
        QVERIFY(m_page->findChild<Label*>(u"checkedWhen"_s)
                    ->text()
                    .contains(u"Nothing was changed by asking."_s));
        QCOMPARE(m_page->count(), QString());
        QVERIFY(!m_page->findChildren<EmptyState*>().isEmpty());
        m_page->setShown(false);
        m_page->setShown(true); // what is so new is not asked again
        QVERIFY(!m_page->checks().isLooking());
        QCOMPARE(m_page->statusTexts().front(), u"0 findings"_s);
    }

    void listsWhatWasFoundAndOffersWhatHelps()
    {
        const auto ids = await(m_session->jobs().enqueue(u"report_generation"_s, "{}", 3));
        sql(u"UPDATE \"Job\" SET \"attempts\" = 3"_s);
        look();
        QCOMPARE(m_page->count(), u"1"_s);
        QCOMPARE(list()->currentIndex().row(), 1);
        QCOMPARE(title(), u"3 pending jobs have no attempts left, or an unknown number of them."_s);
        QVERIFY(list()
                    ->currentIndex()
                    .data(Qt::AccessibleTextRole)
                    .toString()
                    .startsWith(u"Top cause: "_s));
        QVERIFY(!m_page->findChild<LinesTable*>()->model().lines().isEmpty());
        QSignalSpy wanted(m_page.get(), &DiagnosticsPage::wanted);
        QTest::mouseClick(button(u"retry"_s), Qt::LeftButton);
        QTest::mouseClick(button(u"show-jobs"_s), Qt::LeftButton);
        QCOMPARE(wanted.size(), 2);
        QCOMPARE(wanted[0][0].value<Remedy::Action>(), Remedy::Action::Retry);
        QCOMPARE(wanted[1][0].value<Remedy::Action>(), Remedy::Action::ShowJobs);
        QCOMPARE(wanted[1][1].value<domain::Finding>().filter, u"is:dead"_s);
        QTest::mouseClick(button(u"copyReport"_s), Qt::LeftButton);
        QVERIFY(QGuiApplication::clipboard()->text().contains(u"[dead-pending] 3 pending jobs"_s));

        // Other checks can be looked at with the keyboard; heads are passed over.
        list()->setFocus();
        QTest::keyClick(list(), Qt::Key_Down);
        QVERIFY(model()->checkAt(list()->currentIndex().row()));
        QCOMPARE(title(), list()->currentIndex().data().toString());

        // Mended elsewhere: the list says so when it is asked again.
        await(m_session->jobs().change(domain::JobAction::Retry, {ids, u"test"_s}));
        look();
        QCOMPARE(m_page->count(), QString());
        QVERIFY(!model()->findingAt(1));
    }

    void aStatementIsCopiedAndNeverRun()
    {
        sql(u"DROP INDEX \"Job_status_createdAt_idx\""_s);
        look();
        QVERIFY(title().contains(u"no index on (status, createdAt)"_s));
        QTest::mouseClick(button(u"copy-statement"_s), Qt::LeftButton);
        QVERIFY(QGuiApplication::clipboard()->text().startsWith(u"CREATE INDEX"_s));
        look();
        QVERIFY(title().contains(u"no index on (status, createdAt)"_s)); // still
    }

    void whatIsKnownStaysWhenTheDatabaseIsGone()
    {
        await(m_session->jobs().enqueue(u"report_generation"_s, "{}", 1));
        sql(u"UPDATE \"Job\" SET \"attempts\" = 3"_s);
        look();
        QCOMPARE(m_page->count(), u"1"_s);
        m_page.reset();
        m_session.reset();
        m_session = openAt(path());
        m_page = std::make_unique<DiagnosticsPage>(*m_session);
        m_page->resize(1200, 800);
        m_page->QWidget::show();
        QVERIFY(QDir(m_folder->path()).rename(u"jobs.db"_s, u"away.db"_s));
        look();
        auto* strip = m_page->findChild<Strip*>(u"checksStrip"_s);
        QVERIFY(strip->isVisible());
        QVERIFY(QDir(m_folder->path()).rename(u"away.db"_s, u"jobs.db"_s));
        QSignalSpy looked(&m_page->checks(), &ChecksPanel::looked);
        Q_EMIT strip->pressed();
        QTRY_VERIFY_WITH_TIMEOUT(hasLooked(looked), 20000);
        QVERIFY(!strip->isVisible());
        QCOMPARE(m_page->count(), u"1"_s);
    }

    void aFurtherTabIsOneLine()
    {
        auto* body = new QWidget;
        QVector<bool> shown;
        m_page->addTab(u"journal"_s, u"Record"_s, u"Journal"_s, Icon::Journal, body,
                       [&](bool isShown) { shown += isShown; });
        QCOMPARE(m_page->sidebar()->rowCount(), 4); // two heads, two tabs
        m_page->setShown(true);
        m_page->showTab(u"journal"_s);
        QVERIFY(body->isVisible());
        QCOMPARE(shown, QVector<bool>{true});
        m_page->setShown(false);
        QCOMPARE(shown, (QVector<bool>{true, false}));
        m_page->showTab(u"checks"_s);
        QVERIFY(!body->isVisible());
    }
};

QTEST_MAIN(TestDiagnosticsPage)
#include "tst_diagnosticspage.moc"
