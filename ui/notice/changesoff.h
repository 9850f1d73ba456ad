// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace queuedeck::service {
class Session;
}

namespace queuedeck::ui {

/// Why nothing can be changed in this database now: it does not answer, or it may only be looked
/// at. Empty: changes are possible. Whoever enables an action asks this, and again when the feed of
/// changes says lost or restored.
QString changesOff(service::Session& session);
/// Why what rests on Queuedeck's own tables is off for a guest.
QString withoutTables();
/// What is said from a stop on until the runs have ended: "Stopping, 2 jobs, up to 20 s".
QString stoppingText(int runningJobs);

} // namespace queuedeck::ui
