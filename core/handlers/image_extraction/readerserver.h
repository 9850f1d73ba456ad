// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace queuedeck::handlers {

/// The life of queuedeck-reader: answers what comes from descriptor `in` on `out`, one request
/// after the other, until `in` ends. With `reads` it can read text, which takes a while to start;
/// else it only decodes. Limits and confines this process. An exit code.
int serveReader(int in, int out, bool reads);

} // namespace queuedeck::handlers
