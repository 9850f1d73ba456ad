// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QString>
#include <QTemporaryFile>

#include <memory>

namespace queuedeck::ctl {

/// Gives a finished file its name and makes the name durable. What has that name already, a link
/// included, is replaced itself and never written through, or keeps it: EEXIST. 0, or an errno.
int publish(const QString& temporary, const QString& path, bool mayReplace);

/// A file that appears whole or not at all: it is written beside its place under a name of its own,
/// and gone with this object unless it was published.
class WholeFile
{
public:
    enum class Readers { Owner, ByUmask };

    /// On the disk when this returns, under its own name. Internal: why it cannot be written.
    static base::Result<std::unique_ptr<WholeFile>> write(const QString& path,
                                                          const QByteArray& bytes, Readers readers);

    /// Denied: there is a file of that name, and it may not be replaced.
    base::Status publish(bool mayReplace);
    const QString& path() const { return m_path; }

private:
    explicit WholeFile(const QString& path);

    const QString m_path;
    QTemporaryFile m_file; ///< made with mode 0600
};

} // namespace queuedeck::ctl
