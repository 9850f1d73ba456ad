// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/handlers/command/commandspec.h"

#include <QVector>

namespace queuedeck::handlers {

/// What the folder handlers.d holds: how types are run, and which files are not used and why.
struct CommandFolder
{
    struct Problem
    {
        QString file; ///< full path; that of the folder if none of it is used
        QString type; ///< empty for the folder
        QString reason;
    };

    QVector<CommandSpec> specs; ///< sorted by type
    QVector<Problem> problems;
};

/// Reads every TYPE.json of `folder`; a missing folder has none. A file that others could have
/// written would let them run programs as this user, so file and folder must belong to the user, be
/// writable by no one else and not be links; all folders above and what the command names must pass
/// openTrusted. A faulty file never keeps the others from being used. Blocks.
CommandFolder readCommandFolder(const QString& folder, const QStringList& builtInTypes);

} // namespace queuedeck::handlers
