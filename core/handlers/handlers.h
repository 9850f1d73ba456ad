// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/handler.h"
#include "core/handlers/image_extraction/imagesource.h"

namespace queuedeck::handlers {

/// The job types this program can run by itself. `makeSource` is called once for each worker
/// thread, on that thread, so that each can have a connection of its own.
engine::HandlerTable builtInHandlers(std::function<ImageSource()> makeSource);

} // namespace queuedeck::handlers
