// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace queuedeck::domain {

/// Whose tables Queuedeck works with in a database.
enum class QueueMode {
    Own,    ///< Queuedeck created the table: every processor follows its rules
    Beside, ///< an application's table; Queuedeck's tables are in their own schema
    Guest,  ///< an application's table; Queuedeck has created nothing
};

/// "own", "beside" or "guest", as used in JSON: never translated.
QString modeName(QueueMode mode);

} // namespace queuedeck::domain
