// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/refusal.h"

using namespace Qt::StringLiterals;

namespace queuedeck::store {

bool refusesARow(const base::Error& error)
{
    return error.recovery == base::Recovery::NotThis;
}

QString reasonOf(const base::Error& error)
{
    QString reason = error.detail.section(u'\n', 0, 0).left(500);
    if (reason.endsWith(u'.'))
        reason.chop(1);
    if (!reason.isEmpty())
        reason[0] = reason[0].toLower();
    return reason;
}

} // namespace queuedeck::store
