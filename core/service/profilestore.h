// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/domain/profile.h"

#include <QFuture>

namespace queuedeck::service {

/// The saved connections as they are in the file.
struct SavedConnections
{
    domain::Profiles profiles;
    /// Written by a newer Queuedeck: they can be used, and are not changed from here.
    bool isNewer = false;
    int unreadable = 0;          ///< entries that are not understood; they stay in the file
    base::Sentence problem = {}; ///< why there is nothing to read, if so
};

/// The file of saved connections, shared by the window and the command line and by any number of
/// processes. Each change reads the file again, under a lock, and replaces it as a whole: what
/// others wrote meanwhile and what is not known here stays. A file that cannot be read is moved
/// aside by the first change, never overwritten. No password is ever in it.
///
/// The functions that return futures run on a thread of their own; from any thread.
namespace profilestore {

QString file(); ///< `connections.json` in the home folder

/// Blocks. A missing file has no connections.
SavedConnections read();
QFuture<base::Result<SavedConnections>> readLater();

/// Adds it, or replaces the one with its id. Invalid: its name is taken or cannot be one; Denied:
/// the file cannot be written, or is a newer program's. The answer is what is saved now.
QFuture<base::Result<SavedConnections>> save(const domain::Profile& profile);
/// Several, each under a free name; none if one of them fails.
QFuture<base::Result<SavedConnections>> add(const domain::Profiles& profiles);
QFuture<base::Result<SavedConnections>> remove(const QString& id);
/// Sets when it was opened last. Trouble is not worth an error.
void used(const QString& id);

/// The saved connection that an address leads to, whatever its password; none if it is not saved.
std::optional<domain::Profile> profileOf(const domain::Profiles& profiles, const QString& address);

} // namespace profilestore

} // namespace queuedeck::service
