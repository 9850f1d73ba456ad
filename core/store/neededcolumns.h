// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/tableshape.h"

namespace queuedeck::store {

/// A column that we read, and what it may be on PostgreSQL. SQLite's columns hold anything.
struct NeededColumn
{
    QString name;
    QString type;         ///< that its NULL has where the table does not have it
    QStringList writable; ///< base types that our statements compare and write
    QStringList asText;   ///< of those, the ones that are read as texts first
};

const QVector<NeededColumn>& neededOfJob();
const QVector<NeededColumn>& neededOfScan();

/// Whether our statements can compare and write it.
bool isWritable(const NeededColumn& needed, const TableShape::Column& column);

} // namespace queuedeck::store
