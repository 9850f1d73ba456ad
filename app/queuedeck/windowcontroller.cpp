// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/queuedeck/windowcontroller.h"

#include "app/queuedeck/alertwiring.h"
#include "app/queuedeck/palettejobs.h"
#include "core/async/deliver.h"
#include "core/schedule/scheduler.h"
#include "core/service/changefeed.h"
#include "core/service/engineservice.h"
#include "core/service/jobservice.h"
#include "core/service/snapshotfeed.h"
#include "ui/actions/actionset.h"
#include "ui/dialogs/jobactions.h"
#include "ui/dialogs/outcomedialog.h"
#include "ui/engine/enginepage.h"
#include "ui/engine/keydialog.h"
#include "ui/exports/exportdialog.h"
#include "ui/imports/importdialog.h"
#include "ui/jobs/jobcopy.h"
#include "ui/jobs/jobspage.h"
#include "ui/journal/journalactions.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/notice/changesoff.h"
#include "ui/notice/errortext.h"
#include "ui/notice/notifier.h"
#include "ui/notice/outagestrip.h"
#include "ui/palette/palettedialog.h"
#include "ui/scans/scanspage.h"
#include "ui/scans/uploaddialog.h"
#include "ui/widgets/format.h"
#include "ui/widgets/mark.h"
#include "ui/widgets/place.h"
#include "ui/widgets/settings.h"
#include "ui/widgets/typedname.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QGuiApplication>
#include <QMessageBox>

using namespace Qt::StringLiterals;

namespace queuedeck::app {

WindowController::WindowController(std::shared_ptr<service::Session> session,
                                   ui::MainWindow& window, ui::ActionSet& actions, bool isDemo)
    : m_session(std::move(session))
    , m_window(window)
    , m_actions(actions)
    , m_notifier(new ui::Notifier(this))
    , m_isDemo(isDemo)
{
    for (const ui::ActionInfo& info : ui::actionTable())
        m_actions.setEnabled(info.id, true);
    showBand(isDemo); // which the pages and dialogs refer to
    makePages();
    connectPages();
    connectAlerts();
    connectLive();
    connectActions();
    m_journal->read();
    followSpend();
    // A read-only database is not changed by schedules either.
    if (!m_session->info().readOnly)
        m_session->schedules().start();
}

WindowController::~WindowController()
{
    m_window.setNotice(nullptr); // it depends on the session
}

void WindowController::connectAlerts()
{
    m_alerts = std::make_unique<AlertWiring>(*m_session, m_window, m_actions,
                                             m_isDemo ? tr("sample data") : m_session->info().name,
                                             [this] { return m_engine->endpoint(); });
    connect(m_alerts.get(), &AlertWiring::jobsWanted, this, [this](const QString& filter) {
        m_window.showPage(u"jobs"_s);
        m_jobs->setFilterText(filter);
    });
}

void WindowController::connectLive()
{
    service::ChangeFeed& feed = m_session->changes();
    const service::SessionInfo& info = m_session->info();
    const auto kept =
        ui::settings::interval(info.settingsGroup(), info.mode == domain::QueueMode::Own);
    feed.setInterval(std::chrono::seconds(std::clamp(kept.read(), 1, 60)));
    m_session->jobs().setReadDeadline(std::chrono::seconds(
        std::clamp(ui::settings::queryDeadline(info.settingsGroup()).read(), 1, 600)));
    // One above the other; of the two, only one says something.
    auto* notice = new QWidget;
    auto* strips = new QVBoxLayout(notice);
    strips->setContentsMargins({});
    strips->setSpacing(0);
    strips->addWidget(new ui::OutageStrip(feed));
    strips->addWidget(m_alerts->makeStrip(notice));
    m_window.setNotice(notice);
    connect(&m_window, &ui::MainWindow::pauseToggled, &feed, [this, &feed](bool isPaused) {
        feed.setPaused(isPaused);
        updateLive();
    });
    connect(&m_window, &ui::MainWindow::intervalChosen, &feed,
            [this, &feed, kept](std::chrono::seconds interval) {
                feed.setInterval(interval);
                kept.write(int(interval.count()));
                updateLive();
            });
    // Whatever wrote it: an upload, another window, the command line.
    connect(&feed, &service::ChangeFeed::confirmed, this, [this] {
        m_confirmedAt = QDateTime::currentDateTimeUtc();
        updateLive();
    });
    connect(&feed, &service::ChangeFeed::lost, this, [this](const base::Error& error) {
        m_lostReason = ui::errorLine(error);
        updateLive();
    });
    connect(&feed, &service::ChangeFeed::restored, this, [this] {
        m_lostReason.clear();
        updateLive();
    });
    connect(m_actions.action(ui::ActionId::Refresh), &QAction::triggered, &feed,
            &service::ChangeFeed::refresh);
    updateLive();
}

void WindowController::updateLive()
{
    service::ChangeFeed& feed = m_session->changes();
    m_window.setLive({feed.isPaused(),
                      std::chrono::duration_cast<std::chrono::seconds>(feed.interval()),
                      m_confirmedAt, m_lostReason});
}

void WindowController::connectActions()
{
    connect(m_actions.action(ui::ActionId::UploadCard), &QAction::triggered, this,
            [this] { upload({}); });
    connect(m_actions.action(ui::ActionId::Import), &QAction::triggered, this,
            &WindowController::import);
    const bool isSaved = !m_session->info().rules.name.isEmpty();
    m_actions.setEnabled(ui::ActionId::CopyLink, isSaved,
                         tr("Save this connection first: a link names it."));
    connect(m_actions.action(ui::ActionId::CopyLink), &QAction::triggered, this,
            &WindowController::copyLink);
    auto* copy = new ui::JobCopy(
        *m_session, m_actions, [this] { return m_jobs->scope().jobs; },
        [this] { return m_engine->endpoint(); }, this);
    connect(copy, &ui::JobCopy::copied, m_notifier, &ui::Notifier::say);
    connect(copy, &ui::JobCopy::failed, m_notifier, &ui::Notifier::fail);
    connect(m_actions.action(ui::ActionId::Export), &QAction::triggered, this,
            [this] { exportJobs(m_jobs->scope().jobs.isEmpty()); }); // all: too many to load
    connect(m_actions.action(ui::ActionId::ExportAll), &QAction::triggered, this,
            [this] { exportJobs(true); });
    using Kind = service::KeyPurpose::Kind;
    for (const auto& [id, kind] : {std::pair{ui::ActionId::EndpointKey, Kind::OwnKey},
                                   std::pair{ui::ActionId::ClaudeKey, Kind::ClaudeKey}}) {
        connect(m_actions.action(id), &QAction::triggered, this, [this, kind = kind] {
            auto* dialog = new ui::KeyDialog(m_session->keys(), {kind}, &m_window);
            dialog->open();
        });
    }
    connect(m_notifier, &ui::Notifier::toastWanted, this,
            [this](const QString& text, const domain::JournalId& entry, ui::Toast::Tone tone) {
                m_toastUndo = entry;
                m_window.toast(text, entry.isEmpty() ? QString() : tr("Undo"), tone);
                m_journal->read();
            });
    connect(m_notifier, &ui::Notifier::troubled, this,
            [this](ui::ChangeKind kind, const domain::Outcome& outcome) {
                auto* dialog = new ui::OutcomeDialog(kind, outcome, &m_window);
                connect(dialog, &ui::OutcomeDialog::undoWanted, m_journal,
                        &ui::JournalActions::undo);
                dialog->open();
                m_journal->read();
            });
    connect(m_notifier, &ui::Notifier::failed, this, [this](const QString& line) {
        auto* box = new QMessageBox(QMessageBox::NoIcon,
                                    ui::titleAt(ui::placeOf(&m_window), u"Queuedeck"_s), line,
                                    QMessageBox::Close, &m_window);
        box->setTextFormat(Qt::PlainText);
        box->setAttribute(Qt::WA_DeleteOnClose);
        box->open();
    });
    connect(&m_window, &ui::MainWindow::toastActionPressed, this,
            [this] { m_journal->undo(m_toastUndo); });
}

void WindowController::showBand(bool isDemo)
{
    const service::SessionInfo& info = m_session->info();
    const QString name = isDemo ? tr("sample data") : info.name;
    const domain::ConnectionRules& rules = info.rules;
    ui::setPlace(m_window, {rules.environment, name, rules.safety,
                            std::make_shared<ui::TypedName>(rules.askAgainAfter),
                            info.mode != domain::QueueMode::Guest});
    m_window.setBand(
        {rules.environment, name,
         info.server + u" · "_s + (info.embedded || isDemo ? tr("on this computer") : info.address),
         info.mode == domain::QueueMode::Guest    ? tr("guest")
         : info.mode == domain::QueueMode::Beside ? tr("beside the web application")
                                                  : tr("own"),
         ui::safetyLevel(info), ui::rightsText(info)});
}

void WindowController::showJob(const domain::JobId& id)
{
    m_window.showPage(u"jobs"_s);
    m_jobs->showJob(id);
}

ui::PaletteItems WindowController::viewItems()
{
    return app::viewItems(*m_jobs, [this](const QString& id) {
        m_window.showPage(u"jobs"_s);
        m_jobs->showView(id);
    });
}

void WindowController::show(const domain::Link& link)
{
    if (!link.job.isEmpty()) {
        showJob({link.job});
    } else if (!link.filter.isEmpty()) {
        m_window.showPage(u"jobs"_s);
        m_jobs->setFilterText(link.filter);
    }
}

// To the job that is looked at, else to the page and its filter.
void WindowController::copyLink()
{
    domain::Link link{m_session->info().rules.name, m_window.currentPage()->key()};
    if (link.page == "jobs"_L1) {
        if (m_jobs->isDetailOpen() || m_jobs->scope().rows == 1)
            link.job = m_jobs->currentJob().value;
        if (link.job.isEmpty() && m_jobs->scope().filter)
            link.filter = m_jobs->scope().filter->text();
    }
    const QString text = domain::linkText(link);
    if (const auto read = domain::linkFrom(text); !read) { // a filter with a character of control
        m_notifier->fail(read.error());
        return;
    }
    QGuiApplication::clipboard()->setText(text);
    m_notifier->say(!link.job.isEmpty()      ? tr("Copied a link to this job")
                    : !link.filter.isEmpty() ? tr("Copied a link to this filter")
                                             : tr("Copied a link to this page"));
}

// Other programs of this user spend too, so it is read now and then even if nothing runs here.
void WindowController::followSpend()
{
    using namespace std::chrono_literals;
    m_spendTimer.setSingleShot(true);
    connect(&m_spendTimer, &QTimer::timeout, this, &WindowController::readSpend);
    connect(&m_session->engine(), &service::EngineService::progressed, this, [this] {
        if (m_spendTimer.remainingTime() > 2000)
            m_spendTimer.start(2s);
    });
    connect(m_engine, &ui::EnginePage::choicesChanged, this, [this] { m_spendTimer.start(0); });
    m_spendTimer.start(0);
}

void WindowController::readSpend()
{
    using namespace std::chrono_literals;
    m_spendTimer.start(60s);
    if (m_session->engine().pictures().reader != service::PictureChoices::Reader::Claude) {
        m_window.setSpend({}, {});
        return;
    }
    if (std::exchange(m_isReadingSpend, true))
        return;
    async::deliver(m_session->engine().claude(), this,
                   [this](const base::Result<service::ClaudeInfo>& info) {
                       m_isReadingSpend = false;
                       if (!info || !info->hasKey) {
                           m_window.setSpend({}, {});
                           return;
                       }
                       m_window.setSpend(tr("Claude: %1 of %2 tokens today")
                                             .arg(ui::formatCount(info->tokensToday),
                                                  ui::formatCount(info->tokensPerDay)),
                                         ui::showControls(info->trouble.translated()));
                   });
}

void WindowController::upload(const QStringList& files)
{
    auto* dialog = new ui::UploadDialog(*m_session, &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ui::UploadDialog::showWanted, this,
            [this](const QVector<domain::ScanId>& uploaded) {
                m_window.showPage(u"scans"_s);
                m_scans->showScans(uploaded);
            });
    dialog->open();
    dialog->addFiles(files);
}

void WindowController::import()
{
    const QString name = m_isDemo ? tr("sample data") : m_session->info().name;
    auto* dialog =
        new ui::ImportDialog(*m_session, m_session->info().rules.environment, name, &m_window);
    connect(dialog, &ui::ImportDialog::added, this, [this](const domain::JobId& job) {
        m_notifier->say(tr("Added 1 import."));
        m_session->changes().poke();
        showJob(job);
    });
    dialog->open();
}

void WindowController::exportJobs(bool isAll)
{
    const ui::JobScope& scope = m_jobs->scope();
    ui::ExportQuestion question;
    if (isAll) {
        if (!scope.filter || !scope.matches)
            return;
        question = {{*scope.filter, std::nullopt}, *scope.matches};
    } else {
        domain::JobIds ids;
        for (const domain::Job& job : scope.jobs)
            ids += job.id;
        question = {{{}, ids}, {ids.size(), true}};
    }
    auto* dialog = new ui::ExportDialog(*m_session, question, &m_window);
    connect(dialog, &ui::ExportDialog::exported, m_notifier, &ui::Notifier::say);
    dialog->open();
}

} // namespace queuedeck::app
