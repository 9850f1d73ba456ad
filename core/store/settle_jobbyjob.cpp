// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/jobbyjob.h"
#include "core/store/jobrow.h"

#include <QJsonDocument>
#include <QSet>

#include <map>

using namespace Qt::StringLiterals;

namespace queuedeck::store {

namespace {
QVariant orNull(const QString& text)
{
    return text.isNull() ? QVariant() : QVariant(text);
}

// What a statement gets once for all results that say the same: mostly all of them.
struct Verdict
{
    domain::JobStatus status;
    bool refund;
    QString outcome, error;

    explicit Verdict(const Settlement& result)
        : status(result.status)
        , refund(result.refund)
        , outcome(result.outcome)
        , error(result.error)
    {
    }
    bool operator<(const Verdict& other) const
    {
        const auto all = [](const Verdict& v) {
            return std::tuple(v.status, v.refund, v.error.isNull(), std::cref(v.outcome),
                              std::cref(v.error));
        };
        return all(*this) < all(other);
    }
};

// The results of one claim, on their way into the database.
class Settling
{
public:
    Settling(db::Connection& connection, db::Params known, const QVector<Settlement>& results)
        : m_connection(connection)
        , m_known(std::move(known))
        , m_results(results)
    {
    }

    base::Status run()
    {
        m_table.cells.reserve(size_t(m_results.size() * m_table.columns.size()));
        for (const Settlement& result : m_results)
            m_table.addRow(result.id.value, result.address, result.version.toInt(),
                           result.startedAt.isValid()
                               ? QVariant(result.startedAt.toMSecsSinceEpoch())
                               : QVariant());
        const auto held = partLost();
        if (!held)
            return held.error();
        std::map<Verdict, db::RowNumbers> verdicts;
        for (const size_t row : *held)
            verdicts[Verdict(m_results[qsizetype(row)])].push_back(row);
        for (const auto& [verdict, rows] : verdicts) {
            if (const base::Status done = settle(verdict, rows); !done)
                return done.error();
        }
        if (const base::Status done = noteWaitsAndScans(); !done)
            return done.error();
        return release();
    }

    const domain::JobIds& accepted() const { return m_accepted; }

private:
    using Changed = base::Result<std::vector<qint64>>;

    Changed each(const Sql& sql, const db::RowNumbers& rows) const
    {
        if (rows.empty())
            return std::vector<qint64>();
        return m_connection.runEach(sql.text(), m_known, m_table, rows);
    }

    // Parts rows by what a statement changed: one, or nothing.
    static std::pair<db::RowNumbers, db::RowNumbers> part(const db::RowNumbers& rows,
                                                          const std::vector<qint64>& changed)
    {
        std::pair<db::RowNumbers, db::RowNumbers> parts;
        for (size_t i = 0; i < rows.size(); ++i)
            (changed[i] > 0 ? parts.first : parts.second).push_back(rows[i]);
        return parts;
    }

    // The rows whose jobs the claim has not lost yet.
    base::Result<db::RowNumbers> partLost()
    {
        const auto found = m_connection.run(jobByJobSql().lost.text(), m_known);
        if (!found)
            return found.error();
        if (found->isEmpty())
            return db::allRows(m_table);
        const domain::JobIds ids = idsFromRows(*found);
        const QSet<domain::JobId> lost(ids.cbegin(), ids.cend());
        db::RowNumbers held;
        for (const size_t row : db::allRows(m_table))
            (lost.contains(m_results[qsizetype(row)].id) ? m_lost : held).push_back(row);
        return held;
    }

    // The guard. Writes the history and the rows of what is still ours.
    base::Status settle(const Verdict& verdict, const db::RowNumbers& rows)
    {
        m_known[u"status"_s] = domain::statusText(verdict.status);
        m_known[u"refund"_s] = verdict.refund ? 1 : 0;
        m_known[u"outcome"_s] = verdict.outcome;
        m_known[u"error"_s] = orNull(verdict.error);
        const JobByJobSql& sql = jobByJobSql();
        const Changed remembered = each(sql.remember, rows);
        if (!remembered)
            return remembered.error();
        const db::RowNumbers ours = part(rows, *remembered).first;
        const Changed written = each(sql.write, ours);
        if (!written)
            return written.error();
        auto [accepted, missed] = part(ours, *written);
        const Changed moved = each(sql.writeMoved, missed);
        if (!moved)
            return moved.error();
        const auto [found, overtaken] = part(missed, *moved);
        accepted.insert(accepted.end(), found.begin(), found.end());
        if (const Changed done = each(sql.forget, overtaken); !done)
            return done.error();
        m_lost.insert(m_lost.end(), overtaken.begin(), overtaken.end());
        return note(accepted);
    }

    base::Status note(const db::RowNumbers& accepted)
    {
        for (const size_t row : accepted) {
            const Settlement& result = m_results[qsizetype(row)];
            m_accepted += result.id;
            if (result.retryIn.count() > 0)
                m_waits.addRow(result.id.value, qint64(result.retryIn.count()));
            if (!result.scan.isEmpty())
                m_scans.addRow(
                    result.scan.value, domain::statusText(result.status), orNull(result.error),
                    result.extractedData
                        ? QVariant(QString::fromUtf8(
                              QJsonDocument(*result.extractedData).toJson(QJsonDocument::Compact)))
                        : QVariant());
        }
        if (accepted.empty())
            return {};
        m_known[u"count"_s] = qint64(accepted.size());
        if (const auto done = m_connection.run(jobByJobSql().tally.text(), m_known); !done)
            return done.error();
        return {};
    }

    base::Status noteWaitsAndScans() const
    {
        for (const auto& [sql, table] : {std::pair(&jobByJobSql().defer, &m_waits),
                                         std::pair(&jobByJobSql().writeScan, &m_scans)}) {
            const auto done =
                m_connection.runEach(sql->text(), m_known, *table, db::allRows(*table));
            if (!done)
                return done.error();
        }
        return {};
    }

    // The claim holds fewer jobs now; with the last one its batch goes.
    base::Status release()
    {
        const JobByJobSql& sql = jobByJobSql();
        const Changed gone = each(sql.lose, m_lost);
        if (!gone)
            return gone.error();
        m_known[u"count"_s] = m_accepted.size() + qint64(part(m_lost, *gone).first.size());
        const auto left = m_connection.run(sql.release.text(), m_known);
        if (!left)
            return left.error();
        if ((*left)[0].integer(0) > 0)
            return {};
        if (const auto done = m_connection.run(sql.close.text(), m_known); !done)
            return done.error();
        return {};
    }

    db::Connection& m_connection;
    db::Params m_known;
    const QVector<Settlement>& m_results;
    db::Table m_table{{u"id"_s, u"address"_s, u"attempt"_s, u"startedAt"_s}, {}}; ///< of all
    db::Table m_waits{{u"id"_s, u"retryIn"_s}, {}};
    db::Table m_scans{{u"scanId"_s, u"status"_s, u"error"_s, u"scanData"_s}, {}};
    db::RowNumbers m_lost; ///< of the table
    domain::JobIds m_accepted;
};
} // namespace

base::Result<domain::JobIds> settleJobByJob(db::Connection& connection, const QString& token,
                                            const QVector<Settlement>& results,
                                            const QDateTime& now)
{
    db::Params known{{u"token"_s, token},
                     {u"now"_s, now.toMSecsSinceEpoch()},
                     {u"nowText"_s, db::timeText(now)}};
    const auto held = connection.run(jobByJobSql().held.text(), known);
    if (!held)
        return held.error();
    if (held->isEmpty())
        return domain::JobIds();
    known[u"claim"_s] = (*held)[0].integer(0);
    Settling settling(connection, std::move(known), results);
    if (const base::Status done = settling.run(); !done)
        return done.error();
    return settling.accepted();
}

} // namespace queuedeck::store
