// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QHashFunctions>
#include <QString>
#include <QVector>

#include <compare>

namespace queuedeck::domain {

/// Each id has its own type, so that a scan's id cannot be passed for a job's. The text is kept as
/// the database returned it: usually a uuid, but any text works.
template <class Tag>
struct Id
{
    QString value;

    bool isEmpty() const { return value.isEmpty(); }
    std::strong_ordering
    operator<=>(const Id&) const = default; // QString has no <=> to deduce it from
    friend size_t qHash(const Id& id, size_t seed = 0) { return ::qHash(id.value, seed); }
};

using JobId = Id<struct JobTag>;
using ScanId = Id<struct ScanTag>;
using JournalId = Id<struct JournalTag>;
using JobIds = QVector<JobId>;

/// A new time-ordered uuid (version 7): to other programs a plain uuid, but neighbours in time are
/// neighbours in the index. `msecsSinceEpoch` is UTC. Thread-safe; ids increase within a process.
QString newUuid(qint64 msecsSinceEpoch);
/// When such a uuid was made, UTC; invalid for any other text.
QDateTime timeOfUuid(const QString& uuid);

} // namespace queuedeck::domain
