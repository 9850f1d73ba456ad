// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schedule/targets/schedulefiles.h"

#include <QString>

// Common to the tests of schedule files.
namespace queuedeck::test {

inline domain::Cron cronOf(const QString& text)
{
    return domain::Cron::parse(text).value();
}

inline base::Result<schedule::ScheduleTexts> textsOf(const schedule::ScheduleRequest& request)
{
    QDateTime now(QDate(2026, 11, 23), QTime(10, 1), Qt::UTC);
    return schedule::scheduleTexts(request, now);
}

inline QString fileOf(const schedule::ScheduleTexts& texts, const QString& name)
{
    for (const schedule::ScheduleText& text : texts.files) {
        if (text.name == name)
            return text.text;
    }
    return {};
}

} // namespace queuedeck::test
