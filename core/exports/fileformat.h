// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/jobexport.h"
#include "core/exports/exporttarget.h"

#include <memory>

namespace queuedeck::exports {

/// Writes jobs in one of the formats. Any thread, one at a time; blocks.
class FileFormat
{
public:
    virtual ~FileFormat() = default;

    /// `target` must outlive it. Invalid: the target cannot take this format.
    static base::Result<std::unique_ptr<FileFormat>> make(const domain::ExportChoice& choice,
                                                          ExportTarget& target);

    virtual base::Status begin() = 0;
    virtual base::Status add(const QVector<domain::ExportedJob>& jobs) = 0;
    virtual base::Status finish() = 0;

    qint64 cut() const { return m_cut; }       ///< see domain::ExportReport
    qint64 unread() const { return m_unread; } ///< likewise

protected:
    qint64 m_cut = 0;
    qint64 m_unread = 0;
};

} // namespace queuedeck::exports
