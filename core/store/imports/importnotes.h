// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/jobstore.h"

#include <QUuid>

#include <optional>
#include <vector>

namespace queuedeck::store {

/// What a table got in one step of a batch, for the journal.
struct ImportNote
{
    enum class Change {
        Added,   ///< rows that were not there
        Changed, ///< `befores` and `afters` hold the columns that were written
        Removed, ///< `befores` hold the whole rows
    };

    QString table; ///< qualified and quoted
    Change change = Change::Added;
    QStringList ids;
    QStringList units; ///< by what rows are undone together, for each: mostly their own id
    QStringList befores = {};
    QStringList afters = {};
};

/// The name that the journal gives a change: "added".
QString changeName(ImportNote::Change change);

/// The journal entry of one import: what it wrote, so that it can be undone, and so that a run that
/// goes on knows what was done. Written in the transactions of the import. A guest has none. Lives
/// on the thread of its connection.
class ImportNotes
{
public:
    /// Begins the entry, or goes on with the one of an earlier run of the same job, unless that was
    /// undone. `scope`: "customers from a file".
    static base::Result<ImportNotes> open(JobStore& store, const QString& job,
                                          const QString& scope);

    /// Within the transaction of a batch.
    void beginBatch();
    base::Status write(const ImportNote& note);
    base::Status endBatch();
    /// The transaction has ended; `kept` if it was committed.
    void settle(bool kept);

    /// Whether an earlier run of this job wrote the row with this id or, for rows that are undone
    /// together, of this unit; true in it if the row was added.
    std::optional<bool> written(const QString& id) const;

private:
    struct Written
    {
        QUuid unit;
        bool isAdded = false;
    };

    ImportNotes(JobStore& store, QString scope);

    base::Status findEntry(const QString& job);
    base::Status readWritten();
    db::Params entry() const;

    JobStore* m_store;
    QString m_scope;
    QString m_journal;
    qint64 m_batch = 0; ///< of this entry; the first is 1
    int m_step = 0;
    qint64 m_rows = 0;              ///< of the batch
    std::vector<Written> m_written; ///< sorted
};

} // namespace queuedeck::store
