// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>

namespace queuedeck::bench {

/// From launch to an empty Qt window, and to the first rows of 100,000 jobs, each in a process of
/// its own; and the longest stall of the event loop while an engine drains 5,000 jobs in the
/// window.
QJsonObject startup();

/// The child's side: opens the window on `address`, prints figures as JSON and exits.
int measureWindow(const QString& address, bool isDraining);
/// The child's side: an empty window.
int measureEmpty();

} // namespace queuedeck::bench
