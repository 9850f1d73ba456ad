// SPDX-License-Identifier: GPL-3.0-or-later
// The pages of a window, and what leads from one to another.
#include "app/queuedeck/remedies.h"
#include "app/queuedeck/windowcontroller.h"
#include "core/domain/errorsignature.h"
#include "core/service/changefeed.h"
#include "ui/actions/actionset.h"
#include "ui/diagnostics/diagnosticspage.h"
#include "ui/dialogs/changesaside.h"
#include "ui/dialogs/jobactions.h"
#include "ui/engine/enginepage.h"
#include "ui/engine/processaction.h"
#include "ui/errors/errorspanel.h"
#include "ui/jobdetail/jobdetailpane.h"
#include "ui/jobs/jobspage.h"
#include "ui/journal/journalactions.h"
#include "ui/journal/journalpanel.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/notice/notifier.h"
#include "ui/overview/overviewpage.h"
#include "ui/scans/scanspage.h"

using namespace Qt::StringLiterals;

namespace queuedeck::app {

void WindowController::makePages()
{
    m_overview = new ui::OverviewPage(*m_session);
    m_jobs = new ui::JobsPage(*m_session, m_actions);
    m_detail = new ui::JobDetailPane(*m_session, m_actions);
    m_jobs->setDetail(m_detail);
    m_scans = new ui::ScansPage(*m_session, m_actions);
    m_jobActions = new ui::JobActions(*m_session, m_actions, *m_notifier, &m_window);
    m_journal = new ui::JournalActions(*m_session, m_actions, *m_notifier, &m_window);
    m_process = new ui::ProcessAction(*m_session, m_actions, *m_notifier, &m_window);
    m_engine = new ui::EnginePage(*m_session, m_actions);
    m_process->setChoices(m_engine->choices());
    m_diagnostics = new ui::DiagnosticsPage(*m_session);
    m_diagnostics->setEndpoint([this] { return m_engine->endpoint(); });
    m_errors = new ui::ErrorsPanel(*m_session);
    m_diagnostics->addTab(u"errors"_s, ui::DiagnosticsPage::tr("Ask"), tr("Error Groups"),
                          ui::Icon::Jobs, m_errors,
                          [this](bool shown) { m_errors->setShown(shown); });
    m_journalPanel = new ui::JournalPanel(*m_session);
    m_diagnostics->addTab(u"journal"_s, tr("Record"), tr("Journal"), ui::Icon::Journal,
                          m_journalPanel, [this](bool shown) { m_journalPanel->setShown(shown); });
    for (ui::Page* page : {static_cast<ui::Page*>(m_overview), static_cast<ui::Page*>(m_jobs),
                           static_cast<ui::Page*>(m_scans), static_cast<ui::Page*>(m_engine),
                           static_cast<ui::Page*>(m_diagnostics)})
        m_window.addPage(page);
}

void WindowController::connectPages()
{
    auto& aside = ui::ChangesAside::of(&m_window);
    connect(&aside, &ui::ChangesAside::changed, this,
            [this, &aside] { m_window.setChange(aside.text()); });
    connect(&m_window, &ui::MainWindow::changeClicked, &aside, &ui::ChangesAside::reopen);
    connect(m_overview, &ui::OverviewPage::engineWanted, this,
            [this] { m_window.showPage(u"engine"_s); });
    connect(m_overview, &ui::OverviewPage::jobsWanted, this, [this](const QString& filter) {
        m_window.showPage(u"jobs"_s);
        m_jobs->setFilterText(filter);
    });
    connect(m_overview, &ui::OverviewPage::jobWanted, this, &WindowController::showJob);
    connect(m_overview, &ui::OverviewPage::tablesWanted, this, &WindowController::tablesWanted);
    connect(m_overview, &ui::OverviewPage::chartSaved, this,
            [this](const QString& path) { m_notifier->say(tr("Saved as %1").arg(path)); });
    connect(m_jobs, &ui::JobsPage::currentJobChanged, m_detail, &ui::JobDetailPane::showJob);
    connect(m_jobs, &ui::JobsPage::scopeChanged, m_jobActions, &ui::JobActions::setScope);
    m_jobActions->setScope(m_jobs->scope());
    connect(&m_window, &ui::MainWindow::timeZoneChanged, m_detail, &ui::JobDetailPane::updateTimes);
    connect(m_detail, &ui::JobDetailPane::closeWanted, m_jobs, &ui::JobsPage::closeDetail);
    connect(m_detail, &ui::JobDetailPane::actionWanted, m_jobActions,
            [this](domain::JobAction action, const domain::Job& job) {
                m_jobActions->perform(action, {job});
            });
    connect(m_detail, &ui::JobDetailPane::editWanted, m_jobActions, &ui::JobActions::editAsNew);
    connect(m_jobs, &ui::JobsPage::said, m_notifier, &ui::Notifier::say);
    connect(m_jobs, &ui::JobsPage::rowsCopied, this, [this](int rows, int notLoaded) {
        const QString said =
            base::counted("WindowController", QT_TRANSLATE_NOOP("WindowController", "Copied 1 job"),
                          QT_TRANSLATE_N_NOOP("WindowController", "Copied %L1 jobs"), rows);
        m_notifier->say(
            notLoaded == 0
                ? said
                : tr("%1. Not copied: %2 that are selected but not loaded; scroll to load them.")
                      .arg(said, base::formatCount(notLoaded)));
    });
    connect(m_detail, &ui::JobDetailPane::copied, this,
            [this](const QString& text) { m_notifier->say(tr("Copied %1").arg(text)); });
    connect(m_detail, &ui::JobDetailPane::scanWanted, this,
            [this] { m_window.showPage(u"scans"_s); });
    connect(m_engine, &ui::EnginePage::choicesChanged, m_process, &ui::ProcessAction::setChoices);
    connect(m_engine, &ui::EnginePage::said, m_notifier, &ui::Notifier::say);
    connect(m_process, &ui::ProcessAction::jobWanted, this, &WindowController::showJob);
    connect(m_engine, &ui::EnginePage::copied, this,
            [this](const QString& what) { m_notifier->say(tr("Copied %1").arg(what)); });
    connect(m_scans, &ui::ScansPage::jobWanted, this, &WindowController::showJob);
    connect(m_scans, &ui::ScansPage::retryWanted, m_jobActions, [this](const domain::JobId& id) {
        m_jobActions->performOn(domain::JobAction::Retry, id);
    });
    connect(m_engine, &ui::EnginePage::jobWanted, this, &WindowController::showJob);
    connect(m_engine, &ui::EnginePage::failuresWanted, this, [this] {
        m_window.showPage(u"jobs"_s);
        m_jobs->setFilterText(u"has:error -status:completed"_s);
    });
    connect(m_engine, &ui::EnginePage::cancelWanted, m_jobActions, [this](const domain::JobId& id) {
        m_jobActions->performOn(domain::JobAction::Cancel, id);
    });
    auto* remedies = new Remedies(m_window, m_actions, *m_jobs, this);
    connect(m_diagnostics, &ui::DiagnosticsPage::wanted, remedies, &Remedies::carryOut);
    connect(m_diagnostics, &ui::DiagnosticsPage::copied, this,
            [this](const QString& what) { m_notifier->say(tr("Copied %1").arg(what)); });
    connect(m_journalPanel, &ui::JournalPanel::undoWanted, m_journal,
            &ui::JournalActions::undoEntry);
    connect(m_journalPanel, &ui::JournalPanel::resumeWanted, m_journal,
            &ui::JournalActions::resume);
    connect(m_journalPanel, &ui::JournalPanel::forgetWanted, m_journal,
            &ui::JournalActions::forgetOlder);
    connect(m_journalPanel, &ui::JournalPanel::copied, this,
            [this](const QString& what) { m_notifier->say(tr("Copied %1").arg(what)); });
    connect(m_journalPanel, &ui::JournalPanel::counted, this,
            [this](const QString& count) { m_diagnostics->setTabCount(u"journal"_s, count); });
    connect(m_journal, &ui::JournalActions::lastEntryChanged, &m_window,
            &ui::MainWindow::setLastEntry);
    connectErrors();
    connect(m_scans, &ui::ScansPage::copied, m_notifier, &ui::Notifier::say);
    connect(m_scans, &ui::ScansPage::uploadWanted, this, &WindowController::upload);
}

void WindowController::connectErrors()
{
    connect(m_errors, &ui::ErrorsPanel::changeWanted, m_jobActions,
            [this](domain::JobAction action, const QString& signature, qint64 count,
                   const domain::JobFilter& filter, const ui::ErrorsPanel::Freeze& freeze) {
                const QString scope =
                    signature.isEmpty() ? u"without an error text"_s : u"error: "_s + signature;
                m_jobActions->performOnFrozen(action, filter, scope, count, freeze);
            });
    connect(m_errors, &ui::ErrorsPanel::jobsWanted, this, [this](const QString& filter) {
        m_window.showPage(u"jobs"_s);
        m_jobs->setFilterText(filter);
    });
    connect(m_errors, &ui::ErrorsPanel::jobWanted, this, &WindowController::showJob);
    connect(m_errors, &ui::ErrorsPanel::said, m_notifier, &ui::Notifier::say);
    connect(m_errors, &ui::ErrorsPanel::copied, this,
            [this](const QString& what) { m_notifier->say(tr("Copied %1").arg(what)); });
    connect(m_errors, &ui::ErrorsPanel::counted, this,
            [this](const QString& count) { m_diagnostics->setTabCount(u"errors"_s, count); });
    const service::ChangeFeed& feed = m_session->changes();
    connect(&feed, &service::ChangeFeed::lost, m_errors, &ui::ErrorsPanel::updateActions);
    connect(&feed, &service::ChangeFeed::restored, m_errors, &ui::ErrorsPanel::updateActions);
    const auto show = [this](const QString& filter, const QString& signature) {
        m_errors->groupJobs(filter, signature);
        m_diagnostics->showTab(u"errors"_s);
        m_window.showPage(u"diagnostics"_s);
        m_diagnostics->mainWidget()->setFocus(Qt::ShortcutFocusReason);
    };
    connect(m_overview, &ui::OverviewPage::errorsWanted, this, [show] { show({}, {}); });
    connect(m_actions.action(ui::ActionId::GroupErrors), &QAction::triggered, this, [this, show] {
        if (const auto& filter = m_jobs->scope().filter)
            show(filter->text(), {});
    });
    connect(m_actions.action(ui::ActionId::ShowGroup), &QAction::triggered, this, [this, show] {
        const ui::JobScope& scope = m_jobs->scope();
        if (scope.jobs.size() == 1)
            show({}, u""_s + domain::signatureOf(scope.jobs.first().error).text);
    });
}

} // namespace queuedeck::app
