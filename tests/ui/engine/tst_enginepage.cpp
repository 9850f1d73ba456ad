// SPDX-License-Identifier: GPL-3.0-or-later
// The Engine page over the real service: what runs here, what it did, who else works.
#include "core/service/changefeed.h"
#include "core/service/jobservice.h"
#include "core/service/scanservice.h"
#include "tests/support/sessions.h"
#include "ui/actions/actionset.h"
#include "ui/engine/enginepage.h"
#include "ui/engine/enginesmodel.h"
#include "ui/engine/localpanel.h"
#include "ui/widgets/datatable.h"
#include "ui/widgets/theme.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace queuedeck::ui;
using tests::await;
using tests::openAt;

class TestEnginePage : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<service::Session> m_session;
    std::unique_ptr<ActionSet> m_actions;
    std::unique_ptr<EnginePage> m_page;

    bool says(const QString& text) const
    {
        for (const QLabel* label : m_page->findChildren<QLabel*>()) {
            if (label->text().contains(text))
                return true;
        }
        return false;
    }
    QString log() const { return m_page->findChild<QPlainTextEdit*>()->toPlainText(); }

private Q_SLOTS:
    void initTestCase()
    {
        QCoreApplication::setOrganizationName(u"QueuedeckTest"_s);
        Look::instance().install(*qApp, ThemeChoice::Light);
    }
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        qputenv("XDG_CONFIG_HOME", m_folder->path().toUtf8());
        qputenv("QUEUEDECK_HOME", m_folder->path().toUtf8());
        m_session = openAt(m_folder->filePath(u"jobs.db"_s));
        m_actions = std::make_unique<ActionSet>();
        m_page = std::make_unique<EnginePage>(*m_session, *m_actions);
        m_page->resize(1200, 800);
        m_page->show();
        m_page->setShown(true);
    }
    void cleanup()
    {
        m_page.reset();
        m_actions.reset();
        m_session.reset();
    }

    void aRunIsLoggedLineByLine()
    {
        QVERIFY(says(u"Not running"_s));
        // A picture on another machine fails at once and for good.
        await(m_session->jobs().enqueue(
            u"image_extraction"_s,
            "{\"scanId\":\"01a20984-0000-7000-8000-000000000001\",\"scanType\":\"business_card\","
            "\"imageUrl\":\"https://cdn.example/card.jpg\"}"));
        const auto report = await(m_session->engine().process({.maxJobs = 1}));
        QCOMPARE(report.failed, 1);
        QTRY_VERIFY(log().contains(u"claimed 1 job"_s));
        QTRY_VERIFY(log().contains(u"image_extraction  try 1  failed"_s));
        QVERIFY(log().contains(u"not stored here"_s)); // the reason
    }

    void theEngineOfThisWindowIsSeen()
    {
        auto* table = m_page->findChild<DataTable*>();
        auto* model = m_page->findChild<EnginesModel*>();
        const QAbstractItemModelTester tester(model);
        QVERIFY(!table->isVisible()); // "No engine works on this queue."
        QVERIFY(says(u"Not running"_s));
        m_session->engine().start(m_page->settings());
        QTRY_VERIFY_WITH_TIMEOUT(model->rowCount() == 1, 20'000);
        QVERIFY(table->isVisible());
        QCOMPARE(model->index(0, EnginesModel::Pid).data().toString(),
                 QString::number(QCoreApplication::applicationPid()));
        QCOMPARE(model->index(0, EnginesModel::State).data().toString(), u"running"_s);
        QTRY_VERIFY(says(u"Running: 0 of"_s));
        QSignalSpy stopped(&m_session->engine(), &service::EngineService::stopped);
        m_session->engine().stop();
        QTRY_COMPARE_WITH_TIMEOUT(stopped.size(), 1, 20'000);
        QTRY_VERIFY(says(u"Not running"_s));
        QTRY_VERIFY_WITH_TIMEOUT(model->rowCount() == 0, 20'000);
    }

    void aSilentEngineIsTold()
    {
        EnginesModel model;
        const QAbstractItemModelTester tester(&model);
        const QDateTime now = QDateTime::currentDateTimeUtc();
        domain::EngineSeen engine{u"a/1/ff"_s, u"worker-2"_s, 1, u"0.1.0"_s, now.addSecs(-4000),
                                  now.addSecs(-5), u"running"_s, 3};
        model.setEngines({engine}, now);
        QCOMPARE(model.index(0, EnginesModel::State).data().toString(), u"running"_s);
        engine.seenAt = now.addSecs(-61);
        model.setEngines({engine}, now);
        QCOMPARE(model.index(0, EnginesModel::State).data().toString(), u"silent"_s);
        QCOMPARE(model.index(0, EnginesModel::Jobs).data().toString(), u"3"_s);
    }

    void theNumberOfJobsIsKept()
    {
        QSignalSpy changed(m_page.get(), &EnginePage::settingsChanged);
        m_page->findChild<QSpinBox*>()->setValue(7);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(m_page->settings().concurrency, 7);
        const EnginePage again(*m_session, *m_actions);
        QCOMPARE(again.settings().concurrency, 7);
    }
};

QTEST_MAIN(TestEnginePage)
#include "tst_enginepage.moc"
