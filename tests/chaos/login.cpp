// SPDX-License-Identifier: GPL-3.0-or-later
// The engines' user cannot log in for a while, for one reason or another.
#include "tests/chaos/outages.h"

using namespace Qt::StringLiterals;

namespace queuedeck::chaos {

void login(Testbed& testbed)
{
    throughOutages(testbed, [&testbed] {
        static const std::pair<QString, QString> kReasons[]{
            {u"NOLOGIN"_s, u"LOGIN"_s},
            {u"PASSWORD 'another'"_s, u"PASSWORD 'pw'"_s},
            {u"CONNECTION LIMIT 0"_s, u"CONNECTION LIMIT -1"_s},
            {u"VALID UNTIL 'yesterday'"_s, u"VALID UNTIL 'infinity'"_s}};
        const auto& [refused, accepted] = kReasons[testbed.dice(int(std::size(kReasons)))];
        const QString alter = u"ALTER ROLE %1 "_s.arg(kWorker);
        return Outage{[&testbed, sql = alter + refused] {
                          testbed.command(sql);
                          endSessions(testbed);
                      },
                      [&testbed, sql = alter + accepted] { testbed.command(sql); }};
    });
}

} // namespace queuedeck::chaos
