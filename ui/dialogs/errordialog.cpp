// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/errordialog.h"

#include "ui/notice/errortext.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"

namespace queuedeck::ui {

ErrorDialog::ErrorDialog(const base::Error& error, QWidget* parent)
    : QDialog(parent)
{
    const ErrorText words = errorText(error);
    setWindowTitle(words.title);
    setWindowModality(Qt::WindowModal);
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(px(420));
    auto* title = new Label(words.title, TextRole::Title);
    title->setWordWrap(true);
    auto* sentence = new Label(words.sentence);
    sentence->setWordWrap(true);
    sentence->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    QPushButton* close = makeButton(tr("Close"), nullptr);
    close->setAutoDefault(true);
    auto* foot = new QHBoxLayout;
    foot->addStretch(1);
    foot->addWidget(close);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(px(space::kL), px(space::kL), px(space::kL), px(space::kM));
    all->setSpacing(px(space::kM));
    all->addWidget(title);
    all->addWidget(sentence);
    all->addLayout(foot);
    close->setFocus();
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
}

} // namespace queuedeck::ui
