// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/namegate.h"

#include "ui/widgets/label.h"
#include "ui/widgets/shown.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/typedname.h"

#include <QAbstractButton>
#include <QBoxLayout>
#include <QLineEdit>

namespace queuedeck::ui {

NameGate::NameGate(const Place& place, QAbstractButton* go, QWidget* parent)
    : QWidget(parent)
    , m_place(place)
    , m_go(go)
    , m_name(new QLineEdit(this))
    , m_isAsking(place.asksForName())
{
    setObjectName(QStringLiteral("nameGate"));
    const QString question = tr("Type %1 to allow it:").arg(shown(place.name));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins({});
    row->setSpacing(px(space::kS));
    auto* label = new Label(question, TextRole::Strong);
    label->setBuddy(m_name);
    m_name->setObjectName(QStringLiteral("name"));
    m_name->setAccessibleName(question);
    row->addWidget(label);
    row->addWidget(m_name, 1);
    setVisible(m_isAsking);
    connect(m_name, &QLineEdit::textChanged, this, &NameGate::update);
    connect(go, &QAbstractButton::clicked, this, &NameGate::passed);
    update();
}

void NameGate::setReady(bool ready)
{
    m_isReady = ready;
    update();
}

void NameGate::waive()
{
    m_isAsking = false;
    hide();
    update();
}

bool NameGate::isOpen() const
{
    return !m_isAsking || m_name->text().trimmed() == m_place.name;
}

QWidget* NameGate::field() const
{
    return m_isAsking ? m_name : nullptr;
}

void NameGate::passed() const
{
    if (m_isAsking && m_place.typedName)
        m_place.typedName->typed();
}

void NameGate::update()
{
    m_go->setEnabled(m_isReady && isOpen());
    setTip(m_go, isOpen() ? QString() : tr("Type the name of the connection first."));
}

} // namespace queuedeck::ui
