// SPDX-License-Identifier: GPL-3.0-or-later
// The real window on a real database: a card from upload to its fields, a failed job retried and
// the retry undone, old jobs cleaned up and restored, byte for byte.
#include "app/queuedeck/program.h"
#include "core/service/jobservice.h"
#include "core/store/jobstore.h"
#include "tests/support/windows.h"
#include "ui/actions/actionset.h"
#include "ui/jobs/jobspage.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/scans/uploaddialog.h"
#include "ui/widgets/datatable.h"
#include "ui/widgets/theme.h"

#include <QAction>
#include <QDialog>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck;

class TestWindow : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<store::JobStore> m_store; ///< another program on the same database
    std::unique_ptr<app::Program> m_program;

    QString path() const { return m_home->filePath(u"jobs.db"_s); }

    static ui::MainWindow* window() { return test::mainWindow(); }

    static QAction* action(const QString& text)
    {
        for (QAction* candidate : window()->findChildren<QAction*>()) {
            if (candidate->text().remove(u'&') == text)
                return candidate;
        }
        for (QObject* top : QApplication::allWidgets()) {
            for (QAction* candidate : qobject_cast<QWidget*>(top)->actions()) {
                if (candidate->text().remove(u'&') == text)
                    return candidate;
            }
        }
        return nullptr;
    }

    template <class Dialog>
    static Dialog* openDialog()
    {
        for (QWidget* widget : QApplication::allWidgets()) {
            auto* dialog = qobject_cast<Dialog*>(widget);
            if (dialog && dialog->isVisible())
                return dialog;
        }
        return nullptr;
    }

    // Presses the dialog's button whose text begins with this, once it is enabled.
    static bool press(const QString& start)
    {
        auto* dialog = openDialog<QDialog>();
        if (!dialog)
            return false;
        for (QPushButton* button : dialog->findChildren<QPushButton*>()) {
            if (button->isVisible() && button->isEnabled() && button->text().startsWith(start)) {
                button->click();
                return true;
            }
        }
        return false;
    }

    domain::JobDetail add(domain::JobStatus status, int daysOld)
    {
        const QDateTime created = QDateTime::currentDateTimeUtc().addDays(-daysOld);
        domain::JobDetail detail;
        detail.job.id.value = domain::newUuid(created.toMSecsSinceEpoch());
        detail.job.type = u"customer_enrichment"_s;
        detail.job.rawStatus = domain::statusText(status);
        detail.job.attempts = 3;
        detail.job.error = u"no answer"_s;
        detail.job.createdAt = created;
        detail.payload = "{\"customerId\": \"c\",  \"z\":1.50, \"a\":2}"; // kept exactly like this
        if (!m_store->additions.import({detail}))
            qFatal("import");
        return detail;
    }

    QByteArray rowText(const QString& id)
    {
        const auto rows = m_store->connection().run(u"SELECT json_array(id, type, payload, status, "
                                                    u"attempts, error, createdAt, completedAt) "
                                                    "FROM \"Job\" WHERE id = :id"_s,
                                                    {{u"id"_s, id}});
        return rows && !rows->isEmpty() ? (*rows)[0].bytes(0) : QByteArray();
    }

    domain::TypeCounts counts() { return m_store->jobs.snapshot()->counts; }

private Q_SLOTS:
    void initTestCase() { ui::Appearance::instance().install(*qApp, ui::ThemeChoice::Light); }

    void init()
    {
        m_home = std::make_unique<QTemporaryDir>();
        qputenv("QUEUEDECK_HOME", m_home->path().toUtf8());
        qputenv("XDG_CONFIG_HOME", m_home->path().toUtf8());
        const auto url = db::DatabaseUrl::sqliteFile(path());
        m_store = std::move(*store::JobStore::open(url, db::OpenMode::Create));
        app::Options options;
        options.address = u"sqlite:"_s + path();
        options.page = u"jobs"_s;
        m_program = std::make_unique<app::Program>(options);
        m_program->start();
        QVERIFY(QTest::qWaitForWindowExposed(window()));
        QTRY_VERIFY(qobject_cast<ui::JobsPage*>(window()->currentPage()));
    }

    void cleanup()
    {
        m_program.reset();
        m_store.reset();
        m_home.reset();
    }

    void aCardIsUploadedProcessedAndRead()
    {
        QVERIFY(action(u"Upload Card…"_s));
        action(u"Upload Card…"_s)->trigger();
        QTRY_VERIFY(openDialog<ui::UploadDialog>());
        auto* dialog = openDialog<ui::UploadDialog>();
        dialog->addFiles({QStringLiteral(QUEUEDECK_SOURCE_DIR "/resources/samples/card-01.png")});
        QTRY_COMPARE(counts().pending, 1);
        dialog->close();
        action(u"Process Now"_s)->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(counts().completed, 1, 60'000);
        const auto scans = m_store->scans.list({});
        QVERIFY(scans);
        QCOMPARE(scans->size(), 1);
        QCOMPARE(scans->front().status, u"completed"_s);
        QCOMPARE(scans->front().extractedData[u"email"_s].toString(),
                 u"eleanor@northgatecellars.example"_s);
    }

    void aFailedJobIsRetriedAndTheRetryUndone()
    {
        const domain::JobDetail failed = add(domain::JobStatus::Failed, 1);
        const QByteArray before = rowText(failed.job.id.value);
        auto* page = qobject_cast<ui::JobsPage*>(window()->currentPage());
        auto* table = page->findChild<ui::DataTable*>();
        QTRY_COMPARE(table->model()->rowCount(), 1); // shown, although another program added it
        table->selectRow(0);
        QTRY_VERIFY(action(u"Retry"_s)->isEnabled());
        action(u"Retry"_s)->trigger();
        QTRY_COMPARE(counts().pending, 1);
        QCOMPARE(*m_store->jobs.job(failed.job.id)->job.attempts, 0);
        QTRY_VERIFY(action(u"Undo"_s)->isEnabled());
        action(u"Undo"_s)->trigger();
        QTRY_COMPARE(counts().failed, 1);
        QCOMPARE(rowText(failed.job.id.value), before);
    }

    void oldJobsAreCleanedUpAndRestoredToTheByte()
    {
        const domain::JobDetail old = add(domain::JobStatus::Completed, 45);
        add(domain::JobStatus::Completed, 2);
        add(domain::JobStatus::Pending, 60);
        const QByteArray before = rowText(old.job.id.value);
        QTRY_VERIFY(action(u"Clean Up…"_s)->isEnabled());
        action(u"Clean Up…"_s)->trigger();
        QTRY_VERIFY(openDialog<QDialog>());
        bool isPressed = false; // QTRY_VERIFY evaluates once more after success
        QTRY_VERIFY(isPressed || (isPressed = press(u"Delete 1"_s)));
        QTRY_COMPARE(counts().total(), 2);
        QVERIFY(rowText(old.job.id.value).isEmpty());
        QTRY_VERIFY(!openDialog<QDialog>());
        QTRY_VERIFY(action(u"Undo"_s)->isEnabled());
        action(u"Undo"_s)->trigger();
        QTRY_COMPARE(counts().total(), 3);
        QCOMPARE(rowText(old.job.id.value), before);
    }
};

QTEST_MAIN(TestWindow)

#include "tst_window.moc"
