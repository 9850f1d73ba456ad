// SPDX-License-Identifier: GPL-3.0-or-later
// The options of journal, undo, redo, resume and forget.
#include "app/ctl/parser.h"

namespace queuedeck::ctl {

void Parser::addJournal()
{
    CLI::App* journal = command("journal", "List what people changed, newest first.",
                                "  queuedeckctl journal --limit 10\n"
                                "  queuedeckctl journal 019aa1f2-7c1f-7909-be00-5d2a7c9e1b11",
                                [this] {
                                    return Journal{m_values.journalLimit, text(m_values.id)};
                                });
    journal->add_option("--limit", m_values.journalLimit, "Maximum (default 100)")
        ->type_name("N")
        ->check(numberFrom(1, 100'000));
    journal->add_option("JOURNAL_ID", m_values.id, "What this entry did, job by job");

    CLI::App* undo = command("undo", "Undo the newest change, or that of a journal entry.",
                             "  queuedeckctl undo\n"
                             "  queuedeckctl undo 019aa1f2-7c1f-7909-be00-5d2a7c9e1b11\n"
                             "Jobs that have changed since are left alone and listed.",
                             [this] { return Undo{text(m_values.id)}; });
    undo->add_option("JOURNAL_ID", m_values.id, "As printed by journal and by each change");

    CLI::App* redo = command("redo", "Take back the newest undo, or that of a journal entry.",
                             "  queuedeckctl redo\n"
                             "Jobs that have changed since are left alone and listed.",
                             [this] { return Redo{text(m_values.id)}; });
    redo->add_option("JOURNAL_ID", m_values.id, "Of the undo, as printed by journal");

    CLI::App* resume =
        command("resume", "Carry on a change that was stopped, or whose program ended.",
                "  queuedeckctl journal\n"
                "  queuedeckctl resume 019aa1f2-7c1f-7909-be00-5d2a7c9e1b11\n"
                "It goes on exactly where it ended, with the jobs that it was begun for.",
                [this] { return Resume{text(m_values.id)}; });
    resume->add_option("JOURNAL_ID", m_values.id, "As printed by journal")->required();

    CLI::App* forget = command(
        "forget", "Forget what people changed long ago; it can no longer be undone.",
        "  queuedeckctl forget --older-than 90 --dry-run\n"
        "The jobs stay as they are; the journal gets smaller. Ctrl+C stops between two batches.",
        [this] {
            return Forget{m_values.days, m_values.dryRun};
        });
    forget->add_option("--older-than", m_values.days, "Age in days")
        ->type_name("DAYS")
        ->required()
        ->check(numberFrom(0, 36'500));
    forget->add_flag("--dry-run", m_values.dryRun, "Forget nothing, print how much would go");
}

} // namespace queuedeck::ctl
