// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

namespace queuedeck::service {

/// The bytes of a file that a person names, at most a picture's. NotFound, Invalid for anything but
/// a plain file and for one that is too large, Denied. Blocks. Private to this room.
base::Result<QByteArray> readPictureFile(const QString& path);

} // namespace queuedeck::service
