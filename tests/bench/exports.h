// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>

namespace queuedeck::bench {

/// What writing a million jobs of a SQLite file to CSV, JSON lines and a workbook costs with the
/// built queuedeckctl: jobs a second, as a ratio to a bare read of the same rows by SQLite's own
/// library just before, and the memory beyond what a run without jobs takes.
QJsonObject exports();

} // namespace queuedeck::bench
