// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/databaseurl.h"
#include "core/db/namedsql.h"
#include "core/domain/page.h"
#include "core/store/tableshape.h"

#include <QDateTime>
#include <QStringList>

#include <chrono>

namespace queuedeck::store {

/// The only SQL that is built at run time: WHERE, ORDER BY and keyset of the list, from a
/// JobFilter. Every value is bound, never pasted in.
///
/// Only (status, createdAt) is indexed, so "newest first" is a merge of one index scan per status;
/// a status that the filter rules out is not read at all.
class JobQuery
{
public:
    struct Statement
    {
        QString sql;
        db::Params params;
    };

    /// What the terms of a filter refer to at this moment.
    struct Context
    {
        QStringList statuses; ///< that occur in the table (null for NULL)
        QDateTime now;        ///< what `age` counts from
        int maxAttempts;
        QString isStuck; ///< ReadingSql::isStuck
    };

    /// `shape` must outlive it.
    JobQuery(const domain::JobFilter& filter, const TableShape& shape, Context context);

    /// → {job_columns}, is stuck, createdAt as in the keyset
    Statement page(const domain::PageRequest& request) const;
    /// → {job_columns}, whole error, whole payload, whether these two are left out as too long,
    /// createdAt as in the keyset
    Statement contents(const domain::PageRequest& request) const;
    /// Whether rows have to be looked at to know which match.
    bool isSearch() const { return m_isSearch; }
    /// → createdAt, as in a keyset, of the row `rows` places further down among those that may
    /// match
    Statement boundary(const domain::PageRequest& request, int rows) const;
    /// → one number, at most `limit`
    Statement count(qint64 limit, const domain::Keyset& from = {}) const;
    /// → one number or PostgreSQL's plan as JSON: about how many match, at a cost that does not
    /// depend on it. None where that cannot be known.
    std::optional<Statement> estimate() const;
    /// What matches within the span of the request, by what the rules for actions look at → status,
    /// attempts (NULL, 0 or the most), rows, their ids (JSON), newest first
    Statement frozen(const domain::PageRequest& request) const;

private:
    QString bind(const QVariant& value);
    QString time(const QDateTime& value);
    QString condition(const domain::FilterNode& node);
    QString condition(const domain::FilterTerm& term);
    QString contains(const QString& expression, const domain::FilterTerm& term);
    QString attempts() const;
    QString idIs(const QString& text);
    QString idStartsWith(const QString& prefix);
    QString idBeginsWith(const QString& prefix);
    QString payloadIs(const QStringList& path, const QString& text);
    /// One scan per status and bound: the rows within that bound, in the order of the list.
    QString merged(const QString& columns, const QStringList& bounds, qint64 limit,
                   bool upwards = false) const;
    Statement listed(const domain::PageRequest& request, const QString& columns) const;
    QStringList boundsOf(const domain::PageRequest& request, db::Params& params) const;

    bool isSqlite() const { return m_shape.dialect == db::Dialect::Sqlite; }

    const TableShape& m_shape;
    const Context m_context;
    db::Params m_params;
    /// A status whose rows may match.
    struct Branch
    {
        QString status; ///< the condition for the status
        QString where;  ///< and for the rest of the filter; empty: all of them match
        QString both() const;
    };

    std::vector<Branch> m_branches;
    std::vector<QString> m_others; ///< the conditions for statuses that cannot match
    bool m_isSearch = false;
    bool m_isByStatus = true; ///< the status alone decides
};

} // namespace queuedeck::store
