// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/engine/localpanel.h"

#include "core/service/session.h"
#include "core/service/snapshotfeed.h"
#include "ui/actions/actionbutton.h"
#include "ui/actions/actionset.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"

#include <QBoxLayout>
#include <QSettings>
#include <QSpinBox>

#include <thread>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

namespace {
const QString kConcurrency = u"engine/concurrency"_s;

int usualConcurrency()
{
    return std::clamp(int(std::thread::hardware_concurrency()), 1, 4);
}
} // namespace

LocalPanel::LocalPanel(service::Session& session, const ActionSet& actions, QWidget* parent)
    : Panel(tr("This computer"), Content::Padded, parent)
    , m_session(session)
    , m_state(new Label({}, TextRole::Strong, Color::Text, this))
    , m_done(new Label({}, TextRole::Body, Color::Muted, this))
    , m_types(new Label({}, TextRole::Body, Color::Muted, this))
    , m_concurrency(new QSpinBox(this))
{
    addToHead(new ActionButton(actions.action(ActionId::ProcessNow), this));
    addToHead(new ActionButton(actions.action(ActionId::StopEngine), this));
    addToHead(new ActionButton(actions.action(ActionId::StartEngine), this, ButtonRole::Primary));

    m_concurrency->setRange(1, 64);
    m_concurrency->setValue(QSettings().value(kConcurrency, usualConcurrency()).toInt());
    m_concurrency->setAccessibleName(tr("Jobs at the same time"));
    auto* label = new Label(tr("Jobs at the same time"), TextRole::Body, Color::Muted, this);
    label->setBuddy(m_concurrency);
    auto* row = new QHBoxLayout;
    row->setSpacing(px(space::kM));
    row->setContentsMargins(0, px(space::kXs), 0, 0);
    row->addWidget(m_state);
    row->addWidget(m_done);
    row->addStretch();
    row->addWidget(label);
    row->addWidget(m_concurrency);
    content()->addLayout(row);
    m_types->setWordWrap(true);
    content()->addWidget(m_types);

    connect(m_concurrency, &QSpinBox::valueChanged, this, [this](int jobs) {
        QSettings().setValue(kConcurrency, jobs);
        Q_EMIT settingsChanged(settings());
        showState();
    });
    service::EngineService& engine = session.engine();
    connect(&engine, &service::EngineService::started, this, [this] {
        m_processed = m_failed = 0;
        showState();
    });
    connect(&engine, &service::EngineService::stopped, this,
            [this](const service::ProcessReport& report) {
                m_processed = report.processed;
                m_failed = report.failed;
                showState();
            });
    connect(&engine, &service::EngineService::progressed, this, [this](int processed, int failed) {
        m_processed = processed;
        m_failed = failed;
        showState();
    });
    connect(&engine, &service::EngineService::handlersChanged, this, &LocalPanel::showTypes);
    connect(&session.snapshots(), &service::SnapshotFeed::read, this, &LocalPanel::showState);
    showState();
    showTypes();
}

service::EngineSettings LocalPanel::settings() const
{
    service::EngineSettings settings;
    settings.concurrency = m_concurrency->value();
    return settings;
}

void LocalPanel::showState()
{
    const service::EngineService& engine = m_session.engine();
    const int running = engine.runningJobs();
    m_state->setText(engine.isRunning() ? tr("Running: %1 of %2 jobs now")
                                              .arg(running)
                                              .arg(m_concurrency->value())
                     : running > 0 ? tr("A round: %1 jobs now").arg(running)
                                   : tr("Not running"));
    m_done->setText(m_processed + m_failed > 0 ? tr("%1 completed, %2 failed attempts")
                                                     .arg(formatCount(m_processed),
                                                          formatCount(m_failed))
                                               : QString());
}

void LocalPanel::showTypes()
{
    QStringList texts;
    for (const QString& type : m_session.engine().handledTypes())
        texts += showControls(type);
    QString text = tr("Runs here: %1. Jobs of other types stay pending.").arg(texts.join(u", "_s));
    for (const service::LocalHandler& handler : m_session.engine().handlerProblems())
        text += u'\n' + tr("%1 is not used: %2").arg(showControls(handler.type), showControls(handler.problem));
    m_types->setText(text);
}

} // namespace queuedeck::ui
