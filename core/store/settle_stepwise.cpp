// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/stepwise.h"

#include <map>

using namespace Qt::StringLiterals;

namespace queuedeck::store {

namespace {
constexpr int kAddress = 1; // a column of the table below

// Parameters shared by results with the same outcome, usually the whole batch.
struct Outcome
{
    domain::JobStatus status;
    bool refund;
    QString outcome, error;

    explicit Outcome(const Settlement& result)
        : status(result.status)
        , refund(result.refund)
        , outcome(result.outcome)
        , error(result.error)
    {
    }
    bool operator<(const Outcome& other) const
    {
        const auto all = [](const Outcome& v) {
            return std::tuple(v.status, v.refund, v.error.isNull(), std::cref(v.outcome),
                              std::cref(v.error));
        };
        return all(*this) < all(other);
    }
};

// Writes the results of one claim.
class Settling
{
public:
    Settling(db::Connection& connection, const StepwiseSql& sql, const TableShape& shape,
             db::Params known, const QVector<Settlement>& results)
        : m_connection(connection)
        , m_sql(sql)
        , m_shape(shape)
        , m_known(std::move(known))
        , m_results(results)
    {
        m_table.reserve(size_t(results.size()));
        for (const Settlement& result : results) {
            m_anyWaits = m_anyWaits || result.retryIn.count() > 0;
            m_anyResults = m_anyResults || !result.result.isEmpty();
            m_table.addRow(result.id.value, db::Cell(result.address), db::Cell(result.version),
                           result.startedAt.isValid()
                               ? std::optional(result.startedAt.toMSecsSinceEpoch())
                               : std::nullopt,
                           qint64(result.retryIn.count()));
        }
    }

    base::Status run(bool isUntouched)
    {
        const auto refused =
            isUntouched ? base::Result<db::RowNumbers>(db::RowNumbers()) : findRefused();
        if (!refused)
            return refused.error();
        std::map<Outcome, db::RowNumbers> outcomes;
        m_accepted.reserve(m_results.size());
        auto latest = outcomes.end();
        for (const size_t row : allBut(*refused)) {
            const Outcome outcome(m_results[qsizetype(row)]);
            if (latest == outcomes.end() || outcome < latest->first || latest->first < outcome)
                latest = outcomes.try_emplace(outcome).first;
            latest->second.push_back(row);
            m_accepted += m_results[qsizetype(row)].id;
        }
        for (const auto& [outcome, rows] : outcomes) {
            const base::Status done = rows.size() == m_table.size()
                                          ? write(outcome, m_table)
                                          : write(outcome, m_table.only(rows));
            if (!done)
                return done.error();
        }
        if (const base::Status done = keepResults(*refused); !done)
            return done;
        return release(*refused);
    }

    const domain::JobIds& accepted() const { return m_accepted; }

private:
    base::Status step(const Sql& sql, const db::Table& table, qint64* changed = nullptr)
    {
        const auto done = m_connection.run(sql.text(), m_known, table);
        if (!done)
            return done.error();
        if (changed)
            *changed = done->changed();
        return {};
    }

    // The row numbers of the results that are no longer ours; corrects the addresses of the others.
    base::Result<db::RowNumbers> findRefused()
    {
        const auto found = m_connection.run(m_sql.elsewhere.text(), m_known, m_table);
        if (!found)
            return found.error();
        db::RowNumbers refused;
        for (size_t i = 0; i < found->size(); ++i)
            refused.push_back(size_t((*found)[i].integer(0)));
        if (refused.empty())
            return refused;
        const auto moved = m_connection.run(m_sql.search.text(), m_known, m_table.only(refused));
        if (!moved)
            return moved.error();
        std::vector<bool> isMoved(refused.size());
        for (size_t i = 0; i < moved->size(); ++i) {
            const auto place = size_t((*moved)[i].integer(0));
            isMoved[place] = true;
            m_table.cell(refused[place], kAddress) = db::Cell((*moved)[i].value(1));
        }
        db::RowNumbers rest;
        for (size_t place = 0; place < refused.size(); ++place) {
            if (!isMoved[place])
                rest.push_back(refused[place]);
        }
        return rest;
    }

    db::RowNumbers allBut(const db::RowNumbers& rows) const
    {
        std::vector<bool> isOut(m_table.size());
        for (const size_t row : rows)
            isOut[row] = true;
        db::RowNumbers rest;
        rest.reserve(m_table.size() - rows.size());
        for (size_t row = 0; row < isOut.size(); ++row) {
            if (!isOut[row])
                rest.push_back(row);
        }
        return rest;
    }

    base::Status write(const Outcome& outcome, const db::Table& table)
    {
        m_known[u"status"_s] = domain::statusText(outcome.status);
        m_known[u"refund"_s] = outcome.refund ? 1 : 0;
        m_known[u"outcome"_s] = outcome.outcome;
        m_known[u"error"_s] =
            outcome.error.isNull() ? QVariant() : QVariant(m_shape.errorText(outcome.error));
        m_known[u"count"_s] = qint64(table.size());
        std::vector<const Sql*> steps{&m_sql.write, &m_sql.remember, &m_sql.tally};
        if (m_anyWaits)
            steps.push_back(&m_sql.defer);
        for (const Sql* each : steps) {
            if (const base::Status done = step(*each, table); !done)
                return done;
        }
        return {};
    }

    base::Status keepResults(const db::RowNumbers& refused)
    {
        if (!m_anyResults)
            return {};
        db::Table table{u"queuedeck_results"_s, {u"id"_s, u"result"_s}};
        for (const size_t row : allBut(refused)) {
            const Settlement& settled = m_results[qsizetype(row)];
            if (!settled.result.isEmpty())
                table.addRow(settled.id.value, QString::fromUtf8(settled.result));
        }
        return step(m_sql.keepResults, table);
    }

    // The claim now holds fewer jobs; its batch is removed with the last one.
    base::Status release(const db::RowNumbers& refused)
    {
        qint64 lost = 0;
        if (!refused.empty()) {
            if (const auto done = step(m_sql.lose, m_table.only(refused), &lost); !done)
                return done;
        }
        m_known[u"count"_s] = m_accepted.size() + lost;
        const auto left = m_connection.run(m_sql.release.text(), m_known);
        if (!left)
            return left.error();
        if ((*left)[0].integer(0) > 0)
            return {};
        if (const auto done = m_connection.run(m_sql.close.text(), m_known); !done)
            return done.error();
        return {};
    }

    db::Connection& m_connection;
    const StepwiseSql& m_sql;
    const TableShape& m_shape;
    db::Params m_known;
    const QVector<Settlement>& m_results;
    db::Table m_table{
        u"queuedeck_settling"_s,
        {u"id"_s, u"address"_s, u"attempt"_s, u"started_at"_s, u"retry_in"_s}}; ///< of results
    bool m_anyWaits = false;
    bool m_anyResults = false;
    domain::JobIds m_accepted;
};
} // namespace

base::Result<domain::JobIds> settleStepwise(db::Connection& connection, const StepwiseSql& sql,
                                            const TableShape& shape, const Results& results,
                                            const QDateTime& now, bool isUntouched)
{
    db::Params known{{u"token"_s, results.token},
                     {u"now"_s, now.toMSecsSinceEpoch()},
                     {u"completedAt"_s, shape.completedAt(now)}};
    const auto held = connection.run(sql.held.text(), known);
    if (!held)
        return held.error();
    if (held->isEmpty())
        return domain::JobIds();
    known[u"claim"_s] = (*held)[0].integer(0);
    Settling settling(connection, sql, shape, std::move(known), results.settlements);
    if (const base::Status done = settling.run(isUntouched); !done)
        return done.error();
    return settling.accepted();
}

} // namespace queuedeck::store
