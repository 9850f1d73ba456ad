// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/handlers/bulk_import/importpreview.h"
#include "core/handlers/bulk_import/rejectedlines.h"

#include <functional>

namespace queuedeck::handlers {

/// What an import did, or would do.
struct ImportReport
{
    struct Rejection
    {
        qint64 line = 0;
        QString reason;
    };
    static constexpr qsizetype kFirst = 20;

    tabular::TableInfo table;
    ValueStyle style;
    QVector<ColumnMatch> columns; ///< as they are used
    qint64 rows = 0;              ///< lines with data
    qint64 created = 0;           ///< of a sales report: orders, as the next two
    qint64 updated = 0;
    qint64 unchanged = 0;
    qint64 rejected = 0;           ///< lines
    QMap<QString, qint64> reasons; ///< why, with the number of lines
    QVector<Rejection> first;      ///< the first kFirst of them
    QString rejectedFile;          ///< where they were saved; empty: nowhere
    qint64 warnings = 0;           ///< lines that are imported but look odd
    ImportPreview preview;         ///< if it was asked for

    /// For programs: the counts, and where the rejected lines are.
    QJsonObject json() const;
};

/// How an import is run.
struct ImportWay
{
    QString path;         ///< of the file
    QString rejectedFile; ///< where to save rejected lines; empty: nowhere
    domain::ImportScope scope;
    bool withPreview = false;
    std::function<bool()> isStopped;
    std::function<void(qint64 done, qint64 all)> progress = {}; ///< after each batch; may be empty
};

/// Reads the file twice: first to see that it is whole, how its values are written and which lines
/// belong together; then line by line, checking, converting and writing. What it holds at a time is
/// a batch, and for each key or order a few bytes. Cancelled: it was stopped between two batches;
/// what was written stays and is found again by the next run. Blocks.
base::Result<ImportReport> runImport(const ImportRequest& request, const ImportWay& way,
                                     domain::ImportSink& sink);

/// Whether the file is a table with the columns that the request needs; reads only its beginning.
base::Status checkImport(const ImportRequest& request, const QString& path);

} // namespace queuedeck::handlers
