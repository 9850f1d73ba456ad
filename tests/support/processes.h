// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>

namespace queuedeck::tests {

/// Whether a process has ended; one that has may be left as a zombie that pid 1 has not fetched
/// yet.
inline bool isGone(pid_t pid)
{
    QFile status(QStringLiteral("/proc/%1/stat").arg(pid));
    if (!status.open(QIODevice::ReadOnly))
        return true;
    const QByteArray text = status.readAll();
    return text.mid(text.lastIndexOf(')') + 2, 1) == "Z";
}

} // namespace queuedeck::tests
