// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/rescue.h"

#include "core/base/logging.h"
#include "core/db/transaction.h"
#include "core/domain/jobrules.h"
#include "core/store/jobrow.h"
#include "core/store/refusal.h"

using namespace Qt::StringLiterals;

namespace queuedeck::store {

namespace {
/// A job whose engine is gone. Its claim and attempt are read on SQLite only.
struct Lost
{
    QString token;
    domain::JobId id;
    qint64 claim = 0;
    int attempt = 0;
    QString error;
};

struct Found
{
    QVector<Lost> jobs;
    QStringList tokens; ///< of all expired leases, including those without a job
};

class Freeing
{
public:
    /// Reads the lost jobs, in the transaction that frees them.
    using Look = std::function<base::Result<Found>()>;
    /// Ends the leases that the same transaction read.
    using Drop = std::function<base::Status(const QStringList& tokens)>;

    Freeing(const EffectPlace& place, const Effects& effects, const Sql& free, db::Params params,
            Look look, Drop drop)
        : m_place(place)
        , m_effects(effects)
        , m_free(free)
        , m_params(std::move(params))
        , m_look(std::move(look))
        , m_drop(std::move(drop))
    {
        m_params.insert({{u"max"_s, domain::kMaxAttempts},
                         {u"now"_s, place.now.toMSecsSinceEpoch()},
                         {u"following"_s, effects.following(place.shape.dialect)}});
    }

    base::Result<domain::JobIds> run()
    {
        auto freed = freeThose([](Found&) {});
        return freed || !refusesARow(freed.error()) ? freed : runOneByOne();
    }

private:
    base::Result<domain::JobIds> runOneByOne()
    {
        const auto found = m_look();
        if (!found)
            return found.error();
        domain::JobIds freed, refused;
        for (const Lost& job : found->jobs) {
            const auto one = freeThose([&job](Found& now) {
                now.jobs.removeIf([&job](const Lost& other) { return !(other.id == job.id); });
                now.tokens.clear();
            });
            if (one) {
                freed += *one;
            } else if (!refusesARow(one.error())) {
                return one.error();
            } else {
                qCWarning(lcDb).noquote()
                    << job.id.value << "cannot be freed:" << one.error().detail;
                refused += job.id;
            }
        }
        // A lease ends when only rows that cannot be written are left of it.
        const auto ended = freeThose([&refused](Found& now) {
            for (const Lost& job : std::as_const(now.jobs)) {
                if (!refused.contains(job.id))
                    now.tokens.removeOne(job.token);
            }
            now.jobs.clear();
        });
        if (!ended)
            return ended.error();
        return freed;
    }

    /// Frees the lost jobs and ends the leases that `choose` leaves of what is found.
    base::Result<domain::JobIds> freeThose(const std::function<void(Found&)>& choose)
    {
        auto transaction = db::Transaction::begin(m_place.connection);
        if (!transaction)
            return transaction.error();
        auto found = m_look();
        if (!found)
            return found.error();
        choose(*found);
        const auto rows = free(found->jobs);
        if (!rows)
            return rows.error();
        if (const base::Status done = m_effects.follow(m_place, movesFromRows(*rows)); !done)
            return done.error();
        if (const base::Status done = m_drop(found->tokens); !done)
            return done.error();
        if (const base::Status done = transaction->commit(); !done)
            return done.error();
        return idsFromRows(*rows);
    }

    base::Result<db::Rows> free(const QVector<Lost>& lost)
    {
        db::Params params = m_params;
        if (m_place.shape.dialect == db::Dialect::Sqlite) {
            db::Table table{u"queuedeck_losing"_s, {u"id"_s, u"claim"_s, u"attempt"_s, u"error"_s}};
            for (const Lost& job : lost)
                table.addRow(job.id.value, job.claim, job.attempt,
                             m_place.shape.errorText(job.error));
            return m_place.connection.run(m_free.text(), params, table);
        }
        QStringList tokens, ids;
        for (const Lost& job : lost) {
            tokens += job.token;
            ids += job.id.value;
        }
        tokens.removeDuplicates();
        params[u"tokens"_s] = db::arrayLiteral(tokens);
        params[u"ids"_s] = db::arrayLiteral(ids);
        return m_place.connection.run(m_free.text(), params);
    }

    const EffectPlace& m_place;
    const Effects& m_effects;
    const Sql& m_free;
    db::Params m_params;
    const Look m_look;
    const Drop m_drop;
};

base::Result<db::Rows> lostRows(const EffectPlace& place)
{
    return place.connection.run(place.sql.companion->lostJobs.text(),
                                {{u"now"_s, place.now.toMSecsSinceEpoch()}});
}

base::Result<Found> lostJobs(const EffectPlace& place)
{
    const auto rows = lostRows(place);
    if (!rows)
        return rows.error();
    Found found;
    for (size_t i = 0; i < rows->size(); ++i) {
        const db::Rows::Row row = (*rows)[i];
        found.tokens += row.text(0);
        if (row.isNull(1))
            continue;
        Lost job;
        job.token = row.text(0);
        job.id.value = row.text(1);
        if (rows->columns() > 2) {
            job.claim = row.integer(2);
            job.attempt = int(row.integer(3));
            job.error = u"worker lost (engine %1)"_s.arg(row.text(4));
        }
        found.jobs += job;
    }
    found.tokens.removeDuplicates();
    return found;
}
} // namespace

base::Result<QStringList> enginesOfLost(const EffectPlace& place)
{
    QStringList engines;
    if (place.shape.dialect != db::Dialect::Sqlite)
        return engines;
    const auto rows = lostRows(place);
    if (!rows)
        return rows.error();
    for (size_t i = 0; i < rows->size(); ++i)
        engines += (*rows)[i].text(4);
    engines.removeDuplicates();
    return engines;
}

base::Result<domain::JobIds> rescueLost(const EffectPlace& place, const Effects& effects)
{
    const auto look = [&place] { return lostJobs(place); };
    const auto first = look(); // usually nothing, and then no transaction is begun
    if (!first)
        return first.error();
    if (first->tokens.isEmpty())
        return domain::JobIds();
    const bool isSqlite = place.shape.dialect == db::Dialect::Sqlite;
    const auto dropThem = [&](const QStringList& tokens) -> base::Status {
        const auto dropped = place.connection.run(
            place.sql.companion->dropLeases.text(),
            {{u"tokens"_s, isSqlite ? db::jsonArray(tokens) : db::arrayLiteral(tokens)}});
        return dropped ? base::Status() : base::Status(dropped.error());
    };
    return Freeing(place, effects, place.sql.companion->rescue, {}, look, dropThem).run();
}

base::Result<domain::JobIds> freeUnchanged(const EffectPlace& place, const Effects& effects,
                                           std::chrono::milliseconds grace)
{
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(grace).count();
    const QString error = u"worker lost (no lease, row unchanged for %1 min)"_s.arg(minutes);
    const db::Params params{{u"grace"_s, qint64(grace.count())}, {u"error"_s, error}};
    const auto look = [&]() -> base::Result<Found> {
        db::Params looked = params;
        looked[u"now"_s] = place.now.toMSecsSinceEpoch();
        const auto rows = place.connection.run(place.sql.companion->orphans.text(), looked);
        if (!rows)
            return rows.error();
        Found found;
        for (size_t i = 0; i < rows->size(); ++i)
            found.jobs.push_back({{}, {(*rows)[i].text(0)}, 0, 0, error});
        return found;
    };
    const auto first = look();
    if (!first)
        return first.error();
    if (first->jobs.isEmpty())
        return domain::JobIds();
    return Freeing(place, effects, place.sql.companion->freeOrphans, params, look,
                   [](const QStringList&) { return base::Status(); })
        .run();
}

} // namespace queuedeck::store
