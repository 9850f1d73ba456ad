// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secret.h"

namespace queuedeck::secrets {

/// 32 random bytes from the system's generator, as 64 hexadecimal digits. From any thread.
base::Secret newKey();

} // namespace queuedeck::secrets
