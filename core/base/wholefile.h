// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QString>
#include <QTemporaryFile>

#include <memory>

namespace queuedeck::base {

/// Gives a finished file its name and makes the name durable. An existing file of that name, even a
/// link, is either replaced itself and never written through, or kept: EEXIST. Returns 0 or an
/// errno.
int publish(const QString& temporary, const QString& path, bool mayReplace);

/// A file that appears whole or not at all: it is written next to its destination under a temporary
/// name, and removed with this object unless it was published.
class WholeFile
{
public:
    enum class Readers { Owner, ByUmask };

    /// Whether a file could be published there: NotFound if there is no such folder, Denied as
    /// publish() says. To ask before long work.
    static Status check(const QString& path, bool mayReplace);

    /// On disk under its temporary name when this returns. Internal: why it cannot be written.
    static Result<std::unique_ptr<WholeFile>> write(const QString& path, const QByteArray& bytes,
                                                    Readers readers);
    /// The same in pieces: begin, add, finish.
    static Result<std::unique_ptr<WholeFile>> begin(const QString& path);
    Status add(const QByteArray& bytes);
    Status finish(Readers readers);

    /// Denied: a file of that name exists and may not be replaced, or it is a folder, device or
    /// pipe.
    Status publish(bool mayReplace);
    const QString& path() const { return m_path; }
    /// Where it is until then, for a library that writes by itself between begin and finish.
    QString temporaryPath() const { return m_file.fileName(); }

private:
    explicit WholeFile(const QString& path);
    Error unwritten() const;

    const QString m_path;
    QTemporaryFile m_file; ///< made with mode 0600
};

} // namespace queuedeck::base
