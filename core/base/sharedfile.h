// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QString>

#include <functional>

namespace queuedeck::base {

/// A small file of ours that any number of processes read and change: each change reads it again
/// under a lock and replaces it as a whole, so that what others wrote meanwhile stays. Only this
/// user may read it. Every call blocks; from any thread.
class SharedFile
{
public:
    explicit SharedFile(QString path)
        : m_path(std::move(path))
    {
    }

    const QString& path() const { return m_path; }
    /// NotFound: there is no such file yet. Otherwise the error is half a sentence, as in "… cannot
    /// be read: it is too large".
    Result<QByteArray> read() const;

    /// `movesAside`: what is there cannot be read, and is kept under another name.
    struct Content
    {
        QByteArray bytes;
        bool movesAside = false;
    };
    /// What `make` makes of the present content is written, under a lock; an error of it changes
    /// nothing. Conflict: somebody else has the lock; Denied: it cannot be written.
    Status change(const std::function<Result<Content>(const Result<QByteArray>&)>& make) const;
    /// The same for who holds a lock of its own. Denied: nothing was changed.
    Status replace(const Content& content) const;

private:
    Status write(const QByteArray& bytes) const;
    /// What nobody can read may still be mended by hand. Returns where it is now.
    Result<QString> moveAside() const;

    QString m_path;
};

} // namespace queuedeck::base
