// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/handler.h"
#include "core/engine/typelimits.h"
#include "core/service/localhandlers.h"

namespace queuedeck::service {

/// The user's own handlers as an engine takes them, and all handlers as people see them. A value.
/// Private to this room.
struct HandlerTables
{
    engine::HandlerTable own;
    std::map<QString, engine::TypeLimit> limits; ///< of those with one
    QVector<LocalHandler> list;
};

/// Rereads the folder of handlers. `isSample`: for the sample data, which have a type of their own.
/// Blocks; from any thread.
HandlerTables readHandlerTables(bool isSample = false);
/// Writes problems to the log, each sentence once: a round per second must not fill it.
void logProblems(const QVector<LocalHandler>& handlers);

} // namespace queuedeck::service
