// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"

namespace queuedeck::base {

QString kindName(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Cancelled: return QStringLiteral("cancelled");
    case ErrorKind::Unreachable: return QStringLiteral("unreachable");
    case ErrorKind::Denied: return QStringLiteral("denied");
    case ErrorKind::Timeout: return QStringLiteral("timeout");
    case ErrorKind::Conflict: return QStringLiteral("conflict");
    case ErrorKind::NotFound: return QStringLiteral("notfound");
    case ErrorKind::Invalid: return QStringLiteral("invalid");
    case ErrorKind::Unsupported: return QStringLiteral("unsupported");
    case ErrorKind::Internal: return QStringLiteral("internal");
    }
    return QStringLiteral("internal");
}

} // namespace queuedeck::base
