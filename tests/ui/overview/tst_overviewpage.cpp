// SPDX-License-Identifier: GPL-3.0-or-later
// The overview over a real database: its figures follow every change, whoever makes it, and lead to
// the jobs.
#include "core/service/changefeed.h"
#include "core/service/engineservice.h"
#include "core/service/historyservice.h"
#include "core/service/jobservice.h"
#include "core/service/sampledata.h"
#include "core/service/snapshotfeed.h"
#include "tests/support/foreignfile.h"
#include "tests/support/sessions.h"
#include "ui/overview/charts/chartmodel.h"
#include "ui/overview/charts/chartpanel.h"
#include "ui/overview/charts/chartview.h"
#include "ui/overview/failuresmodel.h"
#include "ui/overview/historychoice.h"
#include "ui/overview/historypane.h"
#include "ui/overview/overviewpage.h"
#include "ui/overview/typesmodel.h"
#include "ui/widgets/card.h"
#include "ui/widgets/datatable.h"
#include "ui/widgets/linestable.h"
#include "ui/widgets/strip.h"

#include <QAbstractItemDelegate>
#include <QAbstractItemModelTester>
#include <QAccessible>
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

    void saysWhoIsWorking()
    {
        const auto line = [this](int row, int column) {
            const auto lines =
                m_page->findChild<LinesTable*>(u"working"_s)->model().lines().value(row);
            return lines.value(column).text;
        };
        auto* full = m_page->findChild<Strip*>(u"full"_s);
        QTRY_COMPARE(line(0, 0), u"Nobody: no engine is running."_s);
        await(m_session->jobs().enqueue(u"report_generation"_s, "{}", 3));
        tests::runForeign(
            m_folder->filePath(u"jobs.db"_s),
            u"INSERT INTO queuedeck_engine (id, host, pid, version, started_at, "
            "seen_at, state) SELECT 'far/7/0001', 'far', 7, '1', t, t, 'running' FROM "
            "(SELECT CAST(strftime('%s') AS INTEGER) * 1000 AS t)"_s);
        QTRY_COMPARE(line(0, 0), u"far"_s);
        QCOMPARE(line(0, 1), u"0"_s);
        QVERIFY(!full->isVisible()); // it is not this computer whose workers are idle

        service::EngineSettings settings;
        settings.concurrency = 3;
        m_session->engine().start(settings);
        const auto here = [&] { return line(0, 0) == "far"_L1 ? line(1, 1) : line(0, 1); };
        QTRY_VERIFY_WITH_TIMEOUT(here().endsWith(u" of 3"_s), 20'000);
        m_session->engine().stopAll();
        QTRY_VERIFY_WITH_TIMEOUT(m_session->engine().isQuiet(), 20'000);
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

    // Every number of the charts reaches whoever cannot see them: as the value of a key press, and
    // cell by cell in the table; and they add up to the cards.
    void itsChartsCanBeReadAloud()
    {
        QVERIFY(await(service::addSampleData(*m_session)) > 180);
        m_session->changes().poke();
        auto* chart = m_page->findChild<ChartView*>(u"finishedChart"_s);
        auto* table = m_page->findChild<DataTable*>(u"finishedTable"_s);
        auto* model = qobject_cast<ChartModel*>(table->model());
        const auto sum = [&](int series) {
            double all = 0;
            for (int row = 0; row < model->rowCount(); ++row)
                all += model->valueAt(row, series).value_or(0);
            return qint64(all);
        };
        QTRY_COMPARE(model->rowCount(), 60);
        QTRY_VERIFY(sum(0) > 0);
        const auto history = await(m_session->history().read(domain::HistoryPeriod::Hour));
        QCOMPARE(sum(0), history.all.completed);
        QCOMPARE(sum(1), history.all.failed);
        QTRY_VERIFY(says(u"Completed"_s, QString::number(sum(0))));
        QTRY_VERIFY(says(u"Failed"_s, QString::number(sum(1))));
        QVERIFY(chart->accessibleDescription().contains(u"completed %1"_s.arg(sum(0))));

        chart->setFocus();
        QTest::keyClick(chart, Qt::Key_Home);
        for (int row = 0; row < model->rowCount(); ++row) {
            QCOMPARE(chart->cursor(), row);
            auto* read = QAccessible::queryAccessibleInterface(chart);
            QCOMPARE(read->text(QAccessible::Description), model->wordsAt(row));
            const QString completed = model->index(row, 1).data().toString();
            QVERIFY(model->wordsAt(row).contains(u"completed "_s + completed));
            auto* cells = QAccessible::queryAccessibleInterface(table)->tableInterface();
            QVERIFY(cells);
            QCOMPARE(cells->cellAt(row, 1)->text(QAccessible::Name), completed);
            QTest::keyClick(chart, Qt::Key_Right);
        }
        QVERIFY(model->wordsAt(59).contains(u"not over"_s));
        QTest::keyClick(chart, Qt::Key_Escape);
        QCOMPARE(chart->cursor(), -1);
        const QAbstractItemModelTester tester(model);
    }

    // By dragging and by keyboard; both charts show the same part, also after the next reading.
    void aPartOfAChartIsChosen()
    {
        QVERIFY(await(service::addSampleData(*m_session)) > 180);
        m_session->changes().poke();
        auto* chart = m_page->findChild<ChartView*>(u"finishedChart"_s);
        const auto rows = [this](const QString& name) {
            return m_page->findChild<DataTable*>(name)->model()->rowCount();
        };
        QTRY_COMPARE(rows(u"finishedTable"_s), 60);
        const auto at = [chart](double share) {
            return QPoint(int(60 + share * (chart->width() - 70)), chart->height() / 2);
        };
        QTest::mousePress(chart, Qt::LeftButton, {}, at(0.25));
        QTest::mouseMove(chart, at(0.75));
        QTest::mouseRelease(chart, Qt::LeftButton, {}, at(0.75));
        const int part = rows(u"finishedTable"_s);
        QVERIFY2(part > 20 && part < 40, QByteArray::number(part));
        QCOMPARE(rows(u"oldest-pendingTable"_s), part);
        QSignalSpy read(m_page->findChild<HistoryPane*>(), &HistoryPane::historyRead);
        m_session->changes().poke();
        QTRY_VERIFY(!read.isEmpty());
        QVERIFY(std::abs(rows(u"finishedTable"_s) - part) <= 1); // a minute may have gone by

        chart->setFocus();
        QTest::keyClick(chart, Qt::Key_Home);
        for (int i = 0; i < 4; ++i)
            QTest::keyClick(chart, Qt::Key_Right, Qt::ShiftModifier);
        QTest::keyClick(chart, Qt::Key_Return);
        QCOMPARE(rows(u"finishedTable"_s), 5);
        QTest::keyClick(chart, Qt::Key_Escape);
        QCOMPARE(rows(u"oldest-pendingTable"_s), 60);
        QTest::keyClick(chart, Qt::Key_Return); // nothing is chosen
        QCOMPARE(rows(u"finishedTable"_s), 60);
    }

    void itsPeriodAndTypeAreChosen()
    {
        QVERIFY(await(service::addSampleData(*m_session)) > 180);
        m_session->changes().poke();
        auto* choice = m_page->findChild<HistoryChoice*>();
        QCOMPARE(m_page->sidebar(), choice);
        auto* model =
            qobject_cast<ChartModel*>(m_page->findChild<DataTable*>(u"finishedTable"_s)->model());
        QTRY_VERIFY(choice->rowCount() > 8); // the types are known
        Q_EMIT choice->activated(u"period/90d"_s);
        QTRY_COMPARE(model->rowCount(), 90);
        const auto all = await(m_session->history().read(domain::HistoryPeriod::Quarter));
        QVERIFY(all.all.completed > 20);
        Q_EMIT choice->activated(u"type/bulk_import"_s);
        QCOMPARE(choice->type(), u"bulk_import"_s);
        const auto completed = [&] {
            double sum = 0;
            for (int row = 0; row < model->rowCount(); ++row)
                sum += model->valueAt(row, 0).value_or(0);
            return qint64(sum);
        };
        QTRY_COMPARE(completed(), all.byType[u"bulk_import"_s].completed);
        auto* types = m_page->findChild<TypesModel*>();
        for (int row = 0; row < types->rowCount(); ++row) {
            const domain::HistoryFigures past = all.byType.value(types->typeAt(row));
            QCOMPARE(types->index(row, TypesModel::DoneThen).data().toString(),
                     QString::number(past.completed));
            QCOMPARE(types->index(row, TypesModel::WaitP95).data().toString() == u"–"_s,
                     past.wait.isEmpty());
        }
    }

    void itsChartsAreSaved()
    {
        QVERIFY(await(service::addSampleData(*m_session)) > 180);
        m_session->changes().poke();
        auto* chart = m_page->findChild<ChartView*>(u"finishedChart"_s);
        auto* panel = qobject_cast<ChartPanel*>(chart->parentWidget()->parentWidget());
        QVERIFY(panel);
        auto* model =
            qobject_cast<ChartModel*>(m_page->findChild<DataTable*>(u"finishedTable"_s)->model());
        QTRY_COMPARE(model->rowCount(), 60);
        const QImage picture = QImage::fromData(chart->png(), "PNG");
        QCOMPARE(picture.size(), QSize(2400, 960));
        QVERIFY(chart->svg().contains("<svg"));
        const QList<QByteArray> lines = model->csv().split('\n');
        QCOMPARE(lines.size(), 62);
        QCOMPARE(lines.front(), QByteArray("time,\"completed\",\"failed\"\r"));
        QVERIFY(lines[1].contains("Z,"));
        QSignalSpy saved(m_page.get(), &OverviewPage::chartSaved);
        const QString path = m_folder->filePath(u"chart.csv"_s);
        const QByteArray csv = model->csv(); // it may be read anew meanwhile
        Q_EMIT panel->saveWanted(path, csv);
        QTRY_COMPARE(saved.size(), 1);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), csv);
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
