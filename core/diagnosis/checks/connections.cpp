// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagnosis/checks.h"

using namespace Qt::StringLiterals;

namespace queuedeck::diagnosis {

using base::Sentence;
using domain::Finding;
using domain::Remedy;
using domain::Severity;

base::Result<Verdict> checkConnections(Ground& ground)
{
    if (!ground.isPostgres())
        return Verdict{};
    const auto rows = ground.ask(ground.server().sessions);
    if (!rows)
        return rows.error();
    const db::Rows::Row row = (*rows)[0];
    struct Limit
    {
        Sentence what;
        qint64 used;
        qint64 most;
        Sentence source;
    };
    const Limit limits[] = {
        {Sentence::tr("Of the server"), row.integer(0), row.integer(3),
         Sentence(u"max_connections"_s)},
        {Sentence::tr("Of this database"), row.integer(1), row.integer(4),
         Sentence(u"pg_database"_s)},
        {Sentence::tr("Of this user"), row.integer(2), row.integer(5), Sentence(u"pg_roles"_s)},
    };
    QVector<domain::Fact> facts;
    const Limit* worst = &limits[0];
    const auto share = [](const Limit& limit) {
        return limit.most > 0 ? double(limit.used) / double(limit.most) : 0;
    };
    for (const Limit& limit : limits) {
        facts.push_back({limit.what,
                         limit.most < 0 ? Sentence::tr("%L1, no limit").arg(limit.used)
                                        : Sentence::tr("%L1 of %L2").arg(limit.used, limit.most),
                         limit.source});
        if (share(limit) > share(*worst))
            worst = &limit;
    }
    const Sentence used = Sentence::tr("%L1 of %L2 used").arg(worst->used, worst->most);
    constexpr double kNearlyAll = 0.9;
    if (share(*worst) < kNearlyAll)
        return good(used);
    return found(
        {.id = u"connection-limit"_s,
         .severity = worst->used >= worst->most ? Severity::Error : Severity::Warning,
         .evidence =
             Sentence::tr("%L1 of %L2 connections are in use.").arg(worst->used, worst->most),
         .cause = Sentence::tr("When the last one is taken, processors and the web application are "
                               "refused."),
         .facts = facts,
         .remedies = {{Sentence::tr(
                          "Run fewer workers, or let the web application connect through a "
                          "pooler.")},
                      {Sentence::tr("Raise the limit.")}},
         .count = worst->used},
        used);
}

base::Result<Verdict> checkPooler(Ground& ground)
{
    if (!ground.isPostgres())
        return Verdict{};
    return good(ground.store().connection().isPooled()
                    ? Sentence::tr("in between, in transaction mode; engines ask once a second")
                    : Sentence::tr("none; engines are woken by notices"));
}

} // namespace queuedeck::diagnosis
