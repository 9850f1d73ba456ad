// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QFileDevice>
#include <QString>

namespace queuedeck::base {

/// What files of Queuedeck's own have: they hold what is nobody else's to read.
constexpr QFileDevice::Permissions kPrivateFile = QFileDevice::ReadOwner | QFileDevice::WriteOwner;

/// Makes the folder and those above it that are not there, for this user only, whatever the umask.
/// One that is there already and ours becomes private too, if others could write in it; those above
/// stay as they are. Denied says what stands in the way. Blocks.
Status makePrivateFolder(const QString& path);

/// Makes the file, empty, and its folder where they are not there, for this user only; one that is
/// there and ours becomes private. For what a library writes later with rights of its own choice.
/// Blocks.
Status makePrivateFile(const QString& path);

} // namespace queuedeck::base
