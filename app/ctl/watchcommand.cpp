// SPDX-License-Identifier: GPL-3.0-or-later
// The options of watch.
#include "app/ctl/parser.h"

namespace queuedeck::ctl {

void Parser::addWatch()
{
    CLI::App* watch = command(
        "watch", "Watch the alert rules without a window, until told to stop.",
        "  queuedeckctl watch\n"
        "  queuedeckctl --json watch | jq 'select(.event == \"began\")'\n"
        "  queuedeckctl watch --once                   (exit code 1 if a rule holds now)\n"
        "  systemctl --user enable --now queuedeck-watch\n"
        "A line for each alert that begins or ends. The rules are those of the window, in\n"
        "alerts/KEY.json of the data folder, or FILE. A database that does not answer is an "
        "alert,\n"
        "not an error. Messages go to the webhook that the window keeps in the keychain, or to\n"
        "QUEUEDECK_WEBHOOK_URL, signed with QUEUEDECK_WEBHOOK_SECRET. --once says how each rule\n"
        "stands now, without the time it has to hold, and tells nobody.",
        [this] {
            return Watch{text(m_values.alertRules), m_values.once, text(m_values.watchEndpoint)};
        });
    watch->add_option("--rules", m_values.alertRules, "The rules in this file")->type_name("FILE");
    watch->add_flag("--once", m_values.once, "Say how each rule stands now, and end");
    watch
        ->add_option("--endpoint", m_values.watchEndpoint,
                     "Also watch this endpoint of a web application (a GET a minute)")
        ->type_name("URL");
}

} // namespace queuedeck::ctl
