// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <chrono>

namespace queuedeck::handlers {

/// How a program of the user's runs the jobs of one type: the content of a file in handlers.d.
struct CommandSpec
{
    QString type;
    QStringList command; ///< absolute path of the program, and its arguments; without a shell
    std::chrono::seconds timeout{60};
    QByteArray schema;     ///< of the payload; empty: any JSON object
    QString workingFolder; ///< where the program starts; no other user may write there
    int concurrency = 0;   ///< of its jobs at the same time on this computer; 0: as many as any
    int perMinute = 0;     ///< of its jobs begun within a minute; 0: as many as there are

    bool operator==(const CommandSpec&) const = default;
};

/// Parses the text of a handler file. Invalid says what is wrong, in one sentence for the person
/// who wrote it. Checks whether the program exists; otherwise pure.
base::Result<CommandSpec> parseCommandSpec(const QString& type, const QByteArray& json);

} // namespace queuedeck::handlers
