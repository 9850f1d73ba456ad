// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace queuedeck::domain {

/// How Queuedeck stands to the queue of a database.
enum class QueueMode {
    Own,    ///< Queuedeck made the table: every processor keeps its rules
    Beside, ///< an application's table, Queuedeck's own tables in a schema of their own
    Guest,  ///< an application's table, nothing of Queuedeck's was created
};

/// "own", "beside" or "guest", as JSON gives it: never translated.
QString modeName(QueueMode mode);

} // namespace queuedeck::domain
