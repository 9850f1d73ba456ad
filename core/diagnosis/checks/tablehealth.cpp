// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagnosis/checks.h"

using namespace Qt::StringLiterals;

namespace queuedeck::diagnosis {

using base::Sentence;
using domain::Finding;
using domain::Remedy;
using domain::Severity;

namespace {
constexpr qint64 kManyDead = 10'000;
constexpr double kRowHead = 28; // bytes that PostgreSQL adds to a row
} // namespace

// As PostgreSQL's statistics say, which lag by some seconds.
base::Result<Verdict> checkTableHealth(Ground& ground)
{
    if (!ground.isPostgres())
        return Verdict{};
    const auto rows = ground.ask(ground.server().tableHealth);
    if (!rows)
        return rows.error();
    if (rows->isEmpty())
        return notAllowed(Sentence::tr("this user may not look"));
    const db::Rows::Row row = (*rows)[0];
    const qint64 live = row.integer(0);
    const qint64 dead = row.integer(1);
    const bool isOff = row.boolean(3);
    const QDateTime vacuumed =
        row.isNull(2) ? QDateTime() : QDateTime::fromMSecsSinceEpoch(row.integer(2), Qt::UTC);
    const double needed = double(row.integer(6)) * (row.value(7).toDouble() + kRowHead);
    const double size = double(row.integer(5));
    constexpr double kBloated = 3;
    constexpr double kLarge = 64 * 1024 * 1024;
    const bool isBloated = needed > 0 && size > kLarge && size > kBloated * needed;
    QVector<domain::Fact> facts{
        {Sentence::tr("Live rows"), Sentence::tr("about %L1").arg(live),
         Sentence(u"pg_stat_all_tables"_s)},
        {Sentence::tr("Dead rows"), Sentence::tr("about %L1").arg(dead),
         Sentence(u"pg_stat_all_tables"_s)},
        {Sentence::tr("Last vacuum"),
         vacuumed.isValid() ? moment(vacuumed, ground.now()) : Sentence::tr("never"),
         Sentence(u"pg_stat_all_tables"_s)},
        {Sentence::tr("Autovacuum"), isOff ? Sentence::tr("off") : Sentence::tr("on"),
         Sentence(u"autovacuum, reloptions"_s)},
        {Sentence::tr("Size of the table"), bytes(row.integer(4)), Sentence(u"pg_table_size"_s)}};
    if (needed > 0)
        facts.push_back({Sentence::tr("Its rows need"),
                         Sentence::tr("about %1").arg(bytes(qint64(needed))),
                         Sentence(u"pg_stats"_s)});
    const Sentence percent =
        Sentence::tr("%1 % dead")
            .arg(QString::number(live + dead > 0 ? 100.0 * double(dead) / double(live + dead) : 0,
                                 'f', 1));
    if (dead >= kManyDead && dead * 5 >= live)
        return found(
            {.id = u"dead-rows"_s,
             .severity = Severity::Warning,
             .evidence =
                 Sentence::tr("About %L1 rows of the table %2 are dead.").arg(dead, ground.table()),
             .cause = isOff ? Sentence::tr("Autovacuum is off for this table, so nothing removes "
                                           "them, and every claim reads past them.")
                            : Sentence::tr("Autovacuum does not keep up, or a long transaction "
                                           "holds it back, and every claim reads past them."),
             .facts = facts,
             .remedies = {{Sentence::tr("Vacuum the table; this locks nobody out."),
                           Remedy::Action::CopyStatement},
                          {isOff ? Sentence::tr("Turn autovacuum on again.")
                                 : Sentence::tr("Let autovacuum work more often at this table: "
                                                "autovacuum_vacuum_scale_factor.")}},
             .statement = u"VACUUM (ANALYZE) %1;"_s.arg(ground.quotedTable()),
             .count = dead,
             .isExact = true},
            percent);
    if (isBloated)
        return found(
            {.id = u"bloat"_s,
             .severity = Severity::Note,
             .evidence = Sentence::tr("The table %1 takes %2, about %3 times what its rows need.")
                             .arg(ground.table(), bytes(qint64(size)),
                                  QString::number(size / needed, 'f', 1)),
             .cause = Sentence::tr(
                 "Many rows were deleted or changed; the space is used again for new ones."),
             .facts = facts,
             .remedies = {{Sentence::tr(
                 "VACUUM FULL would shrink it, but locks everybody out as long as it lasts.")}},
             .statement = u"VACUUM (FULL, ANALYZE) %1;"_s.arg(ground.quotedTable())},
            percent);
    return isOff ? advice(percent + Sentence::tr("; autovacuum is off")) : good(percent);
}

} // namespace queuedeck::diagnosis
