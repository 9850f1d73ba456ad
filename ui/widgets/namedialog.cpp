// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/namedialog.h"

#include "ui/widgets/button.h"
#include "ui/widgets/label.h"
#include "ui/widgets/namegate.h"

#include <QBoxLayout>

namespace queuedeck::ui {

NameDialog::NameDialog(const NameQuestion& question, QWidget* parent)
    : Dialog(QStringLiteral("nameDialog"), question.title, parent)
{
    auto* title = new Label(question.title, TextRole::Title);
    title->setWordWrap(true);
    content()->addWidget(title);
    if (!question.text.isEmpty()) {
        auto* text = new Label(question.text);
        text->setWordWrap(true);
        content()->addWidget(text);
    }
    auto* safe = makeButton(question.safe, this);
    auto* go = makeButton(question.go, this, ButtonRole::Primary);
    safe->setObjectName(QStringLiteral("safe"));
    go->setObjectName(QStringLiteral("go"));
    safe->setAutoDefault(false);
    go->setDefault(true); // Enter in the field agrees, once the name is there
    auto* gate = new NameGate(placeOf(parent), go, this);
    gate->setReady(true);
    content()->addWidget(gate);
    content()->addStretch(1);
    setNote(tr("Nothing has been changed yet."));
    addToFoot(safe);
    addToFoot(go);
    connect(safe, &QPushButton::clicked, this, &QDialog::reject);
    connect(go, &QPushButton::clicked, this, [this] {
        accept();
        Q_EMIT agreed();
    });
    if (QWidget* const field = gate->field())
        field->setFocus();
    else
        safe->setFocus();
    setMinimumWidth(px(520));
}

void askForName(QWidget* window, const NameQuestion& question, std::function<void()> then)
{
    if (!placeOf(window).asksForName()) {
        then();
        return;
    }
    auto* dialog = new NameDialog(question, window);
    QObject::connect(dialog, &NameDialog::agreed, window, std::move(then));
    dialog->open();
}

} // namespace queuedeck::ui
