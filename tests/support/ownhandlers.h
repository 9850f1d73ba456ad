// SPDX-License-Identifier: GPL-3.0-or-later
// A handler of a person's own, written into handlers.d as they would do it.
#pragma once

#include <QDir>
#include <QFile>

namespace queuedeck::tests {

/// Writes the file of a handler into `folder`, which is made if need be; both for the owner only.
inline bool writeHandler(const QString& folder, const QString& name, const QByteArray& text)
{
    const auto mine = QFile::ReadOwner | QFile::WriteOwner;
    if (!QDir().mkpath(folder) || !QFile::setPermissions(folder, mine | QFile::ExeOwner))
        return false;
    QFile file(folder + u'/' + name);
    return file.open(QIODevice::WriteOnly) && file.write(text) == text.size() &&
           file.setPermissions(mine);
}

} // namespace queuedeck::tests
