// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/schedule.h"

#include <QByteArray>
#include <QHash>

namespace queuedeck::service {

/// What is remembered of a schedule between two starts of the program.
struct ScheduleRecord
{
    QDateTime handledUntil;            ///< UTC: what was due up to then was run or told
    QVector<ScheduleOutcome> outcomes; ///< the newest first
};

/// The file of schedules as a value. Private to this room.
struct ScheduleFileContent
{
    QVector<Schedule> schedules;
    QHash<QString, ScheduleRecord> records; ///< by id
};

QByteArray schedulesToJson(const ScheduleFileContent& content);
/// Invalid, with what is wrong, unless all of it is understood: what is not understood would be
/// lost with the next change.
base::Result<ScheduleFileContent> schedulesFromJson(const QByteArray& json);

} // namespace queuedeck::service
