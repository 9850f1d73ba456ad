// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/handlers/command/filedescriptor.h"

#include <QString>

namespace queuedeck::handlers {

/// What must be at the end of a path.
enum class PathKind {
    File,   ///< a regular file
    Folder, ///< a folder in which no other user may create files
    Any,    ///< anything; a folder may be shared like /tmp, where users own their files
};

/// Opens what an absolute path names, if only this user and root can put something else there: the
/// target, each folder above it up to /, and each link followed with all folders above its target
/// must belong to one of the two and be writable by no one else, as sshd demands of its keys. A
/// sticky folder such as /tmp may be above what belongs to one of the two. Descends folder by
/// folder, on descriptors, so that nothing can be replaced between check and use.
///
/// The descriptor is O_PATH: to be executed, entered (fchdir) or inspected. Denied names the part
/// that is at fault and what to do, NotFound the part that is missing. Blocks.
base::Result<FileDescriptor> openTrusted(const QString& path, PathKind kind);

} // namespace queuedeck::handlers
