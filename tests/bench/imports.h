// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>

namespace queuedeck::bench {

/// What importing a CSV file of a million customers, and of 100,000 lines of a sales report, into a
/// private PostgreSQL costs with the built queuedeckctl: rows a second and the peak of its memory.
QJsonObject imports();

} // namespace queuedeck::bench
