// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/wholefile.h"

#include <functional>
#include <memory>

namespace queuedeck::exports {

/// Takes a piece of what is written; fails if it cannot be.
using Sink = std::function<base::Status(const QByteArray&)>;

/// Where an export goes: a file that appears once it is whole, or a stream.
class ExportTarget
{
public:
    /// NotFound, Denied: as base::WholeFile::check; Internal: it cannot be written.
    static base::Result<std::unique_ptr<ExportTarget>> file(const QString& path, bool mayReplace);
    static std::unique_ptr<ExportTarget> stream(Sink sink);

    base::Status add(const QByteArray& bytes);
    /// Under its temporary name, for a library that writes by itself; empty for a stream.
    QString temporaryPath() const;
    qint64 bytes() const { return m_bytes; }
    /// Gives the file its name.
    base::Status finish();

private:
    std::unique_ptr<base::WholeFile> m_file;
    Sink m_sink;
    bool m_mayReplace = false;
    qint64 m_bytes = 0;
};

} // namespace queuedeck::exports
