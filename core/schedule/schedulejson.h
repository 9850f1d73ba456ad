// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schedule/schedulerecord.h"

#include <QByteArray>
#include <QHash>

namespace queuedeck::schedule {

/// The file of schedules as a value. Private to this room.
struct ScheduleFileContent
{
    QVector<Schedule> schedules;
    QHash<QString, ScheduleRecord> records; ///< by id
};

QByteArray schedulesToJson(const ScheduleFileContent& content);
/// Invalid, with the reason, unless all of it is understood: anything else would be lost with the
/// next change.
base::Result<ScheduleFileContent> schedulesFromJson(const QByteArray& json);

} // namespace queuedeck::schedule
