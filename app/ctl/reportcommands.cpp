// SPDX-License-Identifier: GPL-3.0-or-later
// The options of report and reports.
#include "app/ctl/parser.h"

namespace queuedeck::ctl {

void Parser::addReports()
{
    CLI::App* report = command(
        "report",
        "Add a job that makes a report: on the queue, scans, imports, enrichment or spend.",
        "  queuedeckctl report --report queue_health --period last_week --format pdf\n"
        "  queuedeckctl report --from 2026-11-01 --to 2026-11-15 --format xlsx --wait --out .\n"
        "  0 7 * * 1 queuedeckctl report --wait --out /srv/reports   (crontab: every Monday)\n"
        "  queuedeckctl report --report spend --every-week\n"
        "Days are UTC. Periods: today, yesterday, last7days, last30days, last_week (Monday to\n"
        "Sunday), last_month, month. Without --wait, the id of the job is printed; whatever runs\n"
        "jobs on this table makes the report and keeps it on its own computer. With --wait, it\n"
        "and other waiting reports are made here, and the path of the file is printed.",
        [this, app = m_commands.size()] {
            const bool hasDays = m_commands[app].first->count("--from") > 0;
            return MakeReport{text(m_values.report),
                              m_values.period.empty() && !hasDays ? QStringLiteral("last_week")
                                                                  : text(m_values.period),
                              text(m_values.from),
                              text(m_values.to),
                              text(m_values.format),
                              m_values.wait,
                              text(m_values.folder),
                              m_values.force,
                              m_values.everyWeek};
        });
    report
        ->add_option("--report", m_values.report,
                     "queue_health (default), scans, imports, enrichment or spend")
        ->type_name("REPORT")
        ->check(oneOf({"queue_health", "scans", "imports", "enrichment", "spend"}));
    CLI::Option* period = report->add_option("--period", m_values.period, "Its days (last_week)")
                              ->type_name("PERIOD");
    CLI::Option* from = report->add_option("--from", m_values.from, "The first day")
                            ->type_name("DATE")
                            ->excludes(period);
    report->add_option("--to", m_values.to, "The last day (today)")->type_name("DATE")->needs(from);
    report->add_option("--format", m_values.format, "pdf (default), xlsx or csv")
        ->type_name("FORMAT")
        ->check(oneOf({"pdf", "xlsx", "csv"}));
    CLI::Option* wait = report->add_flag("--wait", m_values.wait, "Make it here and now");
    CLI::Option* out =
        report->add_option("-o,--out", m_values.folder, "Copy it to this file or folder")
            ->type_name("FILE")
            ->needs(wait);
    report->add_flag("--force", m_values.force, "Overwrite an existing file")->needs(out);
    report
        ->add_flag("--every-week", m_values.everyWeek,
                   "Have Queuedeck's window make it every Monday at 07:00, of the week before")
        ->excludes(wait)
        ->excludes(period)
        ->excludes(from);

    CLI::App* reports =
        command("reports", "List the reports made on this computer, newest first, or copy one.",
                "  queuedeckctl reports\n"
                "  queuedeckctl reports save 019aa1f2-7c1f-7909-be00-5d2a7c9e1b11 -o week.pdf",
                [] { return Reports{}; });
    CLI::App* save = reports->add_subcommand("save", "Copy the report of a job.");
    save->fallthrough();
    save->add_option("ID", m_values.id, "The job's id")->required();
    CLI::Option* file = save->add_option("-o,--output", m_values.folder, "To this file or folder")
                            ->type_name("FILE")
                            ->required();
    save->add_flag("--force", m_values.force, "Overwrite an existing file")->needs(file);
    // Before "reports" itself, which is parsed too.
    m_commands.insert(m_commands.end() - 1,
                      {save, [this] {
                           return Reports{text(m_values.id), text(m_values.folder), m_values.force};
                       }});
}

} // namespace queuedeck::ctl
