// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/tableshape.h"

namespace queuedeck::store {

/// A column that we read, and the types it may have on PostgreSQL. SQLite columns hold anything.
struct NeededColumn
{
    QString name;
    QString type;         ///< of the NULL in its place where the table lacks it
    QStringList writable; ///< base types that our statements can compare and write
    QStringList asText;   ///< those of them that are read as text
};

const QVector<NeededColumn>& neededOfJob();
const QVector<NeededColumn>& neededOfScan();

/// Whether our statements can compare and write it.
bool isWritable(const NeededColumn& needed, const TableShape::Column& column);

} // namespace queuedeck::store
