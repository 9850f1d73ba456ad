// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/journal/entrydialog.h"

#include "core/service/jobservice.h"
#include "ui/journal/journalwords.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/theme.h"

#include <QBoxLayout>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

EntryDialog::EntryDialog(service::JobService& jobs, const domain::JournalEntry& entry, Kind kind,
                         QWidget* parent)
    : BulkDialog(parent)
    , m_jobs(jobs)
    , m_entry(entry.id)
    , m_kind(kind)
{
    setObjectName(u"entryDialog"_s);
    const bool isUndo = kind == Kind::Undo;
    const QString what = journalwords::what(entry);
    const QString title = !isUndo          ? tr("Resume: %1").arg(what)
                          : entry.isUndo() ? tr("Redo what was undone: %1").arg(what)
                                           : tr("Undo: %1").arg(what);
    setWindowTitle(title);
    auto* heading = new Label(title + u'?', TextRole::Title);
    heading->setObjectName(u"heading"_s);
    heading->setWordWrap(true);
    content()->addWidget(heading);
    content()->addWidget(new ElidedLabel(showControls(entry.scope), TextRole::Mono));
    auto* text = new Label(
        isUndo ? tr("Each job gets back the status, attempts and error that it had, to the byte. "
                    "Jobs that have changed since are left alone and listed.")
               : tr("It goes on where it ended, with the jobs that it was begun for: %1 of %2 are "
                    "done.")
                     .arg(formatCount(entry.done), formatCount(entry.total)));
    text->setWordWrap(true);
    content()->addWidget(text);
    content()->addStretch(1);
    setButtons(isUndo ? tr("Leave Them") : tr("Leave It"), false);
    setGo(isUndo ? journalwords::undoButton(entry) : journalwords::resumeButton(entry), true);
    setMinimumWidth(px(560));
}

void EntryDialog::go()
{
    if (isRunning())
        return;
    const service::ChangeOptions options = begin();
    follow(m_kind == Kind::Undo ? m_jobs.undo(m_entry, options) : m_jobs.resume(m_entry, options));
}

} // namespace queuedeck::ui
