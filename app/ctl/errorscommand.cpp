// SPDX-License-Identifier: GPL-3.0-or-later
// The options of errors.
#include "app/ctl/parser.h"

namespace queuedeck::ctl {

void Parser::addErrors()
{
    CLI::App* errors = command(
        "errors", "Group failed jobs by what went wrong, the largest group first.",
        "  queuedeckctl errors\n"
        "  queuedeckctl errors --type image_extraction --where 'age<24h'\n"
        "  queuedeckctl --json errors | jq -r 'select(.share > 0.1) | .filter'\n"
        "Errors are alike if they differ only in numbers, ids, hosts, paths, times and quoted "
        "text.\n"
        "First and last are when the jobs were created. The filter of a group, in JSON, lists its\n"
        "jobs and goes to list, retry or delete --where.",
        [this] {
            return Errors{text(m_values.groupStatus), text(m_values.type), text(m_values.where),
                          m_values.groupLimit};
        });
    errors->alias("groups");
    errors
        ->add_option("--status", m_values.groupStatus,
                     "Jobs of this status that have an error (default failed)")
        ->type_name("STATUS")
        ->check(oneOf({"pending", "processing", "completed", "failed"}));
    errors->add_option("--type", m_values.type, "Only jobs of this type")->type_name("TYPE");
    errors->add_option("--where", m_values.where, "Only jobs that match this filter")
        ->type_name("QUERY");
    errors->add_option("--limit", m_values.groupLimit, "Maximum of groups (default 20)")
        ->type_name("N")
        ->check(numberFrom(1, 1000));
}

} // namespace queuedeck::ctl
