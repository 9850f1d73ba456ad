// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/journal/journalactions.h"

#include "core/async/deliver.h"
#include "core/domain/enrichment.h"
#include "core/service/changefeed.h"
#include "core/service/jobservice.h"
#include "core/service/session.h"
#include "ui/actions/actionset.h"
#include "ui/dialogs/changesaside.h"
#include "ui/journal/entrydialog.h"
#include "ui/journal/forgetdialog.h"
#include "ui/journal/journalwords.h"
#include "ui/notice/changesoff.h"
#include "ui/notice/notifier.h"
#include "ui/widgets/format.h"
#include "ui/widgets/namedialog.h"
#include "ui/widgets/place.h"

namespace queuedeck::ui {

using domain::JournalEntry;

namespace {
constexpr int kMostEntries = 200; // as far back as Undo itself looks
constexpr qint64 kAtOnce = 500;   // jobs that are taken back without a dialog
} // namespace

JournalActions::JournalActions(service::Session& session, ActionSet& actions, Notifier& notifier,
                               QWidget* window)
    : QObject(window)
    , m_session(session)
    , m_actions(actions)
    , m_notifier(notifier)
    , m_window(window)
{
    connect(actions.action(ActionId::Undo), &QAction::triggered, this, [this] { undo({}); });
    connect(actions.action(ActionId::Redo), &QAction::triggered, this, &JournalActions::redo);
    const service::ChangeFeed& changes = session.changes();
    connect(&changes, &service::ChangeFeed::changed, this, &JournalActions::read);
    connect(&changes, &service::ChangeFeed::lost, this, &JournalActions::updateEnabled);
    connect(&changes, &service::ChangeFeed::restored, this, &JournalActions::updateEnabled);
    updateEnabled();
}

const JournalEntry* JournalActions::newest(bool isUndo) const
{
    for (const JournalEntry& entry : m_entries) {
        // What engines write by themselves is undone only by its id.
        if (entry.canUndo && entry.isUndo() == isUndo && entry.action != domain::kEnrichAction)
            return &entry;
    }
    return nullptr;
}

void JournalActions::updateEnabled()
{
    const auto enable = [this](ActionId id, const JournalEntry* entry, const QString& nothing) {
        QString why = changesOff(m_session);
        if (why.isEmpty() && !placeOf(m_window).hasUndo)
            why = withoutTables();
        if (why.isEmpty() && !entry)
            why = nothing;
        m_actions.setEnabled(id, why.isEmpty(), why);
    };
    enable(ActionId::Undo, newest(false), tr("There is nothing to undo."));
    enable(ActionId::Redo, newest(true), tr("There is nothing to redo."));
}

void JournalActions::read()
{
    async::deliver(m_session.jobs().journal(kMostEntries), this,
                   [this](const base::Result<QVector<JournalEntry>>& entries) {
                       if (!entries)
                           return;
                       m_entries = *entries;
                       updateEnabled();
                       if (m_entries.isEmpty())
                           return;
                       const JournalEntry& last = m_entries.front();
                       Q_EMIT lastEntryChanged(tr("Journal: %1, %2 (%3)")
                                                   .arg(formatClock(last.at), last.action)
                                                   .arg(last.changed));
                   });
}

void JournalActions::undo(const domain::JournalId& wanted)
{
    const auto known = std::find_if(m_entries.cbegin(), m_entries.cend(),
                                    [&](const JournalEntry& entry) { return entry.id == wanted; });
    const JournalEntry* entry = wanted.isEmpty()            ? newest(false)
                                : known != m_entries.cend() ? &*known
                                                            : nullptr;
    if (entry && entry->changed > kAtOnce) {
        openDialog(*entry, true);
        return;
    }
    askForName(m_window,
               {tr("Undo the last change?"),
                tr("Rows that have changed since are left as they are."), tr("Don’t Undo"),
                tr("Undo")},
               [this, wanted] { undoNow(wanted); });
}

void JournalActions::undoEntry(const JournalEntry& entry)
{
    if (entry.changed > kAtOnce)
        openDialog(entry, true);
    else
        askForName(m_window,
                   {tr("%1?").arg(journalwords::undoButton(entry)),
                    tr("Rows that have changed since are left as they are."), tr("Leave Them"),
                    journalwords::undoButton(entry)},
                   [this, id = entry.id] { undoNow(id); });
}

void JournalActions::redo()
{
    if (const JournalEntry* entry = newest(true))
        undoEntry(*entry);
}

void JournalActions::resume(const JournalEntry& entry)
{
    openDialog(entry, false);
}

void JournalActions::openDialog(const JournalEntry& entry, bool isUndo)
{
    auto* dialog =
        new EntryDialog(m_session.jobs(), entry,
                        isUndo ? EntryDialog::Kind::Undo : EntryDialog::Kind::Resume, m_window);
    connect(dialog, &BulkDialog::carriedOut, this,
            [this](const domain::Outcome& outcome) { report(ChangeKind::Undo, outcome); });
    ChangesAside::of(m_window).open(dialog);
}

void JournalActions::forgetOlder()
{
    auto* dialog = new ForgetDialog(m_session.jobs(), m_window);
    connect(dialog, &BulkDialog::carriedOut, this,
            [this](const domain::Outcome& outcome) { report(ChangeKind::Forget, outcome); });
    ChangesAside::of(m_window).open(dialog);
}

void JournalActions::undoNow(const domain::JournalId& entry)
{
    async::deliver(m_session.jobs().undo(entry), this,
                   [this](const base::Result<domain::Outcome>& outcome) {
                       if (outcome)
                           report(ChangeKind::Undo, *outcome);
                       else if (outcome.error().kind == base::ErrorKind::NotFound)
                           m_notifier.say(tr("There is nothing to undo."));
                       else
                           m_notifier.fail(outcome.error());
                   });
}

void JournalActions::report(ChangeKind kind, const domain::Outcome& outcome)
{
    m_notifier.report(kind, outcome);
    m_session.changes().poke();
    read();
}

} // namespace queuedeck::ui
