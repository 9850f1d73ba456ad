// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/confirmdialog.h"

#include "ui/widgets/button.h"
#include "ui/widgets/label.h"

#include <QBoxLayout>
#include <QShowEvent>

namespace queuedeck::ui {

ConfirmDialog::ConfirmDialog(const QString& title, const QString& question, QWidget* parent)
    : QDialog(parent)
    , m_content(new QVBoxLayout)
    , m_foot(new Label(tr("Nothing has been changed yet."), TextRole::Small, Color::Muted, this))
    , m_safe(makeButton(QString(), this))
    , m_act(makeButton(QString(), this))
{
    setWindowTitle(title);
    auto* head = new Label(question, TextRole::Title, Color::Text, this);
    head->setWordWrap(true);
    m_content->setSpacing(px(space::kM));
    auto* top = new QVBoxLayout;
    top->setContentsMargins(px(space::kL), px(space::kL), px(space::kL), px(space::kM));
    top->setSpacing(px(space::kM));
    top->addWidget(head);
    top->addLayout(m_content);
    auto* bottom = new QHBoxLayout;
    bottom->setContentsMargins(px(space::kL), px(space::kM), px(space::kL), px(space::kM));
    bottom->setSpacing(px(space::kS));
    bottom->addWidget(m_foot, 1);
    bottom->addWidget(m_safe);
    bottom->addWidget(m_act);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addLayout(top);
    column->addStretch();
    column->addWidget(new Hairline(Qt::Horizontal, this));
    column->addLayout(bottom);
    for (QPushButton* button : {m_safe, m_act})
        button->setAutoDefault(true); // Enter presses the one with the focus
    connect(m_safe, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_act, &QPushButton::clicked, this, &ConfirmDialog::confirmed);
}

void ConfirmDialog::setFoot(const QString& text)
{
    m_foot->setText(text);
}

void ConfirmDialog::setButtons(const QString& safe, const QString& act, bool isDangerous)
{
    m_safe->setText(safe);
    m_act->setText(act);
    setButtonRole(m_act, isDangerous ? ButtonRole::Danger : ButtonRole::Primary);
}

void ConfirmDialog::showEvent(QShowEvent* event)
{
    QDialog::showEvent(event);
    m_safe->setFocus();
}

} // namespace queuedeck::ui
