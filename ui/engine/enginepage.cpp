// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/engine/enginepage.h"

#include "core/async/deliver.h"
#include "core/service/changefeed.h"
#include "core/service/jobservice.h"
#include "core/service/session.h"
#include "ui/engine/enginesmodel.h"
#include "ui/engine/localpanel.h"
#include "ui/widgets/button.h"
#include "ui/widgets/datatable.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/theme.h"

#include <QBoxLayout>
#include <QGuiApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSplitter>
#include <QStackedLayout>

namespace queuedeck::ui {

namespace {
constexpr int kMostLogLines = 5000;
}

EnginePage::EnginePage(service::Session& session, const ActionSet& actions, QWidget* parent)
    : Page(QStringLiteral("engine"), tr("Engine"), Icon::Engine, parent)
    , m_session(session)
    , m_local(new LocalPanel(session, actions, this))
    , m_engines(new EnginesModel(this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(px(space::kM), px(space::kM), px(space::kM), px(space::kM));
    column->setSpacing(px(space::kM));
    column->addWidget(m_local);
    column->addWidget(makeEngines(), 1);
    column->addWidget(makeLog(), 2);

    connect(m_local, &LocalPanel::settingsChanged, this, &EnginePage::settingsChanged);
    connect(&session.changes(), &service::ChangeFeed::confirmed, this, [this] {
        if (m_isShown)
            readEngines();
    });
}

service::EngineSettings EnginePage::settings() const
{
    return m_local->settings();
}

QWidget* EnginePage::makeEngines()
{
    auto* panel = new Panel(tr("Engines on this database"), Panel::Content::Flush, this);
    panel->setNote(tr("here and on other machines"));
    m_table = new DataTable(tr("Engines on this database"), panel);
    m_table->setModel(m_engines);
    QHeaderView* header = m_table->horizontalHeader();
    header->setSectionResizeMode(QHeaderView::Fixed);
    header->setSectionResizeMode(EnginesModel::Host, QHeaderView::Stretch);
    auto* none = new EmptyState(panel);
    if (m_session.info().mode == QLatin1StringView("guest"))
        none->show(Icon::Engine, tr("Not known to a guest."),
                   tr("Engines give their signs of life in tables of Queuedeck's own, which were "
                      "not created here."));
    else
        none->show(Icon::Engine, tr("No engine works on this queue."),
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
    connect(&m_session.engine(), &service::EngineService::logged, this, [this](const QString& line) {
        m_log->appendPlainText(formatClock(QDateTime::currentDateTimeUtc()) + QStringLiteral("  ")
                               + showControls(line));
    });
    return panel;
}

void EnginePage::setShown(bool shown)
{
    m_isShown = shown;
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
                       m_stack->setCurrentIndex(engines->isEmpty() ? 1 : 0);
                   });
}

QList<QWidget*> EnginePage::regions()
{
    return {m_local, m_table, m_log};
}

} // namespace queuedeck::ui
