// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secret.h"

namespace queuedeck::secrets {

/// Moves the secrets of the environment into memory, so that no program that is started inherits
/// them and /proc does not show them. Called in main(), before any thread; fromEnvironment() gives
/// them afterwards.
void takeEnvironment();

/// The value of a variable, taken or still there, without spaces around it; empty: not set. From
/// any thread.
base::Secret fromEnvironment(const QByteArray& variable);

} // namespace queuedeck::secrets
