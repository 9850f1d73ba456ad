// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/workingpanel.h"

#include "core/async/deliver.h"
#include "core/service/engineservice.h"
#include "core/service/jobservice.h"
#include "core/service/session.h"
#include "ui/widgets/button.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/linestable.h"
#include "ui/widgets/strip.h"
#include "ui/widgets/theme.h"

#include <QBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

namespace {
constexpr qsizetype kMostLines = 6;
} // namespace

WorkingPanel::WorkingPanel(service::Session& session, QWidget* parent)
    : Panel(tr("Who is working"), Content::Padded, parent)
    , m_session(session)
    , m_engine(makeButton(tr("Engine"), this, ButtonRole::Link))
    , m_lines(new LinesTable(
          tr("Who is working"),
          {{tr("Engine"), 0, false}, {tr("Running"), 96, true}, {tr("Last seen"), 92, true}}))
    , m_full(new Strip(this))
{
    m_engine->setObjectName(u"showEngine"_s);
    m_lines->setObjectName(u"working"_s);
    m_full->setObjectName(u"full"_s);
    addToHead(m_engine);
    content()->addWidget(m_lines);
    content()->addWidget(m_full);
    content()->addStretch(1);
    m_full->hide();
    connect(m_engine, &QPushButton::clicked, this, &WorkingPanel::engineWanted);
    connect(m_full, &Strip::pressed, this, &WorkingPanel::engineWanted);
    showEngines({});
}

QWidget* WorkingPanel::first() const
{
    return m_engine;
}

void WorkingPanel::refresh(const domain::QueueSnapshot& snapshot)
{
    showCapacity(snapshot);
    if (std::exchange(m_isReading, true))
        return;
    async::deliver(m_session.jobs().engines(), this,
                   [this](const base::Result<QVector<domain::EngineSeen>>& engines) {
                       m_isReading = false;
                       if (engines)
                           showEngines(*engines);
                   });
}

void WorkingPanel::showEngines(const QVector<domain::EngineSeen>& engines)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const int capacity = m_session.engine().capacity();
    QVector<Line> lines;
    qsizetype more = 0;
    for (const domain::EngineSeen& engine : engines) {
        if (engine.isSilent(now))
            continue;
        if (lines.size() == kMostLines) {
            ++more;
            continue;
        }
        const bool here = engine.isThisProgram();
        lines +=
            Line{{here ? tr("%1, this window").arg(showControls(engine.host))
                       : showControls(engine.host)},
                 {here && capacity > 0 ? tr("%1 of %2", "jobs that run, of how many can")
                                             .arg(formatCount(engine.jobs), formatCount(capacity))
                                       : formatCount(engine.jobs)},
                 {formatAge(engine.seenAt, now), {}, true}};
    }
    if (more > 0)
        lines += Line{{tr("%1 more").arg(formatCount(more)), {}, true}, {}, {}};
    // Its claims cannot be told from anybody else's.
    if (m_session.info().mode == domain::QueueMode::Beside ||
        m_session.info().mode == domain::QueueMode::Guest)
        lines += Line{{tr("Another processor")}, {tr("cannot be seen"), {}, true}, {}};
    if (lines.isEmpty())
        lines += Line{{tr("Nobody: no engine is running."), {}, true}, {}, {}};
    m_lines->setLines(lines);
}

void WorkingPanel::showCapacity(const domain::QueueSnapshot& snapshot)
{
    const int capacity = m_session.engine().capacity();
    const int busy = m_session.engine().runningCount();
    // A free worker would not take the others.
    const QStringList types = m_session.engine().handledTypes();
    const bool isAnyWaiting = std::any_of(types.cbegin(), types.cend(), [&](const QString& type) {
        return snapshot.byType.value(type).pending > 0;
    });
    if (capacity == 0 || busy < capacity || !isAnyWaiting) {
        m_full->hide();
        return;
    }
    m_full->say(Strip::Kind::Info,
                tr("Workers are full: %1 of %2 busy, and jobs wait.")
                    .arg(formatCount(busy), formatCount(capacity)),
                tr("Raise Concurrency"));
}

} // namespace queuedeck::ui
