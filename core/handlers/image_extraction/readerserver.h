// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace queuedeck::handlers {

/// The main loop of queuedeck-reader: answers requests from descriptor `in` on `out`, one after the
/// other, until `in` ends. With `reads` it can read text, which takes a while to start; else it
/// only decodes. Limits and confines this process. Returns the exit code.
int serveReader(int in, int out, bool reads);

} // namespace queuedeck::handlers
