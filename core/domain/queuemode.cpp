// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/queuemode.h"

using namespace Qt::StringLiterals;

namespace queuedeck::domain {

QString modeName(QueueMode mode)
{
    switch (mode) {
    case QueueMode::Own: return u"own"_s;
    case QueueMode::Beside: return u"beside"_s;
    case QueueMode::Guest: break;
    }
    return u"guest"_s;
}

} // namespace queuedeck::domain
