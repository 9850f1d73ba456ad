// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>

namespace queuedeck::ui {

/// Whether columns of lists show times instead of ages; program-wide, ages at first. GUI thread.
bool showsTimes();
void setShowsTimes(bool shows);

/// For a column of a list: an age, or, where those show times, "14:42:07", of another day the date.
QString formatAgeOrTime(const QDateTime& at, const QDateTime& now);

} // namespace queuedeck::ui
