// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/changesaside.h"

#include "ui/widgets/format.h"

namespace queuedeck::ui {

using Phase = domain::ChangeStep::Phase;

namespace {
QString stateOf(const domain::ChangeStep& step)
{
    switch (step.phase) {
    case Phase::Planned: return ChangesAside::tr("planned");
    case Phase::Paused: return ChangesAside::tr("paused");
    case Phase::TryingFirst: return ChangesAside::tr("trying the first %1").arg(step.first.tried);
    case Phase::Held:
        return ChangesAside::tr("held, %1 of %2 failed again")
            .arg(formatCount(step.first.failed), formatCount(step.first.tried));
    case Phase::Changing: break;
    }
    return ChangesAside::tr("%1 of %2").arg(formatCount(step.done), formatCount(step.total));
}
} // namespace

ChangesAside::ChangesAside(QWidget* window)
    : QObject(window)
{
}

ChangesAside& ChangesAside::of(QWidget* window)
{
    auto* found = window->findChild<ChangesAside*>(QString(), Qt::FindDirectChildrenOnly);
    return found ? *found : *new ChangesAside(window);
}

void ChangesAside::open(BulkDialog* dialog)
{
    m_dialogs += dialog;
    for (const auto signal : {&BulkDialog::putAside, &BulkDialog::moved})
        connect(dialog, signal, this, &ChangesAside::changed);
    connect(dialog, &QDialog::finished, this, &ChangesAside::changed);
    connect(dialog, &QObject::destroyed, this, [this] {
        m_dialogs.removeAll(nullptr);
        Q_EMIT changed();
    });
    dialog->open();
}

QVector<BulkDialog*> ChangesAside::running() const
{
    QVector<BulkDialog*> found;
    for (const QPointer<BulkDialog>& dialog : m_dialogs) {
        if (dialog && dialog->isRunning())
            found += dialog;
    }
    return found;
}

QVector<BulkDialog*> ChangesAside::aside() const
{
    QVector<BulkDialog*> found = running();
    found.removeIf([](const BulkDialog* dialog) { return dialog->isVisible(); });
    return found;
}

void ChangesAside::stopAll()
{
    const auto dialogs = running();
    for (BulkDialog* dialog : dialogs)
        dialog->stopHere();
}

void ChangesAside::reopen()
{
    if (const auto dialogs = aside(); !dialogs.isEmpty()) {
        dialogs.first()->open();
        Q_EMIT changed();
    }
}

QString ChangesAside::text() const
{
    const auto dialogs = aside();
    if (dialogs.isEmpty())
        return {};
    const BulkDialog& first = *dialogs.first();
    const QString text =
        tr("%1: %2", "a change and how far it is").arg(first.windowTitle(), stateOf(first.step()));
    return dialogs.size() == 1 ? text : tr("%1, and %2 more").arg(text).arg(dialogs.size() - 1);
}

} // namespace queuedeck::ui
