// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/jobbar.h"

#include "ui/actions/actionbutton.h"
#include "ui/actions/actionset.h"
#include "ui/actions/jobscope.h"
#include "ui/widgets/button.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/shown.h"
#include "ui/widgets/theme.h"

#include <QBoxLayout>
#include <QMenu>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

namespace {
// To two digits: an estimate knows no more.
qint64 rounded(qint64 count)
{
    qint64 unit = 1;
    while (count / unit >= 100)
        unit *= 10;
    return (count + unit / 2) / unit * unit;
}
} // namespace

QString matchText(const JobScope& scope)
{
    if (!scope.filter || !scope.matches)
        return {};
    const domain::MatchCount& matches = *scope.matches;
    if (matches.isExact)
        return formatCount(matches.count);
    return matches.about ? u"≈ "_s + formatCount(rounded(*matches.about))
                         : u"≥ "_s + formatCount(matches.count - 1);
}

JobBar::JobBar(ActionSet& actions, QWidget* parent)
    : Surface(Color::Window, parent, Qt::BottomEdge)
    , m_retry(new ActionButton(actions.action(ActionId::Retry), this))
    , m_delete(new ActionButton(actions.action(ActionId::Delete), this))
    , m_retryAll(new ActionButton(actions.action(ActionId::RetryAll), this))
    , m_cleanUp(new ActionButton(actions.action(ActionId::CleanUp), this))
    , m_moreAll(makeIconButton(Icon::More, tr("More for All That Match"), this))
    , m_newer(makeButton(Icon::ArrowUp, {}, this, ButtonRole::Primary))
{
    setFixedHeight(px(size::kActionBar));
    auto* more = makeIconButton(Icon::More, tr("More for the Selected Jobs"), this);
    auto* menu = new QMenu(more);
    for (const ActionId id :
         {ActionId::Cancel, ActionId::RunNext, ActionId::Repair, ActionId::CopyId})
        menu->addAction(actions.action(id));
    openBelow(more, menu);
    auto* menuAll = new QMenu(m_moreAll);
    menuAll->addAction(actions.action(ActionId::CleanUp));
    openBelow(m_moreAll, menuAll);
    m_newer->setObjectName(u"newer"_s);
    m_newer->hide();
    connect(m_newer, &QPushButton::clicked, this, &JobBar::newestWanted);

    auto* line = new Hairline(Qt::Vertical, this);
    line->setFixedHeight(px(space::kL));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(px(space::kM), 0, px(space::kM), 0);
    row->setSpacing(px(space::kS));
    row->addWidget(m_retry);
    row->addWidget(m_delete);
    row->addWidget(more);
    row->addSpacing(px(space::kXs));
    row->addWidget(line);
    row->addSpacing(px(space::kXs));
    row->addWidget(m_retryAll);
    row->addWidget(m_cleanUp);
    row->addWidget(m_moreAll);
    row->addStretch(1);
    row->addWidget(m_newer);
}

// Shows only numbers that belong to the current query.
void JobBar::setScope(const JobScope& scope)
{
    m_retry->setScopeText(scope.rows > 0 ? tr("Retry %1 selected").arg(formatCount(scope.rows))
                                         : QString());
    const QString matches = matchText(scope);
    m_retryAll->setScopeText(matches.isEmpty() ? QString()
                                               : tr("Retry all %1 that match…").arg(matches));
}

void JobBar::setNewer(const QString& words)
{
    m_newer->setText(words);
    setTip(m_newer, tr("Go to the newest rows"));
    m_newer->setVisible(!words.isEmpty());
}

void JobBar::setNarrow(bool isNarrow)
{
    m_delete->setIconOnly(isNarrow);
    m_cleanUp->setVisible(!isNarrow);
    m_moreAll->setVisible(isNarrow);
}

void JobBar::focusMatching()
{
    m_retryAll->setFocus(Qt::ShortcutFocusReason);
}

QWidget* JobBar::first() const
{
    return m_retry;
}

} // namespace queuedeck::ui
