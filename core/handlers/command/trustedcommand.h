// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/handlers/command/filedescriptor.h"

#include <QString>
#include <QStringList>

namespace queuedeck::handlers {

/// What a command executes, opened and checked that no other user can change it.
struct TrustedCommand
{
    FileDescriptor program;
    bool isScript = false; ///< begins with #!, so its interpreter opens it by path
    FileDescriptor workingFolder;
};

/// Checks all that decides what `command` does: the program, the interpreter that a script names
/// (also through env), each argument that names a file or a folder, and the working folder. To be
/// called when the command is read and again before each run. Denied and NotFound say which part is
/// at fault. What a program loads by itself, such as modules and libraries, is not checked. Blocks.
base::Result<TrustedCommand> openCommand(const QStringList& command, const QString& workingFolder);

/// The command with each argument that names a file in `folder` replaced by its full path, so that
/// what it names does not depend on a later working folder.
QStringList withWholePaths(const QStringList& command, const QString& folder);

} // namespace queuedeck::handlers
