// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobdetail/jobhead.h"

#include "core/service/session.h"
#include "ui/actions/actionset.h"
#include "ui/jobdetail/marklabel.h"
#include "ui/notice/changesoff.h"
#include "ui/notice/outcometext.h"
#include "ui/widgets/button.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/shown.h"

#include <QGridLayout>

namespace queuedeck::ui {
namespace {

QWidget* makeRow(std::initializer_list<QWidget*> parts, QWidget* wide = nullptr)
{
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(px(space::kS));
    for (QWidget* part : parts)
        layout->addWidget(part, part == wide ? 1 : 0);
    if (!wide)
        layout->addStretch(1);
    return row;
}

} // namespace

JobHead::JobHead(const ActionSet& actions, service::Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_mark(new MarkLabel(Mark::Unknown, true))
    , m_type(new ElidedLabel({}, TextRole::Title))
    , m_close(makeIconButton(Icon::Close, tr("Close the detail"), nullptr))
    , m_id(new ElidedLabel({}, TextRole::Mono))
    , m_copy(new CopyButton(tr("Copy the id")))
    , m_layout(new QGridLayout(this))
{
    m_id->setObjectName(QStringLiteral("id"));
    m_id->setElideMode(Qt::ElideMiddle);
    m_type->setObjectName(QStringLiteral("type"));
    m_type->setElideMode(Qt::ElideMiddle);
    m_close->setObjectName(QStringLiteral("close"));
    auto* buttons = new QWidget;
    auto* row = new QHBoxLayout(buttons);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(px(space::kS));
    const auto add = [&](ActionId id, domain::JobAction action, Icon icon, const char* name) {
        QString text = actions.action(id)->text();
        text.remove(QLatin1Char('&'));
        QPushButton* button = makeButton(icon, text, nullptr);
        button->setObjectName(QLatin1String(name));
        row->addWidget(button);
        m_buttons.append({action, button, tr("%1 this job", "action").arg(text)});
        connect(button, &QPushButton::clicked, this,
                [this, action] { Q_EMIT actionWanted(action); });
    };
    add(ActionId::Retry, domain::JobAction::Retry, Icon::Retry, "retry");
    add(ActionId::RunNext, domain::JobAction::RunNext, Icon::RunNext, "runNext");
    add(ActionId::Cancel, domain::JobAction::Cancel, Icon::Cancel, "cancel");
    add(ActionId::Repair, domain::JobAction::Repair, Icon::Edit, "repair");
    m_edit = makeButton(Icon::Edit, tr("Edit as New…"), nullptr);
    m_edit->setObjectName(QStringLiteral("editAsNew"));
    row->addWidget(m_edit);
    connect(m_edit, &QPushButton::clicked, this, &JobHead::editWanted);
    row->addStretch(1);
    m_titleRow = makeRow({m_mark, m_type}, m_type);
    m_idRow = makeRow({m_id, m_copy});
    m_buttonRow = buttons;
    m_layout->setHorizontalSpacing(px(space::kS));
    m_layout->setVerticalSpacing(px(space::kXs));
    connect(m_close, &QToolButton::clicked, this, &JobHead::closeWanted);
    connect(m_copy, &CopyButton::copied, this, &JobHead::copied);
    setCompact(false);
    setOff({});
}

void JobHead::setCompact(bool compact)
{
    for (QWidget* part : QWidgetList{m_titleRow, m_idRow, m_buttonRow, m_close})
        m_layout->removeWidget(part);
    m_id->setMinimumWidth(0);
    if (compact) {
        m_layout->setContentsMargins(px(space::kM), px(6), px(space::kM), px(6));
        m_layout->addWidget(m_titleRow, 0, 0);
        m_layout->addWidget(m_idRow, 0, 1);
        m_layout->addWidget(m_buttonRow, 0, 2);
        m_layout->addWidget(m_close, 0, 3);
        m_layout->setColumnStretch(0, 0);
        m_layout->setColumnStretch(1, 1);
        return;
    }
    m_layout->setContentsMargins(px(space::kL), px(space::kM), px(space::kM), px(space::kM));
    m_layout->addWidget(m_titleRow, 0, 0);
    m_layout->addWidget(m_close, 0, 1);
    m_layout->addWidget(m_idRow, 1, 0, 1, 2);
    m_layout->addWidget(m_buttonRow, 2, 0, 1, 2);
    m_layout->setColumnStretch(0, 1);
    m_layout->setColumnStretch(1, 0);
}

void JobHead::setJob(const domain::Job& job)
{
    constexpr qsizetype kMostOfWord = 24;
    const bool isUnknown = job.status == domain::JobStatus::Unknown;
    m_mark->setMark(markOf(job),
                    isUnknown ? showControls(job.rawStatus.left(kMostOfWord)) : QString());
    m_mark->show();
    m_type->setText(showControls(job.type));
    m_id->setText(showControls(job.id.value));
    m_copy->setText(job.id.value);
    m_copy->show();
    for (const ActionButton& each : m_buttons) {
        const QString why = whyNot(each.action, job);
        each.button->setEnabled(why.isEmpty());
        setTip(each.button, why.isEmpty() ? each.tip : why);
        if (each.action == domain::JobAction::Repair) // rare: not worth a button on every job
            each.button->setVisible(isUnknown);
    }
    const QString off = changesOff(m_session);
    m_edit->setEnabled(off.isEmpty());
    setTip(m_edit, off.isEmpty() ? tr("Add a job like this one, with changes") : off);
}

QString JobHead::whyNot(domain::JobAction action, const domain::Job& job) const
{
    const QString off = changesOff(m_session);
    if (!off.isEmpty())
        return off;
    if (action == domain::JobAction::RunNext && m_session.info().mode == domain::QueueMode::Guest)
        return withoutTables();
    const auto refusal = domain::refusal(action, job);
    return refusal ? tr("Not for this job: %1.").arg(refusal->words()) : QString();
}

void JobHead::setOff(const QString& why)
{
    for (const ActionButton& each : m_buttons) {
        each.button->setEnabled(false);
        setTip(each.button, why);
        if (each.action == domain::JobAction::Repair)
            each.button->hide();
    }
    m_edit->setEnabled(false);
    setTip(m_edit, why);
    if (!why.isEmpty())
        return;
    m_mark->hide();
    m_type->clear();
    m_id->clear();
    m_copy->hide();
}

} // namespace queuedeck::ui
