// SPDX-License-Identifier: GPL-3.0-or-later
// How error groups are worded.
#pragma once

#include "core/domain/errorgroups.h"

namespace queuedeck::ui::errorwords {

QString signature(const domain::ErrorGroup& group); ///< or that there is no error text
QString types(const domain::ErrorGroup& group);     ///< "image_extraction", "3 types"
QString share(double part);                         ///< "30.6 %"
QString jobs(qint64 count);                         ///< "1 job", "187 jobs"

/// A moment on two lines: "14:27" and "today", or "22 Nov"; "–" and nothing if there is none.
struct Moment
{
    QString clock;
    QString day;
};
Moment moment(const QDateTime& at, const QDateTime& now);

/// What happened per hour, in words for those who do not see the bars.
QString perHour(const QVector<qint64>& bars, const QDateTime& now);

/// What stands around a place: "after # s", "attempt #".
QString place(const domain::ErrorGroup& group, size_t index);
/// A filter that adds one value of a place to the group's own filter.
QString valueFilter(const QString& groupFilter, const domain::ErrorGroup& group, size_t index,
                    const QString& value);

} // namespace queuedeck::ui::errorwords
