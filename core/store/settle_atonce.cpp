// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/settle_atonce.h"

#include "core/store/jobrow.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>

using namespace Qt::StringLiterals;

namespace queuedeck::store {

namespace {
template <class Json>
QString compact(const Json& json)
{
    return QString::fromUtf8(QJsonDocument(json).toJson(QJsonDocument::Compact));
}

/// A column of results on its way to the server.
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

QJsonValue orNull(const QString& text)
{
    return text.isNull() ? QJsonValue() : QJsonValue(text);
}

QJsonObject toJson(const Settlement& result)
{
    return {{u"id"_s, result.id.value},
            {u"status"_s, domain::statusText(result.status)},
            {u"refund"_s, result.refund ? 1 : 0},
            {u"error"_s, orNull(result.error)},
            {u"outcome"_s, result.outcome},
            {u"version"_s, result.version.toString()},
            {u"startedAt"_s, result.startedAt.isValid()
                                 ? QJsonValue(result.startedAt.toMSecsSinceEpoch())
                                 : QJsonValue()},
            {u"retryIn"_s, qint64(result.retryIn.count())},
            {u"scanId"_s, result.scan.isEmpty() ? QJsonValue() : QJsonValue(result.scan.value)},
            {u"scanData"_s,
             result.extractedData ? QJsonValue(compact(*result.extractedData)) : QJsonValue()}};
}

base::Result<domain::JobIds> settleByAddress(db::Connection& connection, const SqlText& sql,
                                             const QString& token,
                                             const QVector<Settlement>& results)
{
    // Taking an array apart costs the server more than all else of a row, so a column in which
    // every result says what most results say is not sent: a NULL array gives NULLs.
    ArrayColumn ids, addresses, versions, startedAts;
    ArrayColumn statuses(u"completed"_s), outcomes(u"completed"_s), refunds(u"0"_s),
        retryIns(u"0"_s);
    ArrayColumn errors(QString{}), scans(QString{}), data(QString{});
    for (const Settlement& result : results) {
        if (result.address.isNull())
            continue;
        ids.add(result.id.value);
        addresses.add(result.address.toString());
        versions.add(result.version.toString());
        statuses.add(domain::statusText(result.status));
        refunds.add(result.refund ? u"1"_s : u"0"_s);
        errors.add(result.error);
        outcomes.add(result.outcome);
        startedAts.add(
            result.startedAt.isValid()
                ? QString::number(double(result.startedAt.toMSecsSinceEpoch()) / 1000, 'f', 3)
                : QString());
        retryIns.add(QString::number(result.retryIn.count()));
        scans.add(result.scan.isEmpty() ? QString() : result.scan.value);
        data.add(result.extractedData ? compact(*result.extractedData) : QString());
    }
    if (ids.isEmpty())
        return domain::JobIds();
    const auto rows = connection.run(sql.settle.text(), {{u"token"_s, token},
                                                         {u"ids"_s, ids.literal()},
                                                         {u"addresses"_s, addresses.literal()},
                                                         {u"versions"_s, versions.literal()},
                                                         {u"statuses"_s, statuses.literal()},
                                                         {u"refunds"_s, refunds.literal()},
                                                         {u"errors"_s, errors.literal()},
                                                         {u"outcomes"_s, outcomes.literal()},
                                                         {u"startedAts"_s, startedAts.literal()},
                                                         {u"retryIns"_s, retryIns.literal()},
                                                         {u"scans"_s, scans.literal()},
                                                         {u"data"_s, data.literal()}});
    if (!rows)
        return rows.error();
    return idsFromRows(*rows);
}

base::Result<domain::JobIds> settleById(db::Connection& connection, const SqlText& sql,
                                        const QString& token, const QVector<Settlement>& results,
                                        const QDateTime& now)
{
    QJsonArray array;
    for (const Settlement& result : results)
        array.append(toJson(result));
    const auto rows = connection.run(sql.settleById.text(), {{u"token"_s, token},
                                                             {u"results"_s, compact(array)},
                                                             {u"now"_s, now.toMSecsSinceEpoch()},
                                                             {u"nowText"_s, db::timeText(now)}});
    if (!rows)
        return rows.error();
    return idsFromRows(*rows);
}
} // namespace

base::Result<domain::JobIds> settleAtOnce(db::Connection& connection, const SqlText& sql,
                                          const Results& batch, const QDateTime& now)
{
    const auto& [token, results] = batch;
    auto accepted = settleByAddress(connection, sql, token, results);
    if (!accepted || accepted->size() == results.size())
        return accepted;
    // What did not lie where it was left was written by somebody, or the table was rewritten.
    const QSet<domain::JobId> found(accepted->cbegin(), accepted->cend());
    QVector<Settlement> rest;
    for (const Settlement& result : results) {
        if (!found.contains(result.id))
            rest += result;
    }
    const auto byId = settleById(connection, sql, token, rest, now);
    if (!byId)
        return byId;
    *accepted += *byId;
    return accepted;
}

} // namespace queuedeck::store
