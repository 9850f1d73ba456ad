// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>

namespace queuedeck::bench {

/// 500 different pictures through the upload dialog, into the database and into a folder that is
/// served: how many a second, and the longest time that the window's event loop stood still.
QJsonObject upload();

} // namespace queuedeck::bench
