// SPDX-License-Identifier: GPL-3.0-or-later
// The overview over a real database: its figures follow every change, whoever makes it, and lead to
// the jobs.
#include "core/service/changefeed.h"
#include "core/service/jobservice.h"
#include "core/service/sampledata.h"
#include "core/service/snapshotfeed.h"
#include "tests/support/foreignfile.h"
#include "tests/support/sessions.h"
#include "ui/overview/failuresmodel.h"
#include "ui/overview/overviewpage.h"
#include "ui/overview/typesmodel.h"
#include "ui/widgets/card.h"
#include "ui/widgets/datatable.h"
#include "ui/widgets/strip.h"

#include <QAbstractItemDelegate>
#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace queuedeck::ui;
using tests::await;
using tests::openAt;

class TestOverviewPage : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<service::Session> m_session;
    std::unique_ptr<OverviewPage> m_page;

    FigureCard* card(const QString& title) const
    {
        for (FigureCard* candidate : m_page->findChildren<FigureCard*>()) {
            if (candidate->accessibleName().startsWith(title))
                return candidate;
        }
        return nullptr;
    }

    bool says(const QString& title, const QString& figure) const
    {
        const FigureCard* found = card(title);
        return found && found->accessibleName().contains(figure);
    }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_session = openAt(m_folder->filePath(u"jobs.db"_s));
        m_page = std::make_unique<OverviewPage>(*m_session);
        m_page->resize(1200, 800);
        m_page->QWidget::show();
    }

    void cleanup()
    {
        m_page.reset();
        m_session.reset();
        m_folder.reset();
    }

    void figuresFollowAnotherProgram()
    {
        QTRY_VERIFY(says(u"Pending"_s, u"0"_s));
        const auto other = openAt(m_folder->filePath(u"jobs.db"_s));
        const auto ids = await(other->jobs().enqueue(u"report_generation"_s, "{}", 1234));
        QTRY_VERIFY(says(u"Pending"_s, u"1,234"_s)); // this session was not notified
        await(other->jobs().change(domain::JobAction::Cancel, {ids.first(2), u"test"_s}));
        QTRY_VERIFY(says(u"Pending"_s, u"1,232"_s));
        auto* tables = m_page->findChild<TypesModel*>();
        QTRY_COMPARE(tables->index(0, TypesModel::Pending).data().toString(), u"1,232"_s);
        QCOMPARE(tables->index(0, TypesModel::Failed).data().toString(), u"2"_s);
        QCOMPARE(m_page->findChild<FailuresModel*>()->rowCount(), 2);
    }

    void aFigureLeadsToItsJobs()
    {
        QSignalSpy wanted(m_page.get(), &OverviewPage::jobsWanted);
        card(u"Dead"_s)->click();
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted.front().front().toString(), u"is:dead"_s);
    }

    // Nothing is reported as healthy that has not been checked.
    void besideAnotherProcessorItSaysWhatNobodyWatches()
    {
        const QString path = m_folder->filePath(u"shared.db"_s);
        tests::makeForeignFile(path);
        tests::addForeignRun(path);
        m_page.reset();
        m_session = openAt(path); // it may write, so it watches
        m_page = std::make_unique<OverviewPage>(*m_session);
        m_page->QWidget::show();
        QTRY_COMPARE(card(u"Stuck"_s)->accessibleDescription(), u"none known"_s);
        m_page.reset();
        m_session = tests::openSession({u"sqlite:"_s + path, false, true});
        m_page = std::make_unique<OverviewPage>(*m_session);
        m_page->QWidget::show();
        QTRY_COMPARE(card(u"Stuck"_s)->accessibleDescription(), u"1 not watched"_s);
    }

    void itSaysTheWorstAndLeadsThere()
    {
        auto* strip = m_page->findChild<Strip*>();
        const QString path = m_folder->filePath(u"jobs.db"_s);
        const auto ids = await(m_session->jobs().enqueue(u"report_generation"_s, "{}", 2));
        QTRY_VERIFY(says(u"Pending"_s, u"2"_s));
        QVERIFY(!strip->isVisible());
        tests::runForeign(path, u"UPDATE \"Job\" SET \"status\" = 'PENDING'"_s);
        QTRY_VERIFY_WITH_TIMEOUT(strip->isVisible(), 20'000);
        QCOMPARE(strip->text(), u"2 jobs have a status that is none of the four."_s);
        QSignalSpy wanted(m_page.get(), &OverviewPage::jobsWanted);
        Q_EMIT strip->pressed();
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted.front().front().toString(), u"is:unknown"_s);
        await(m_session->jobs().change(domain::JobAction::Repair, {ids, u"test"_s}));
        m_session->changes().poke();
        QTRY_VERIFY_WITH_TIMEOUT(!strip->isVisible(), 20'000);
    }

    // Ids of any kind, shortened: 12 characters at most.
    void shortenedIdsAreSeenWhole()
    {
        for (const char* id :
             {"job-00000012", "01JDX5Z8W3N4Q6R7S8T9V0W1X2", "1ef9a1f2-7c1f-6909-be00-5d2a7c9e1b11"})
            tests::runForeign(m_folder->filePath(u"jobs.db"_s),
                              u"INSERT INTO \"Job\" (id, type, payload, status, attempts, "
                              "\"createdAt\") VALUES ('%1', 'noop', '{}', 'failed', 3, "
                              "'2026-01-01T00:00:00.000+00:00')"_s.arg(QLatin1String(id)));
        m_session->changes().poke();
        auto* failures = m_page->findChild<FailuresModel*>();
        QTRY_COMPARE(failures->rowCount(), 3);
        for (DataTable* table : m_page->findChildren<DataTable*>()) {
            if (table->model() != failures)
                continue;
            for (int row = 0; row < 3; ++row) {
                const QModelIndex index = failures->index(row, FailuresModel::Id);
                const int wanted = table->itemDelegate()->sizeHint({}, index).width();
                QVERIFY2(table->columnWidth(FailuresModel::Id) >= wanted,
                         qPrintable(index.data().toString()));
            }
        }
    }

    // Nothing has changed, so there is no new snapshot; but the figures are still true.
    void itsTimeMovesWithoutANewSnapshot()
    {
        QTRY_VERIFY(says(u"Pending"_s, u"0"_s) && !m_page->statusTexts().isEmpty());
        const QString first = m_page->statusTexts().front();
        const QDateTime takenAt = m_session->snapshots().current().takenAt;
        QTRY_VERIFY(m_page->statusTexts().front() != first);
        QCOMPARE(m_session->snapshots().current().takenAt, takenAt);
    }

    void itsModelsKeepTheirWord()
    {
        auto* types = m_page->findChild<TypesModel*>();
        auto* failures = m_page->findChild<FailuresModel*>();
        const auto fatal = QAbstractItemModelTester::FailureReportingMode::QtTest;
        const QAbstractItemModelTester first(types, fatal);
        const QAbstractItemModelTester second(failures, fatal);
        QVERIFY(await(service::addSampleData(*m_session)) > 180);
        m_session->changes().poke();
        QTRY_COMPARE(types->rowCount(), 4);
        QTRY_COMPARE(failures->rowCount(), 10); // the newest, and no more
        const auto snapshot = await(m_session->jobs().snapshot());
        for (int row = 0; row < types->rowCount(); ++row)
            QCOMPARE(types->index(row, TypesModel::Completed).data().toString().toInt(),
                     snapshot.byType.value(types->typeAt(row)).completed);
    }
};

QTEST_MAIN(TestOverviewPage)
#include "tst_overviewpage.moc"
