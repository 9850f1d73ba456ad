// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/page.h"

#include <QHash>
#include <QMap>

namespace queuedeck::ui {

/// The columns of the jobs table.
enum class JobColumn { Status, Type, Id, Tries, Created, Finished, Error, Count };

/// The rows of a list of millions, of which only some pages are here: 50 at most, those used last.
/// It knows where each page ends, also of pages it has let go, so that any page is asked for from
/// the nearest known place. Pure; the model wraps it.
class JobRows
{
public:
    static constexpr int kPageSize = 200;
    static constexpr int kMaxPages = 50;

    /// A cell that differs from what stood there. `isSameJob`: the job changed, not its place.
    struct Change
    {
        int row = 0;
        JobColumn column = JobColumn::Status;
        bool isSameJob = false;
        bool operator==(const Change&) const = default;
    };
    /// Where to ask for a page: behind this keyset, and so many rows more.
    struct Place
    {
        domain::Keyset after;
        qint64 skip = 0;
        bool operator==(const Place&) const = default;
    };

    int rowCount() const { return m_rowCount; }
    /// Forgets the pages behind the new end.
    void setRowCount(int count);
    void clear();

    /// Null while the row is not here. Counts as a use of its page.
    const domain::Job* job(int row) const;
    int rowOf(const domain::JobId& id) const; ///< -1 when it is not here
    bool hasPage(int page) const { return m_pages.contains(page); }
    bool isWhole(int page) const; ///< every row that the row count promises is here
    bool isStale(int page) const;
    void markAllStale();

    Place placeOf(int page) const;
    /// Puts a page where it belongs. When its end has moved, the ends behind it are forgotten and
    /// the pages behind it are stale. Does not change the row count.
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
