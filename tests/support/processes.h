// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>

namespace queuedeck::tests {

/// Whether a process has exited; it may remain as a zombie that pid 1 has not reaped yet.
inline bool isGone(pid_t pid)
{
    QFile status(QStringLiteral("/proc/%1/stat").arg(pid));
    if (!status.open(QIODevice::ReadOnly))
        return true;
    const QByteArray text = status.readAll();
    return text.mid(text.lastIndexOf(')') + 2, 1) == "Z";
}

/// Whether the process has a handler for that signal by now.
inline bool catches(pid_t pid, int signal)
{
    QFile status(QStringLiteral("/proc/%1/status").arg(pid));
    if (!status.open(QIODevice::ReadOnly))
        return false;
    const QByteArray text = status.readAll();
    const QByteArray mask = text.mid(text.indexOf("SigCgt:") + 7).trimmed().left(16);
    return (mask.toULongLong(nullptr, 16) >> (signal - 1) & 1) != 0;
}

} // namespace queuedeck::tests
