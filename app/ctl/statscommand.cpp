// SPDX-License-Identifier: GPL-3.0-or-later
// The options of stats.
#include "app/ctl/parser.h"
#include "core/domain/history.h"

namespace queuedeck::ctl {

void Parser::addStats()
{
    CLI::App* stats = command(
        "stats", "Count jobs by status and type; how many came and finished, and how fast.",
        "  queuedeckctl stats --period 24h\n"
        "  queuedeckctl stats --watch\n"
        "  queuedeckctl --json stats | jq '.counts.failed, .run.p95'\n"
        "What happened in a period comes from the history that engines record: wait is created to\n"
        "started, of first attempts, and run is started to ended, in seconds, to within 2 %. With\n"
        "--watch, the figures are printed again every two seconds until Ctrl+C.",
        [this] {
            return Stats{text(m_values.historyPeriod), text(m_values.type), m_values.watch};
        });
    std::vector<std::string> periods;
    for (const QString& period : domain::periodTexts())
        periods.push_back(period.toStdString());
    stats
        ->add_option("--period", m_values.historyPeriod,
                     "How far to look back: 15m, 1h, 24h, 7d or 90d (default 1h)")
        ->type_name("PERIOD")
        ->check(oneOf(periods));
    stats->add_option("--type", m_values.type, "What happened to jobs of this type only")
        ->type_name("TYPE");
    stats->add_flag("--watch", m_values.watch, "Print again every two seconds");
}

} // namespace queuedeck::ctl
