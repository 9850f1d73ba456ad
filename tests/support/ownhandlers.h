// SPDX-License-Identifier: GPL-3.0-or-later
// A custom handler, written into handlers.d as a user would do it.
#pragma once

#include <QDir>
#include <QFile>

namespace queuedeck::tests {

/// Writes the file of a handler into `folder`, which is created if necessary; both for the owner
/// only.
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
