// SPDX-License-Identifier: GPL-3.0-or-later
// A handler of a person's own, written into handlers.d as they would do it.
#pragma once

#include "core/service/localhandlers.h"

#include <QDir>
#include <QFile>

namespace queuedeck::tests {

/// `json` is the file of the handler; QUEUEDECK_HOME says where.
inline bool writeHandler(const QString& type, const QByteArray& json)
{
    const QString folder = service::handlersFolder();
    const auto mine = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner;
    if (!QDir().mkpath(folder) || !QFile::setPermissions(folder, mine))
        return false;
    QFile file(folder + u'/' + type + QStringLiteral(".json"));
    return file.open(QIODevice::WriteOnly) && file.write(json) == json.size()
           && file.setPermissions(mine);
}

} // namespace queuedeck::tests
