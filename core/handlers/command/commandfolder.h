// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/handlers/command/commandspec.h"

#include <QVector>

namespace queuedeck::handlers {

/// What the folder handlers.d says: how types are run, and which files are not used and why.
struct CommandFolder
{
    struct Problem
    {
        QString file; ///< its whole path; the folder itself, when none of it is used
        QString type; ///< empty for the folder
        QString reason;
    };

    QVector<CommandSpec> specs; ///< in the order of their types
    QVector<Problem> problems;
};

/// Reads every TYPE.json of `folder`; a folder that is not there holds none. A file that others
/// could have written would let them run programs as this user, so file and folder must belong to
/// the user, be writable by nobody else and be no links; all above them and what the command names
/// must pass openTrusted. A file with a fault never keeps the others from being used. Blocks.
CommandFolder readCommandFolder(const QString& folder, const QStringList& builtInTypes);

} // namespace queuedeck::handlers
