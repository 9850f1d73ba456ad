// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <chrono>

namespace queuedeck::handlers {

/// How the jobs of one type are run by a program of the user's: what a file in handlers.d says.
struct CommandSpec
{
    QString type;
    QStringList command; ///< an absolute program and its arguments; no shell is between
    std::chrono::seconds timeout{60};
    QByteArray schema;     ///< of the payload; empty: any JSON object
    QString workingFolder; ///< where the program starts; nobody else may write there

    bool operator==(const CommandSpec&) const = default;
};

/// Understands the text of a handler file. Invalid says what is wrong, in one sentence for the
/// person who wrote it. Looks whether the program is there; otherwise pure.
base::Result<CommandSpec> parseCommandSpec(const QString& type, const QByteArray& json);

} // namespace queuedeck::handlers
