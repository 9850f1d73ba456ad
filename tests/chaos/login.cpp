// SPDX-License-Identifier: GPL-3.0-or-later
// The engines' user cannot log in for a while, for one reason or another.
#include "tests/chaos/outages.h"

using namespace Qt::StringLiterals;

namespace queuedeck::chaos {

void login(Ground& ground)
{
    throughOutages(ground, [&ground] {
        static const std::pair<QString, QString> kReasons[]{
            {u"NOLOGIN"_s, u"LOGIN"_s},
            {u"PASSWORD 'another'"_s, u"PASSWORD 'pw'"_s},
            {u"CONNECTION LIMIT 0"_s, u"CONNECTION LIMIT -1"_s},
            {u"VALID UNTIL 'yesterday'"_s, u"VALID UNTIL 'infinity'"_s}};
        const auto& [refused, accepted] = kReasons[ground.dice(int(std::size(kReasons)))];
        const QString alter = u"ALTER ROLE %1 "_s.arg(kWorker);
        return Outage{[&ground, sql = alter + refused] {
                          ground.command(sql);
                          endSessions(ground);
                      },
                      [&ground, sql = alter + accepted] { ground.command(sql); }};
    });
}

} // namespace queuedeck::chaos
