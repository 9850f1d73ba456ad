// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/handlers/command/filedescriptor.h"

#include <QString>

namespace queuedeck::handlers {

/// What must lie at the end of a path.
enum class PathKind {
    File,   ///< a regular file
    Folder, ///< a folder in which nobody else may make files
    Any,    ///< whatever lies there; a folder may be shared like /tmp, where each owns his files
};

/// Opens what an absolute path names, if nobody but this user and root can put something else
/// there: what it names, each folder above it up to /, and each link on the way with all above
/// where it points must belong to one of the two and be writable by nobody else, as sshd demands
/// of its keys. A sticky folder such as /tmp may be above what belongs to one of the two. Goes down
/// folder by folder, on descriptors, so that nothing can be exchanged between look and use.
///
/// The descriptor is O_PATH: to be executed, entered (fchdir) or looked at. Denied names the part
/// that is at fault and what to do, NotFound the part that is not there. Blocks.
base::Result<FileDescriptor> openTrusted(const QString& path, PathKind kind);

} // namespace queuedeck::handlers
