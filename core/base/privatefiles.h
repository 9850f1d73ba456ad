// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QFileDevice>
#include <QString>

namespace queuedeck::base {

/// The permissions of Queuedeck's own files: no other user may read them.
constexpr QFileDevice::Permissions kPrivateFile = QFileDevice::ReadOwner | QFileDevice::WriteOwner;

/// Creates the folder and any missing parents, for this user only, whatever the umask. An existing
/// folder of ours is made private too if others could write to it; existing parents are left alone.
/// Denied gives the reason. Blocks.
Status makePrivateFolder(const QString& path);

/// Creates the file, empty, and its folder if missing, for this user only; an existing file of ours
/// is made private. For files that a library writes later with permissions of its own choosing.
/// Blocks.
Status makePrivateFile(const QString& path);

} // namespace queuedeck::base
