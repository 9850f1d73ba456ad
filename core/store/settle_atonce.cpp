// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/settle_atonce.h"

#include "core/store/jobrow.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace queuedeck::store {

namespace {
/// A column of results to send to the server.
class ArrayColumn
{
public:
    ArrayColumn() = default;
    explicit ArrayColumn(QString usual)
        : m_usual(std::move(usual))
    {
    }
    void add(const QString& value)
    {
        m_values += value;
        m_isUsual =
            m_isUsual && m_usual && *m_usual == value && m_usual->isNull() == value.isNull();
    }
    bool isEmpty() const { return m_values.isEmpty(); }
    QString literal() const { return m_isUsual ? QString() : db::arrayLiteral(m_values); }

private:
    std::optional<QString> m_usual;
    QStringList m_values;
    bool m_isUsual = true;
};

// Results as parallel arrays. Unpacking one costs the server more than anything else about a row,
// so a column in which every result has the usual value is not sent: a NULL array yields NULLs.
class Columns
{
public:
    void add(const Settlement& result)
    {
        m_ids.add(result.id.value);
        m_addresses.add(result.address.toString());
        m_versions.add(result.version.isNull() ? QString() : result.version.toString());
        m_statuses.add(domain::statusText(result.status));
        m_refunds.add(result.refund ? u"1"_s : u"0"_s);
        m_errors.add(result.error);
        m_outcomes.add(result.outcome);
        m_startedAts.add(
            result.startedAt.isValid()
                ? QString::number(double(result.startedAt.toMSecsSinceEpoch()) / 1000, 'f', 3)
                : QString());
        m_retryIns.add(QString::number(result.retryIn.count()));
        m_results.add(result.result.isEmpty() ? QString() : QString::fromUtf8(result.result));
    }

    bool isEmpty() const { return m_ids.isEmpty(); }

    db::Params params(const QString& token) const
    {
        return {{u"token"_s, token},
                {u"ids"_s, m_ids.literal()},
                {u"addresses"_s, m_addresses.literal()},
                {u"versions"_s, m_versions.literal()},
                {u"statuses"_s, m_statuses.literal()},
                {u"refunds"_s, m_refunds.literal()},
                {u"errors"_s, m_errors.literal()},
                {u"outcomes"_s, m_outcomes.literal()},
                {u"startedAts"_s, m_startedAts.literal()},
                {u"retryIns"_s, m_retryIns.literal()},
                {u"results"_s, m_results.literal()}};
    }

private:
    ArrayColumn m_ids, m_addresses, m_versions, m_startedAts;
    ArrayColumn m_statuses{u"completed"_s}, m_outcomes{u"completed"_s};
    ArrayColumn m_refunds{u"0"_s}, m_retryIns{u"0"_s}, m_errors{QString{}};
    ArrayColumn m_results{QString{}};
};

base::Status settleSome(db::Connection& connection, const Sql& sql, const QString& token,
                        const Columns& columns, domain::JobIds& accepted)
{
    if (columns.isEmpty())
        return {};
    const auto rows = connection.run(sql.text(), columns.params(token));
    if (!rows)
        return rows.error();
    accepted += idsFromRows(*rows);
    return {};
}
} // namespace

base::Status settleAtOnce(db::Connection& connection, const AtOnceSql& sql, const Results& batch,
                          domain::JobIds& accepted)
{
    Columns byAddress;
    for (const Settlement& result : batch.settlements) {
        if (!result.address.isNull())
            byAddress.add(result);
    }
    const base::Status done = settleSome(connection, sql.settle, batch.token, byAddress, accepted);
    if (!done || accepted.size() == batch.settlements.size())
        return done;
    // Rows that have moved were written by another program, or the table was rewritten.
    const QSet<domain::JobId> found(accepted.cbegin(), accepted.cend());
    Columns byId;
    for (const Settlement& result : batch.settlements) {
        if (!found.contains(result.id))
            byId.add(result);
    }
    return settleSome(connection, sql.settleById, batch.token, byId, accepted);
}

} // namespace queuedeck::store
