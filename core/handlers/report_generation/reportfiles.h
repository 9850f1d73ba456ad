// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/domain/report.h"

#include <QVector>

#include <optional>

namespace queuedeck::handlers {

/// The reports made on this computer for the jobs of one database, each in a file that only this
/// user may read. The name holds the job's id, the kind and the format; there is no other record.
/// Every call blocks; from any thread, since a file appears and disappears as a whole.
class ReportFiles
{
public:
    explicit ReportFiles(QString folder);

    /// A template for the name of a temporary folder for this job, which prepare() removes if it is
    /// left behind.
    QString scratch(const domain::JobId& job) const;

    /// Makes the folder, and removes what an attempt that was killed left of this job's report.
    /// Unsupported: an id that cannot be in the name of a file.
    base::Status prepare(const domain::JobId& job) const;
    /// Keeps the report of a job, on disk when this returns, in place of any other of that job.
    base::Status keep(const domain::JobId& job, domain::ReportKind kind,
                      domain::ReportFormat format, const QByteArray& bytes) const;

    /// Newest first.
    QVector<domain::ReportFile> list() const;
    std::optional<domain::ReportFile> find(const domain::JobId& job) const;
    void remove(const domain::JobId& job) const;

private:
    const QString m_folder;
};

} // namespace queuedeck::handlers
