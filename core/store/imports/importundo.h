// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/outcome.h"
#include "core/store/jobstore.h"

#include <QHash>
#include <QSet>

namespace queuedeck::store {

/// Takes an import back, from its last batch to its first, each in one transaction: rows that it
/// added are deleted, those it changed or removed are put back, if nobody has written them since
/// and nothing else refers to them. What belongs together (an order, its lines and its invoice) is
/// taken back as a whole or not at all. What was taken back is gone from the journal, so an undo
/// that broke off goes on where it ended. Lives on the thread of its connection.
class ImportUndo
{
public:
    ImportUndo(db::Connection& connection, const TableShape& shape, const base::Clock& clock);

    base::Result<domain::Outcome> run(const domain::JournalId& entry);

private:
    struct Step
    {
        QString place;
        QString table;
        QString change;
        QString version;
        QStringList ids, units, befores = {}, afters = {};

        /// Adds a row of another step.
        void add(const Step& step, qsizetype row);
    };
    using Batch = QVector<Step>;                        ///< the last step first
    using Refused = QHash<QString, domain::SkipReason>; ///< by unit

    base::Result<Batch> readBatch(const domain::JournalId& entry, const QString& number);
    base::Status undoBatch(const domain::JournalId& entry, Batch batch, domain::Outcome& outcome);
    /// Units whose rows could not all be taken back; if there are any, nothing counts.
    base::Result<Refused> carryOut(const Batch& batch, const Refused& refused);
    base::Result<QSet<QString>> takeBack(const Step& step, const QStringList& ids,
                                         const QStringList& befores, const QStringList& afters);
    base::Result<QString> unreferenced(const QString& table);
    base::Result<QStringList> columnsOf(const QString& table);
    base::Status keep(const domain::JournalId& entry, const Batch& batch, const Refused& refused,
                      domain::Outcome& outcome);

    db::Connection& m_connection;
    const SqlText& m_sql;
    const base::Clock& m_clock;
    QHash<QString, QString> m_unreferenced; ///< conditions by table
    QHash<QString, QStringList> m_columns;
};

} // namespace queuedeck::store
