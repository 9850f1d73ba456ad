// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/dialog.h"

#include "ui/widgets/label.h"
#include "ui/widgets/place.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/windowplace.h"

#include <QBoxLayout>

namespace queuedeck::ui {

Dialog::Dialog(const QString& name, const QString& title, QWidget* parent)
    : QDialog(parent)
    , m_content(new QVBoxLayout)
    , m_foot(new QHBoxLayout)
    , m_note(new Label({}, TextRole::Small, Color::Muted))
{
    setObjectName(name);
    setWindowTitle(title);
    setWindowModality(Qt::WindowModal);
    setAttribute(Qt::WA_DeleteOnClose);
    stayOnScreen(*this);
    m_content->setContentsMargins(px(space::kL), px(space::kL), px(space::kL), px(space::kM));
    m_content->setSpacing(px(space::kM));
    m_foot->setContentsMargins(px(space::kL), px(space::kM), px(space::kL), px(space::kM));
    m_foot->setSpacing(px(space::kS));
    m_note->setObjectName(QStringLiteral("footNote"));
    m_foot->addWidget(m_note, 1);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins({});
    all->setSpacing(0);
    addBand(*all, placeOf(parent));
    all->addLayout(m_content, 1);
    all->addWidget(new Hairline);
    all->addLayout(m_foot);
}

void Dialog::setNote(const QString& note)
{
    m_note->setText(note);
}

void Dialog::addToFoot(QWidget* button)
{
    m_foot->addWidget(button);
}

void Dialog::addToFootLeft(QWidget* button)
{
    m_foot->insertWidget(0, button);
}

} // namespace queuedeck::ui
