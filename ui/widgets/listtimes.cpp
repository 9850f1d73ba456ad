// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/listtimes.h"

#include "ui/widgets/format.h"

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

namespace {
bool s_showsTimes = false;

QDate dayOf(const QDateTime& at)
{
    return timeZone() == TimeZone::Utc ? at.toUTC().date() : at.toLocalTime().date();
}
} // namespace

bool showsTimes()
{
    return s_showsTimes;
}

void setShowsTimes(bool shows)
{
    s_showsTimes = shows;
}

QString formatAgeOrTime(const QDateTime& at, const QDateTime& now)
{
    if (!s_showsTimes || !at.isValid())
        return formatAge(at, now);
    return dayOf(at) == dayOf(now) ? formatClock(at) : dayOf(at).toString(Qt::ISODate);
}

} // namespace queuedeck::ui
