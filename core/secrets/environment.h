// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secret.h"

namespace queuedeck::secrets {

/// Moves the secrets in the environment into memory, so that no child process inherits them and
/// /proc does not show them. Call in main(), before any thread starts; fromEnvironment() returns
/// them afterwards.
void takeEnvironment();

/// The value of a variable, moved or still in the environment, without surrounding spaces; empty if
/// not set. From any thread.
base::Secret fromEnvironment(const QByteArray& variable);

} // namespace queuedeck::secrets
