// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/databaseurl.h"
#include "core/db/namedsql.h"
#include "core/domain/page.h"

#include <QDateTime>

namespace queuedeck::store {

/// The only SQL that is composed: WHERE, ORDER and keyset of the list, from a JobFilter. Every
/// value is bound, never pasted.
///
/// Only (status, createdAt) is indexed, so "newest first" is a merge of one index scan a status;
/// a status that the filter rules out is not read at all.
class JobQuery
{
public:
    struct Statement
    {
        QString sql;
        db::Params params;
    };

    /// `statuses` are those that occur in the table (null for NULL); `now` gives `age` its meaning.
    /// `idsAreUuids`: whether a part of an id is a range of uuids.
    JobQuery(db::Dialect dialect, const domain::JobFilter& filter, const QStringList& statuses,
             const QDateTime& now, int maxAttempts, bool idsAreUuids = true);

    /// → JOB_COLUMNS
    Statement page(const domain::PageRequest& request) const;
    /// → one number, at most `limit`
    Statement count(qint64 limit, const domain::Keyset& from = {}) const;
    /// → ids, newest first
    Statement ids() const;

private:
    QString bind(const QVariant& value);
    QString time(const QDateTime& value);
    QString condition(const domain::FilterNode& node);
    QString condition(const domain::FilterTerm& term);
    QString contains(const QString& expression, const domain::FilterTerm& term);
    QString idStartsWith(const QString& prefix);
    QString payloadValue(const QStringList& path);
    QString merged(const QString& columns, const QString& keyset, qint64 limit) const;

    db::Dialect m_dialect;
    bool m_idsAreUuids;
    QDateTime m_now;
    int m_maxAttempts;
    db::Params m_params;
    std::vector<QString> m_branches; ///< a WHERE for each status that may match
};

} // namespace queuedeck::store
