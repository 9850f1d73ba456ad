// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/page.h"

#include <QHash>
#include <QMap>

namespace queuedeck::ui {

/// The columns of the jobs table.
enum class JobColumn { Status, Type, Id, Tries, Created, Finished, Error, Count };

/// The rows of a list of millions, of which only some pages are held: 50 at most, the most recently
/// used. It remembers where each page ends, even those it has dropped, so that any page is queried
/// from the nearest known position. Pure; the model wraps it.
class JobRows
{
public:
    static constexpr int kPageSize = 200;
    static constexpr int kMaxPages = 50;

    /// A cell that differs from what was there. `isSameJob`: the job changed, not its place.
    struct Change
    {
        int row = 0;
        JobColumn column = JobColumn::Status;
        bool isSameJob = false;
        bool operator==(const Change&) const = default;
    };
    /// Where to query a page: after this keyset, skipping this many rows.
    struct Place
    {
        domain::Keyset after;
        qint64 skip = 0;
        bool operator==(const Place&) const = default;
    };

    int rowCount() const { return m_rowCount; }
    /// Forgets the pages beyond the new end.
    void setRowCount(int count);
    void clear();

    /// Null if the row is not held. Counts as a use of its page.
    const domain::Job* job(int row) const;
    int rowOf(const domain::JobId& id) const; ///< -1 if it is not held
    bool hasPage(int page) const { return m_pages.contains(page); }
    bool isWhole(int page) const; ///< every row that the row count promises is held
    bool isStale(int page) const;
    void markAllStale();

    Place placeOf(int page) const;
    /// Puts a page in its place. If its end has moved, the ends after it are forgotten and the
    /// pages after it are stale. Does not change the row count.
    QVector<Change> replacePage(int page, const QVector<domain::Job>& jobs,
                                const QVector<domain::Keyset>& keys);

private:
    struct Rows
    {
        QVector<domain::Job> jobs;
        bool isStale = false;
        mutable quint64 lastUse = 0;
    };

    void drop(int page);
    void letGo(int keep);

    QHash<int, Rows> m_pages;
    QMap<int, domain::Keyset> m_ends; ///< of each full page seen
    QHash<QString, int> m_rowOfId;
    int m_rowCount = 0;
    mutable quint64 m_use = 0;
};

} // namespace queuedeck::ui
