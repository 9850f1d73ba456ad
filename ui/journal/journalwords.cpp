// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/journal/journalwords.h"

#include "ui/widgets/format.h"

#include <QCoreApplication>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace queuedeck::ui::journalwords {

using domain::JournalEntry;
using State = JournalEntry::State;

namespace {
QString tr(const char* text)
{
    return QCoreApplication::translate("JournalWords", text);
}

struct Known
{
    QLatin1StringView name;
    const char* word;
    Icon icon;
};

constexpr Known kKnown[]{
    {"retry"_L1, QT_TRANSLATE_NOOP("JournalWords", "Retry"), Icon::Retry},
    {"retry-keep-tries"_L1, QT_TRANSLATE_NOOP("JournalWords", "Retry, tries kept"), Icon::Retry},
    {"cancel"_L1, QT_TRANSLATE_NOOP("JournalWords", "Cancel"), Icon::Cancel},
    {"delete"_L1, QT_TRANSLATE_NOOP("JournalWords", "Delete"), Icon::Delete},
    {"cleanup"_L1, QT_TRANSLATE_NOOP("JournalWords", "Clean Up"), Icon::CleanUp},
    {"run-next"_L1, QT_TRANSLATE_NOOP("JournalWords", "Run Next"), Icon::RunNext},
    {"repair"_L1, QT_TRANSLATE_NOOP("JournalWords", "Repair"), Icon::Edit},
    {"enqueue"_L1, QT_TRANSLATE_NOOP("JournalWords", "Enqueue"), Icon::Plus},
    {"upload"_L1, QT_TRANSLATE_NOOP("JournalWords", "Upload"), Icon::Upload},
    {"import"_L1, QT_TRANSLATE_NOOP("JournalWords", "Import"), Icon::Download},
    {"enrich"_L1, QT_TRANSLATE_NOOP("JournalWords", "Enrich"), Icon::Edit},
    {"undo"_L1, QT_TRANSLATE_NOOP("JournalWords", "Undo"), Icon::Undo},
    {"redo"_L1, QT_TRANSLATE_NOOP("JournalWords", "Redo"), Icon::Retry},
};

const Known* known(const QString& name)
{
    for (const Known& one : kKnown) {
        if (one.name == name)
            return &one;
    }
    return nullptr;
}

QString jobs(qint64 count)
{
    return count == 1 ? tr("1 job") : tr("%1 jobs").arg(formatCount(count));
}

QString value(const QString& text)
{
    return text.isNull() ? tr("none") : showControls(firstLine(text));
}
} // namespace

QString action(const QString& name)
{
    const Known* one = known(name);
    return one ? tr(one->word) : showControls(name);
}

Icon actionIcon(const QString& name)
{
    const Known* one = known(name);
    return one ? one->icon : Icon::Journal;
}

QString state(const JournalEntry& entry)
{
    if (entry.state == State::Running)
        return tr("Running");
    if (entry.state == State::Stopped)
        return tr("Unfinished");
    if (entry.undoneAt.isValid())
        return entry.isUndo() ? tr("Redone") : tr("Undone");
    return entry.canUndo ? tr("Done") : tr("Cannot be undone");
}

Icon stateIcon(const JournalEntry& entry)
{
    if (entry.state == State::Running)
        return Icon::MarkProcessing;
    if (entry.state == State::Stopped)
        return Icon::Warning;
    return entry.undoneAt.isValid() ? Icon::Undo : Icon::Check;
}

Color stateColor(const JournalEntry& entry)
{
    if (entry.state == State::Running)
        return Color::Processing;
    if (entry.state == State::Stopped)
        return Color::Stuck;
    return entry.canUndo ? Color::Completed : Color::Muted;
}

QString what(const JournalEntry& entry)
{
    return tr("%1 of %2")
        .arg(action(entry.action), jobs(entry.total > 0 ? entry.total : entry.changed));
}

QString undoButton(const JournalEntry& entry)
{
    const QString count = formatCount(entry.changed);
    if (entry.isUndo())
        return entry.changed == 1 ? tr("Redo 1 Job") : tr("Redo %1 Jobs").arg(count);
    return entry.changed == 1 ? tr("Undo 1 Job") : tr("Undo %1 Jobs").arg(count);
}

QString resumeButton(const JournalEntry& entry)
{
    return tr("Resume %1 Jobs").arg(formatCount(entry.total - entry.done));
}

QString skipped(const JournalEntry& entry)
{
    QStringList reasons;
    for (auto reason = entry.skipped.cbegin(); reason != entry.skipped.cend(); ++reason)
        reasons += u"%1 %2"_s.arg(formatCount(reason.value()), showControls(reason.key()));
    return reasons.join(u", "_s);
}

QString change(const domain::JournalRow& row)
{
    if (!row.isThere)
        return tr("deleted");
    if (!row.wasThere)
        return tr("restored");
    QStringList columns;
    for (auto column = row.after.cbegin(); column != row.after.cend(); ++column) {
        const QString before = value(row.before.value(column.key()));
        if (column.key() == "status"_L1) // which says most
            columns.prepend(u"%1 → %2"_s.arg(before, value(column.value())));
        else
            columns +=
                u"%1: %2 → %3"_s.arg(showControls(column.key()), before, value(column.value()));
    }
    return columns.isEmpty() ? tr("no column changed") : columns.join(u", "_s);
}

} // namespace queuedeck::ui::journalwords
