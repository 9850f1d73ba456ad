// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/handlers/command/filedescriptor.h"

#include <QString>
#include <QStringList>

namespace queuedeck::handlers {

/// What a command executes, opened and seen to be nobody else's to change.
struct TrustedCommand
{
    FileDescriptor program;
    bool isScript = false; ///< begins with #!, so that its interpreter opens it by its path
    FileDescriptor workingFolder;
};

/// Looks at all that decides what `command` does: the program, the interpreter that a script names
/// (through env, where it does), each argument that names a file or a folder, and the working
/// folder. To be asked when the command is read and again before each run. Denied and NotFound say
/// which part is at fault. What a program reads by itself, such as modules and libraries, is not
/// seen. Blocks.
base::Result<TrustedCommand> openCommand(const QStringList& command, const QString& workingFolder);

/// The command with each argument that names a file in `folder` turned into its whole path, so that
/// what it names does not hang on the working folder of a later moment.
QStringList withWholePaths(const QStringList& command, const QString& folder);

} // namespace queuedeck::handlers
