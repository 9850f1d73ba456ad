// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QString>

#include <functional>

namespace queuedeck::service {

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
    base::Result<QByteArray> read() const;

    /// What `make` makes of the present content is written; an error of it changes nothing.
    /// `movesAside`: what is there cannot be read, and is kept under another name.
    struct Content
    {
        QByteArray bytes;
        bool movesAside = false;
    };
    base::Status
    change(const std::function<base::Result<Content>(const base::Result<QByteArray>&)>& make) const;

private:
    base::Status write(const QByteArray& bytes) const;
    base::Result<QString> moveAside() const;

    QString m_path;
};

} // namespace queuedeck::service
