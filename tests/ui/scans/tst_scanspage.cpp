// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/changefeed.h"
#include "core/service/jobservice.h"
#include "core/service/scanservice.h"
#include "tests/support/sessions.h"
#include "ui/actions/actionset.h"
#include "ui/scans/comparedialog.h"
#include "ui/scans/scansmodel.h"
#include "ui/scans/scanspage.h"
#include "ui/scans/scanwords.h"
#include "ui/widgets/sidebarmodel.h"
#include "ui/widgets/strip.h"
#include "ui/widgets/theme.h"

#include <QAbstractItemModelTester>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTemporaryDir>

#include "pictures.h"

using namespace queuedeck;
using namespace queuedeck::ui;
using tests::openAt;
using tests::waitFor;
using namespace Qt::StringLiterals;

class TestScansPage : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;
    std::shared_ptr<service::Session> m_session;
    std::shared_ptr<service::Session> m_other;

    void upload(service::Session& session, const QString& name,
                domain::ScanType type = domain::ScanType::BusinessCard)
    {
        const auto done = waitFor(session.scans().upload(drawnCard(name), name, type));
        QVERIFY2(done.has_value(), done ? "" : qPrintable(done.error().detail));
    }
    static QListView* list(const ScansPage& page) { return page.findChild<QListView*>(); }

private Q_SLOTS:
    void initTestCase() { Appearance::instance().install(*qApp, ThemeChoice::Light); }

    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        const QString path = m_dir->filePath(u"queue.db"_s);
        m_session = openAt(path);
        QVERIFY(m_session);
        m_other = openAt(path);
        QVERIFY(m_other);
        m_session->changes().setInterval(std::chrono::milliseconds(100));
    }

    void cleanup()
    {
        m_other.reset();
        m_session.reset();
    }

    void whatWasUploadedIsSelected()
    {
        for (const char* name : {"one.png", "two.png", "three.png"})
            upload(*m_session, QLatin1String(name));
        ActionSet actions;
        ScansPage page(*m_session, actions);
        page.resize(1300, 700);
        page.show();
        page.setShown(true);
        QListView* view = list(page);
        const auto* model = qobject_cast<ScansModel*>(view->model());
        QTRY_COMPARE(model->rowCount(), 3);
        const QVector<domain::ScanId> wanted{model->scanAt(2).id, model->scanAt(1).id};
        page.showScans(wanted);
        QTRY_COMPARE(view->selectionModel()->selectedRows().size(), 2);
        for (const QModelIndex& index : view->selectionModel()->selectedRows())
            QVERIFY(wanted.contains(model->scanAt(index.row()).id));
        QCOMPARE(view->currentIndex().row(), 1);
        QTest::qWait(400); // and stays so while the list is reloaded
        QCOMPARE(view->selectionModel()->selectedRows().size(), 2);
    }

    void aScanCanBeReadOtherwise()
    {
        qunsetenv("ANTHROPIC_API_KEY");
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere");
        upload(*m_session, u"Maren Lindqvist"_s);
        ActionSet actions;
        ScansPage page(*m_session, actions);
        page.resize(1300, 700);
        auto* button = page.findChild<QPushButton*>(u"readOtherwise"_s);
        QVERIFY(!button->isEnabled()); // no scan is chosen
        page.show();
        page.setShown(true);
        QListView* view = list(page);
        const auto* model = qobject_cast<ScansModel*>(view->model());
        QTRY_COMPARE(model->rowCount(), 1);
        view->setCurrentIndex(model->index(0, 0));
        QVERIFY(button->isEnabled());
        const QList<QAction*> choices = button->menu()->actions();
        QCOMPARE(choices.size(), 4);
        QVERIFY(!choices[0]->isEnabled()); // its job is in the queue
        QVERIFY(choices[0]->toolTip().contains(u"in the queue already"_s));

        // Both read it; without a key, Claude says why not.
        choices[3]->trigger();
        auto* dialog = page.findChild<CompareDialog*>();
        QVERIFY(dialog);
        const auto* table = dialog->findChild<QTableWidget*>(u"fields"_s);
        QTRY_VERIFY_WITH_TIMEOUT(table->rowCount() > 0, 60'000);
        QCOMPARE(table->item(0, 1)->text(), u"Maren Lindqvist"_s);
        QCOMPARE(table->item(0, 2)->text(), QString());
        QVERIFY(dialog->findChild<Strip*>(u"said"_s)->text().startsWith(
            u"Claude read nothing: There is no key"_s));
        dialog->findChild<QPushButton*>(u"done"_s)->click();

        service::Selection job;
        job.jobs = {model->scanAt(0).job};
        QVERIFY(waitFor(m_session->jobs().change(domain::JobAction::Cancel, job)));
        m_session->changes().poke();
        QTRY_VERIFY(choices[1]->isEnabled());
        QSignalSpy said(&page, &ScansPage::copied);
        choices[1]->trigger();
        QTRY_COMPARE(said.count(), 1);
        QTRY_VERIFY(model->scanAt(0).job != job.jobs.idAt(0));
        const auto added = waitFor(m_session->jobs().job(model->scanAt(0).job));
        QVERIFY(added);
        QVERIFY(added->payload.contains("\"reader\":\"claude\""));
    }

    void theListFollowsAnotherProgram()
    {
        upload(*m_other, u"first.png"_s);
        upload(*m_other, u"second.png"_s);
        ActionSet actions;
        ScansPage page(*m_session, actions);
        page.resize(1300, 700);
        page.show();
        page.setShown(true);
        QListView* view = list(page);
        const QAbstractItemModelTester tester(
            view->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        QTRY_COMPARE(view->model()->rowCount(), 2);
        view->setCurrentIndex(view->model()->index(1, 0));
        const auto* model = qobject_cast<ScansModel*>(view->model());
        const domain::ScanId chosen = model->scanAt(1).id;

        upload(*m_other, u"third.png"_s, domain::ScanType::LiquorLicense);
        QTRY_COMPARE(view->model()->rowCount(), 3);
        QCOMPARE(model->scanAt(view->currentIndex().row()).id, chosen);
        QCOMPARE(view->selectionModel()->selectedIndexes().size(), 1);
        QCOMPARE(view->currentIndex().row(), 2);
        QTRY_COMPARE(page.count(), u"3"_s);
    }

    void theSidebarFilters()
    {
        upload(*m_session, u"card.png"_s);
        upload(*m_session, u"license.png"_s, domain::ScanType::LiquorLicense);
        ActionSet actions;
        ScansPage page(*m_session, actions);
        page.show();
        page.setShown(true);
        QAbstractItemModel* rows = list(page)->model();
        const QAbstractItemModelTester tester(
            rows, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QTRY_COMPARE(rows->rowCount(), 2);
        Q_EMIT page.sidebar()->activated(u"kind:liquor_license"_s);
        QTRY_COMPARE(rows->rowCount(), 1);
        QCOMPARE(rows->index(0, 0).data(ScansModel::KindRole).toString(), u"liquor license"_s);
        Q_EMIT page.sidebar()->activated(u"status:failed"_s);
        QTRY_COMPARE(rows->rowCount(), 0);
        Q_EMIT page.sidebar()->activated(u"status:"_s);
        Q_EMIT page.sidebar()->activated(u"kind:liquor_license"_s);
        QTRY_COMPARE(rows->rowCount(), 2);
    }

    void aScanThatLeftTheListStaysShown()
    {
        upload(*m_session, u"card.png"_s);
        ActionSet actions;
        ScansPage page(*m_session, actions);
        page.show();
        page.setShown(true);
        QAbstractItemModel* rows = list(page)->model();
        QTRY_COMPARE(rows->rowCount(), 1);
        QTRY_COMPARE(page.statusTexts().value(1), u"1 selected"_s);
        Q_EMIT page.sidebar()->activated(u"status:failed"_s);
        QTRY_COMPARE(page.statusTexts().value(1), u"1 selected, out of sight"_s);
    }

    void aHiddenPageAsksNothing()
    {
        upload(*m_session, u"card.png"_s);
        ActionSet actions;
        ScansPage page(*m_session, actions);
        QSignalSpy read(page.findChild<ScansModel*>(), &ScansModel::read);
        m_session->changes().poke();
        QTest::qWait(300);
        QCOMPARE(read.count(), 0);
        page.setShown(true);
        QTRY_COMPARE(list(page)->model()->rowCount(), 1);
    }

    void nothingYetOffersUpload()
    {
        ActionSet actions;
        ScansPage page(*m_session, actions);
        page.show();
        page.setShown(true);
        QSignalSpy wanted(actions.action(ActionId::UploadCard), &QAction::triggered);
        QTRY_VERIFY(!list(page)->isVisible());
        const auto isUpload = [](QPushButton* button) {
            return button->isVisible() && button->accessibleName().startsWith(u"Upload Card");
        };
        QTRY_COMPARE(std::ranges::count_if(page.findChildren<QPushButton*>(), isUpload), 2);
        QVERIFY(!page.findChild<QPushButton*>(u"retry"_s)->isEnabled());
    }

    void aVCardEscapesAndParts()
    {
        const QString card = vCard({{u"name"_s, u"Maren Lindqvist"_s},
                                    {u"company"_s, u"Bergmann; Wein, Co"_s},
                                    {u"phone"_s, u"+49 40 5550 0142"_s},
                                    {u"notes"_s, u"a\nb"_s}});
        QVERIFY(card.startsWith(u"BEGIN:VCARD\r\nVERSION:3.0\r\n"));
        QVERIFY(card.contains(u"N:Lindqvist;Maren;;;\r\nFN:Maren Lindqvist\r\n"));
        QVERIFY(card.contains(u"ORG:Bergmann\\; Wein\\, Co\r\n"));
        QVERIFY(card.contains(u"NOTE:a\\nb\r\n"));
        QVERIFY(!card.contains(u"EMAIL"));
    }
};

QTEST_MAIN(TestScansPage)

#include "tst_scanspage.moc"
