// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/engine/enginepage.h"

#include "core/async/deliver.h"
#include "core/schedule/scheduler.h"
#include "core/service/changefeed.h"
#include "core/service/jobservice.h"
#include "core/service/session.h"
#include "ui/engine/enginesmodel.h"
#include "ui/engine/localpanel.h"
#include "ui/engine/remotepanel.h"
#include "ui/engine/schedulespanel.h"
#include "ui/engine/workerspanel.h"
#include "ui/notice/changesoff.h"
#include "ui/widgets/button.h"
#include "ui/widgets/columns.h"
#include "ui/widgets/datatable.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/scrollcolumn.h"
#include "ui/widgets/sidebarmodel.h"
#include "ui/widgets/strip.h"
#include "ui/widgets/theme.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QStackedLayout>
#include <QTimer>
#include <QUrl>

namespace queuedeck::ui {

namespace {
constexpr int kMostLogLines = 5000;
constexpr int kRightWidth = 372;
constexpr int kRightWidthNarrow = 358;
constexpr int kNarrow = 1080;
constexpr int kEnginesHeight = 148;
constexpr int kLeastList = 116; ///< head, and two rows
} // namespace

EnginePage::EnginePage(service::Session& session, const ActionSet& actions, QWidget* parent)
    : Page(QStringLiteral("engine"), tr("Engine"), Icon::Engine, parent)
    , m_session(session)
    , m_halt(new Strip(this))
    , m_local(new LocalPanel(session, actions, this))
    , m_workers(new WorkersPanel(session, this))
    , m_remote(new RemotePanel(session, this))
    , m_schedules(new SchedulesPanel(session, this))
    , m_engines(new EnginesModel(this))
    , m_sidebar(new SidebarModel(this))
{
    auto* inner = new QWidget;
    auto* left = new QVBoxLayout(inner);
    left->setContentsMargins({});
    left->setSpacing(px(space::kM));
    m_halt->setObjectName(QStringLiteral("halt"));
    left->addWidget(m_halt);
    left->addWidget(m_local);
    // These two take what height there is; the panel above is never squeezed.
    QWidget* const log = makeLog();
    for (QWidget* list : {static_cast<QWidget*>(m_workers), log}) {
        list->setMinimumHeight(px(kLeastList));
        list->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Ignored);
    }
    left->addWidget(m_workers, 2);
    left->addWidget(log, 3);
    auto* columns = new QHBoxLayout(this);
    columns->setContentsMargins(px(space::kM), px(space::kM), px(space::kM), px(space::kM));
    columns->setSpacing(px(space::kM));
    columns->addWidget(makeScrollColumn(inner, this), 1);
    columns->addWidget(makeRight());

    connect(m_local, &LocalPanel::choicesChanged, this, &EnginePage::choicesChanged);
    connect(m_workers, &WorkersPanel::jobWanted, this, &EnginePage::jobWanted);
    connect(m_workers, &WorkersPanel::cancelWanted, this, &EnginePage::cancelWanted);
    connect(m_remote, &RemotePanel::urlChanged, m_schedules, &SchedulesPanel::setEndpoint);
    connect(m_remote, &RemotePanel::urlChanged, this, [this] {
        m_lastCall.clear();
        showSidebar();
    });
    connect(m_remote, &RemotePanel::copied, this, &EnginePage::copied);
    connect(m_remote, &RemotePanel::called, this, [this](const remote::RemoteReport& report) {
        m_lastCall = report.httpStatus > 0 ? QString::number(report.httpStatus) : tr("no answer");
        showSidebar();
    });
    connect(m_schedules, &SchedulesPanel::said, this, &EnginePage::said);
    m_schedules->setEndpoint(m_remote->url());
    connect(m_sidebar, &SidebarModel::activated, this, &EnginePage::goTo);
    connect(&session.schedules(), &schedule::Scheduler::changed, this, &EnginePage::showSidebar);
    connect(m_halt, &Strip::pressed, this, &EnginePage::failuresWanted);
    connect(&session.engine(), &service::EngineService::halted, this, &EnginePage::showHalt);
    connect(&session.engine(), &service::EngineService::started, this, [this] {
        m_haltedAfter = 0;
        m_halt->hide();
        showSidebar();
    });
    connect(&session.engine(), &service::EngineService::stopping, this, &EnginePage::showSidebar);
    connect(&session.engine(), &service::EngineService::stopped, this, &EnginePage::showSidebar);
    connect(&session.changes(), &service::ChangeFeed::confirmed, this, [this] {
        if (m_isShown)
            readEngines();
    });
    showSidebar();
}

const EngineChoices& EnginePage::choices() const
{
    return m_local->choices();
}

QString EnginePage::endpoint() const
{
    return m_remote->url();
}

QWidget* EnginePage::makeRight()
{
    auto* inner = new QWidget;
    auto* column = new QVBoxLayout(inner);
    column->setContentsMargins({});
    column->setSpacing(px(space::kM));
    column->addWidget(m_remote);
    column->addWidget(m_schedules);
    column->addWidget(makeEngines(), 1);
    m_right = makeScrollColumn(inner, this);
    return m_right;
}

QWidget* EnginePage::makeEngines()
{
    auto* panel = new Panel(tr("Engines on this database"), Panel::Content::Flush, this);
    panel->setMinimumHeight(px(kEnginesHeight));
    m_table = new DataTable(tr("Engines on this database"), panel);
    m_table->setModel(m_engines);
    QHeaderView* header = m_table->horizontalHeader();
    header->setSectionResizeMode(QHeaderView::Fixed);
    header->setSectionResizeMode(EnginesModel::Host, QHeaderView::Stretch);
    for (const auto column : {EnginesModel::Pid, EnginesModel::Started, EnginesModel::Version})
        m_table->hideColumn(column); // in the tooltip of the machine
    m_table->setColumnWidth(EnginesModel::State, px(76));
    m_table->setColumnWidth(EnginesModel::Jobs, px(56));
    m_table->setColumnWidth(EnginesModel::LastSign, px(80));
    new Columns(QStringLiteral("engines"), *m_table);
    auto* none = new EmptyState(panel);
    if (m_session.info().mode == domain::QueueMode::Guest)
        none->show(Icon::Engine, tr("Not known to a guest."),
                   tr("Engines leave their heartbeats in Queuedeck's own tables, which were not "
                      "created here."));
    else
        none->show(
            Icon::Engine, tr("No engine works on this queue."),
            tr("Start Engine runs one here; queuedeckctl process --watch runs one anywhere."));
    m_stack = new QStackedLayout;
    m_stack->addWidget(m_table);
    m_stack->addWidget(none);
    m_stack->setCurrentIndex(1);
    panel->content()->addLayout(m_stack);
    return panel;
}

QWidget* EnginePage::makeLog()
{
    auto* panel = new Panel(tr("Log"), Panel::Content::Flush, this);
    panel->setNote(tr("what the engine of this computer does"));
    m_log = new QPlainTextEdit(panel);
    m_log->setReadOnly(true);
    m_log->setMaximumBlockCount(kMostLogLines);
    m_log->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_log->setFont(textFont(TextRole::Mono));
    m_log->setFrameShape(QFrame::NoFrame);
    m_log->setAccessibleName(tr("Log"));
    m_log->setPlaceholderText(tr("Nothing has been run here yet."));
    m_log->setTabChangesFocus(true);
    m_log->document()->setDocumentMargin(px(space::kS));
    panel->content()->addWidget(m_log);
    auto* copy = makeButton(Icon::Copy, tr("Copy"), panel, ButtonRole::Quiet);
    auto* clear = makeButton(tr("Clear"), panel, ButtonRole::Quiet);
    panel->addToHead(copy);
    panel->addToHead(clear);
    connect(copy, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(m_log->toPlainText());
        Q_EMIT copied(tr("the log"));
    });
    connect(clear, &QPushButton::clicked, m_log, &QPlainTextEdit::clear);
    connect(&m_session.engine(), &service::EngineService::logged, this,
            [this](const QString& line) {
                m_log->appendPlainText(formatClock(QDateTime::currentDateTimeUtc()) +
                                       QStringLiteral("  ") + showControls(line));
            });
    return panel;
}

void EnginePage::resizeEvent(QResizeEvent* event)
{
    Page::resizeEvent(event);
    const bool isNarrow = width() < px(kNarrow);
    m_right->setFixedWidth(px(isNarrow ? kRightWidthNarrow : kRightWidth));
    m_local->setNarrow(isNarrow);
}

void EnginePage::setShown(bool shown)
{
    if (shown && !std::exchange(m_wasShown, true)) {
        // Qt would show the cursor instead, which is at the end of the last line.
        QTimer::singleShot(0, m_log, [log = m_log] {
            log->horizontalScrollBar()->setValue(0);
            log->verticalScrollBar()->setValue(log->verticalScrollBar()->maximum());
        });
    }
    m_isShown = shown;
    m_workers->setShown(shown);
    if (shown)
        readEngines();
}

void EnginePage::readEngines()
{
    if (m_isReading)
        return;
    m_isReading = true;
    async::deliver(m_session.jobs().engines(), this,
                   [this](const base::Result<QVector<domain::EngineSeen>>& engines) {
                       m_isReading = false;
                       if (!engines)
                           return; // the band says that the database does not answer
                       m_engines->setEngines(*engines, QDateTime::currentDateTimeUtc());
                       m_seen = *engines;
                       showSidebar();
                       m_stack->setCurrentIndex(engines->isEmpty() ? 1 : 0);
                   });
}

void EnginePage::showHalt(const service::ProcessReport& report)
{
    m_haltedAfter = report.haltedAfter;
    m_halt->say(Strip::Kind::Error,
                tr("It stopped by itself: %1 attempts failed in a row. The last one, %2")
                    .arg(report.haltedAfter)
                    .arg(showControls(report.lastFailure)),
                tr("Show Failures"));
    showSidebar();
}

void EnginePage::showSidebar()
{
    const service::EngineService& engine = m_session.engine();
    const QString running = engine.isStopping()  ? tr("Stopping")
                            : engine.isRunning() ? tr("Running")
                                                 : QString();
    setCount(running);
    setStatusTexts(
        engine.isStopping() ? QStringList{stoppingText(engine.runningCount())}
        : engine.isRunning()
            ? QStringList{tr("Local engine running"),
                          tr("Stopping waits up to 20 s and hands unfinished jobs back")}
        : m_haltedAfter > 0
            ? QStringList{tr("Local engine stopped after %1 failures in a row").arg(m_haltedAfter)}
            : QStringList{tr("Local engine not running")});
    QVector<SidebarItem> items{
        SidebarItem::head(tr("This computer")),
        {QStringLiteral("local"), tr("Local engine"), Icon::Engine, Color::Muted, running},
        {QStringLiteral("schedules"), tr("Schedules"), Icon::Clock, Color::Muted,
         formatCount(m_session.schedules().all().size())},
        SidebarItem::head(tr("Remote")),
        {QStringLiteral("remote"),
         m_remote->url().isEmpty() ? tr("No endpoint") : showControls(QUrl(m_remote->url()).host()),
         Icon::Globe, Color::Muted, m_lastCall}};
    if (!m_seen.isEmpty())
        items += SidebarItem::head(tr("Engines seen"));
    const QDateTime now = QDateTime::currentDateTimeUtc();
    for (const domain::EngineSeen& seen : std::as_const(m_seen))
        items += SidebarItem{QStringLiteral("engines"), showControls(seen.host), Icon::Play,
                             Color::Processing, formatAge(seen.seenAt, now)};
    m_sidebar->setItems(items);
}

void EnginePage::goTo(const QString& key)
{
    if (key == QLatin1StringView("local")) {
        m_local->setFocus();
    } else {
        QWidget* const panel = key == QLatin1StringView("remote") ? static_cast<QWidget*>(m_remote)
                               : key == QLatin1StringView("engines")
                                   ? static_cast<QWidget*>(m_table)
                                   : m_schedules;
        panel->setFocus();
        m_right->ensureWidgetVisible(panel);
    }
}

QWidget* EnginePage::mainWidget()
{
    return m_log; // keys do no harm there
}

QList<QWidget*> EnginePage::regions()
{
    return {m_local, m_workers->focusTarget(), m_log, m_remote, m_schedules, m_table};
}

} // namespace queuedeck::ui
