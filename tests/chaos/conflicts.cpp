// SPDX-License-Identifier: GPL-3.0-or-later
// Any statement that engines write with fails at random: as a serialization conflict (40001) or as
// the victim of a deadlock (40P01). Engines are stopped in the middle of that.
#include "tests/chaos/outages.h"

#include <QThread>

using namespace Qt::StringLiterals;

namespace queuedeck::chaos {

namespace {
// nextval() is not rolled back with its statement, so it counts.
const QString kRefuse = uR"(CREATE FUNCTION audit.refuse() RETURNS trigger LANGUAGE plpgsql AS $f$
DECLARE dice float := random(); BEGIN
  IF session_user = 'worker' AND dice < 0.04 THEN
    PERFORM nextval('audit.refused');
    RAISE EXCEPTION 'in between' USING ERRCODE = CASE WHEN dice < 0.02 THEN '40001' ELSE '40P01' END;
  END IF; RETURN NULL; END $f$)"_s;

void makeThemFail(Testbed& testbed)
{
    testbed.alter(u"CREATE SEQUENCE audit.refused"_s);
    testbed.alter(kRefuse);
    testbed.alter(u"GRANT ALL ON SEQUENCE audit.refused TO "_s + kWorker);
    const auto tables = testbed.ask(u"SELECT oid::regclass::text FROM pg_class WHERE relkind = 'r' "
                                    "AND (relnamespace = 'queuedeck'::regnamespace OR "
                                    "oid = '\"Job\"'::regclass)"_s);
    for (size_t i = 0; tables && i < tables->size(); ++i) {
        for (const char* when : {"BEFORE", "AFTER"})
            testbed.alter(u"CREATE TRIGGER refuse_%1 %1 INSERT OR UPDATE OR DELETE ON %2 "
                          "FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse()"_s.arg(
                              QString::fromLatin1(when), (*tables)[i].text(0)));
    }
}
} // namespace

void conflicts(Testbed& testbed)
{
    throughOutages(testbed, [&testbed, isFirst = true]() mutable {
        return Outage{[&testbed, begins = std::exchange(isFirst, false)] {
                          if (begins)
                              makeThemFail(testbed);
                      },
                      [] {}};
    });
    if (testbed.number(u"SELECT last_value FROM audit.refused"_s) < 20)
        testbed.blame(u"hardly a statement was refused"_s);
}

} // namespace queuedeck::chaos
