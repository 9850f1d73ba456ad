// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace queuedeck::service {
class Session;
struct SessionInfo;
} // namespace queuedeck::service

namespace queuedeck::ui {

/// Why nothing can be changed in this database now: it does not answer, or it is read-only. Empty:
/// changes are possible. Code that enables an action checks this, and again when the change feed
/// reports lost or restored.
QString changesOff(service::Session& session);
/// How changes are agreed to: "Read-only", "Confirm", "Type the name".
QString safetyLevel(const service::SessionInfo& info);
/// What this user may do with the jobs, known before anything is tried: "Signed in as leora: may
/// read, add and change jobs. …", with the reason for whatever is off.
QString rightsText(const service::SessionInfo& info);
/// Why what needs Queuedeck's own tables is off for a guest.
QString withoutTables();
/// What is shown from a stop until the runs have ended: "Stopping, 2 jobs, up to 20 s".
QString stoppingText(int runningJobs);

} // namespace queuedeck::ui
