// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/tabular/record.h"

#include <QSaveFile>

#include <memory>

namespace queuedeck::handlers {

/// A CSV file of the lines that were rejected, with the reasons, to be mended and imported again.
/// It is there whole or not at all, and not if no line was rejected.
class RejectedLines
{
public:
    /// `path` empty: keep none.
    RejectedLines(QString path, QStringList columns, QChar separator);

    base::Status add(const tabular::Record& record, const QString& reason);
    base::Status finish();

private:
    base::Status write(const QStringList& cells);

    const QString m_path;
    const QStringList m_columns;
    const QChar m_separator;
    std::unique_ptr<QSaveFile> m_file;
};

} // namespace queuedeck::handlers
