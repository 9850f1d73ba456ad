// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/confirmdialog.h"

#include "ui/dialogs/words.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/mark.h"

#include <QMap>

namespace queuedeck::ui {
namespace {

using domain::JobAction;

struct Words
{
    const char* title;
    const char* question;
    const char* button;
    Icon icon;
};

Words wordsOf(JobAction action)
{
    switch (action) {
    case JobAction::Retry:
        return {QT_TRANSLATE_N_NOOP("Dialogs", "Retry %L1 jobs"),
                QT_TRANSLATE_N_NOOP("Dialogs", "Retry %L1 jobs?"),
                QT_TRANSLATE_N_NOOP("Dialogs", "Retry %L1 Jobs"), Icon::Retry};
    case JobAction::Cancel:
        return {QT_TRANSLATE_N_NOOP("Dialogs", "Cancel %L1 jobs"),
                QT_TRANSLATE_N_NOOP("Dialogs", "Cancel %L1 jobs?"),
                QT_TRANSLATE_N_NOOP("Dialogs", "Cancel %L1 Jobs"), Icon::Cancel};
    case JobAction::Delete:
        return {QT_TRANSLATE_N_NOOP("Dialogs", "Delete %L1 jobs"),
                QT_TRANSLATE_N_NOOP("Dialogs", "Delete %L1 jobs?"),
                QT_TRANSLATE_N_NOOP("Dialogs", "Delete %L1 Jobs"), Icon::Delete};
    case JobAction::RunNext: break;
    }
    return {QT_TRANSLATE_N_NOOP("Dialogs", "Run %L1 jobs next"),
            QT_TRANSLATE_N_NOOP("Dialogs", "Run %L1 jobs before all others?"),
            QT_TRANSLATE_N_NOOP("Dialogs", "Run %L1 Jobs Next"), Icon::RunNext};
}

QString keptWords(JobAction action)
{
    switch (action) {
    case JobAction::Retry:
        return ConfirmDialog::tr("They become pending again, with no try spent.");
    case JobAction::Cancel:
        return ConfirmDialog::tr("They end as failed. A run outside Queuedeck cannot be stopped; "
                                 "its result will be refused.");
    case JobAction::Delete:
        return ConfirmDialog::tr("They are kept in the journal and can be restored.");
    case JobAction::RunNext: break;
    }
    return ConfirmDialog::tr("All others wait until these are taken.");
}

QString safeWords(JobAction action)
{
    switch (action) {
    case JobAction::Retry: return ConfirmDialog::tr("Don’t Retry");
    case JobAction::Cancel:
    case JobAction::Delete: return ConfirmDialog::tr("Keep Them");
    case JobAction::RunNext: break;
    }
    return ConfirmDialog::tr("Keep the Order");
}

} // namespace

Deed deedOf(JobAction action)
{
    switch (action) {
    case JobAction::Retry: return Deed::Retry;
    case JobAction::Cancel: return Deed::Cancel;
    case JobAction::Delete: return Deed::Delete;
    case JobAction::RunNext: break;
    }
    return Deed::RunNext;
}

ConfirmDialog::ConfirmDialog(JobAction action, const QVector<domain::Job>& jobs, const Work& work,
                             QWidget* parent)
    : BulkDialog(deedOf(action), {}, {}, parent)
    , m_work(work)
{
    QMap<int, qint64> byMark;
    qint64 left = 0;
    for (const domain::Job& job : jobs) {
        if (domain::isAllowed(action, job))
            ++byMark[int(markOf(job))];
        else
            ++left;
    }
    QStringList parts;
    for (auto it = byMark.begin(); it != byMark.end(); ++it) {
        m_allowed += it.value();
        parts.append(tr("%1 %2", "count and status: 48 failed")
                         .arg(formatCount(it.value()), markWord(Mark(it.key())).toLower()));
    }
    const Words words = wordsOf(action);
    setWindowTitle(counted(words.title, m_allowed));
    setQuestion(counted(words.question, m_allowed));
    setButtons(safeWords(action), counted(words.button, m_allowed), words.icon,
               action == JobAction::Delete || action == JobAction::Cancel);
    auto* what = new Label(tr("%1. %2", "what is meant, and what becomes of it")
                               .arg(parts.join(tr(", ")), keptWords(action)));
    what->setWordWrap(true);
    body()->addWidget(what);
    if (left > 0) {
        auto* rest = new Label(
            counted(QT_TRANSLATE_N_NOOP("Dialogs", "%L1 others of the selection stay as they are."),
                    left),
            TextRole::Small, Color::Muted);
        rest->setWordWrap(true);
        body()->addWidget(rest);
    }
}

void ConfirmDialog::proceed()
{
    run(m_work, m_allowed);
}

} // namespace queuedeck::ui
