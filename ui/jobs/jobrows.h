// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/page.h"

#include <QHash>
#include <QMap>

#include <optional>

namespace queuedeck::ui {

/// The columns of the jobs table.
enum class JobColumn { Status, Type, Id, Tries, Created, Finished, Error, Count };

/// Where to query a page of JobRows: see domain::PageRequest.
struct JobPlace
{
    static constexpr int kPageSize = 200;

    domain::Keyset after;
    qint64 skip = 0;
    bool upwards = false;
    int limit = kPageSize;
    domain::Keyset from = {};
    QDateTime createdBy = {};

    bool joinsNext() const { return upwards && skip == 0 && !after.isTop(); }
    bool operator==(const JobPlace&) const = default;
};

/// The rows of a list of millions, of which only some pages are held: 50 at most, the most recently
/// used. It remembers where each page begins and ends, even those it has dropped, so that any page
/// is queried from the nearest known position, downwards or upwards, or from the end of the list.
/// Where all of them are far, a page is found by its time: it is then about where it says, and what
/// is read next to it joins it exactly. Pure; the model wraps it.
class JobRows
{
public:
    static constexpr int kPageSize = JobPlace::kPageSize;
    static constexpr int kMaxPages = 50;

    /// A cell that differs from what was there. `isSameJob`: the job changed, not its place.
    struct Change
    {
        int row = 0;
        JobColumn column = JobColumn::Status;
        bool isSameJob = false;
        bool operator==(const Change&) const = default;
    };
    using Place = JobPlace;
    /// As many rows may be skipped by a query; farther away a page is found by its time.
    static constexpr int kFarRows = 20 * kPageSize;

    int rowCount() const { return m_rowCount; }
    bool isEnd() const { return m_isEnd; }
    /// Forgets the pages beyond the new end. `isEnd`: the list is known to end there, so that pages
    /// can be read from the end.
    void setRowCount(int count, bool isEnd = false);
    void clear();

    /// Null if the row is not held. Counts as a use of its page.
    const domain::Job* job(int row) const;
    int rowOf(const domain::JobId& id) const; ///< -1 if it is not held
    bool hasPage(int page) const { return m_pages.contains(page); }
    bool isWhole(int page) const; ///< every row that the row count promises is held
    bool isStale(int page) const;
    void markAllStale();

    Place placeOf(int page) const;
    /// The page to read first: another one if that is needed to find `page`.
    int firstToRead(int page) const;
    /// Puts a page, queried at `place`, where it belongs. If its end has moved, the pages after it
    /// are stale. Does not change the row count.
    QVector<Change> replacePage(int page, const QVector<domain::Job>& jobs,
                                const QVector<domain::Keyset>& keys, const Place& place = {});

private:
    struct Rows
    {
        QVector<domain::Job> jobs;
        bool isStale = false;
        mutable quint64 lastUse = 0;
    };

    /// Where a page that was seen begins and ends; the times are those of these rows.
    struct Edges
    {
        domain::Keyset start;
        domain::Keyset end; ///< top for a page that is not full
        QDateTime startTime;
        QDateTime endTime;
    };

    void drop(int page);
    void letGo(int keep);
    void forgetAfter(int page);
    std::optional<Place> byTime(int page) const;

    QHash<int, Rows> m_pages;
    QMap<int, Edges> m_edges;
    QHash<QString, int> m_rowOfId;
    int m_rowCount = 0;
    bool m_isEnd = false;
    mutable quint64 m_use = 0;
};

} // namespace queuedeck::ui
