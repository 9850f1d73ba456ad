// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/domain/savedview.h"

#include <QFuture>

namespace queuedeck::service {

/// The saved views as they are in the file.
struct SavedViews
{
    domain::SavedViewList views; ///< without presets
    /// Written by a newer Queuedeck: they can be used, and are not changed from here.
    bool isNewer = false;
    int unreadable = 0;          ///< entries that are not understood; they stay in the file
    base::Sentence problem = {}; ///< why there is nothing to read, if so
};

/// The file of saved views, `views.json` in the home folder, shared by the window and the command
/// line and by any number of processes: see SharedFile. A file that cannot be read is moved aside
/// by the first change, never overwritten.
///
/// The functions that return futures run on a thread of their own; from any thread.
namespace viewstore {

QString file();

/// Blocks. A missing file has no views.
SavedViews read();
QFuture<base::Result<SavedViews>> readLater();

/// Adds it, or replaces the one with its id. Invalid: its name is taken or cannot be one, or its
/// filter is not understood; Denied: the file cannot be written, or is a newer program's. The
/// answer is what is saved now.
QFuture<base::Result<SavedViews>> save(const domain::SavedView& view);
QFuture<base::Result<SavedViews>> remove(const QString& id);

/// The views of a file that was exported, each under a free name: those for one connection become
/// this connection's. All or none. The answer is how many were added.
QFuture<base::Result<int>> importFrom(const QString& path, const QString& connection);
/// Those that are shown for this connection, without presets. A file that is there is replaced only
/// if `mayReplace`. The answer is how many were written.
QFuture<base::Result<int>> exportTo(const QString& path, const QString& connection,
                                    bool mayReplace);

} // namespace viewstore

} // namespace queuedeck::service
