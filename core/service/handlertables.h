// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/handler.h"
#include "core/handlers/image_extraction/imagesource.h"
#include "core/service/localhandlers.h"

namespace queuedeck::service {

/// The handlers an engine is started with, and the same for people. Private to this room.
struct HandlerTables
{
    engine::HandlerTable table;
    QVector<LocalHandler> list;
};

/// Reads the folder of handlers anew. Blocks; from any thread. `makeSource`: see handlers.h.
HandlerTables readHandlerTables(std::function<handlers::ImageSource()> makeSource);

} // namespace queuedeck::service
