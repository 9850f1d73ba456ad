// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/async/taskthread.h"
#include "core/base/result.h"

#include <QFuture>

namespace queuedeck::service {

struct ServedPicture
{
    QByteArray bytes;
    QByteArray mediaType;
};

/// The pictures of a folder, for those who know their names: see uploads::FolderStorage. There is
/// no list of them. Files are read on a thread of its own, one at a time.
class ServedPictures
{
public:
    explicit ServedPictures(QString folder);

    /// Whether the folder can be served at all. Blocks.
    static base::Status check(const QString& folder);
    /// 32 hexadecimal digits and the ending of a picture: the only names that there are, so that
    /// none leads out of the folder.
    static bool isName(QByteArrayView name);

    /// NotFound for anything but a plain file of that name.
    QFuture<base::Result<ServedPicture>> read(const QByteArray& name);

private:
    const QString m_folder;
    async::TaskThread m_thread{"qd-pictures"};
};

} // namespace queuedeck::service
