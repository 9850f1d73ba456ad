// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/handlers.h"

#include "core/handlers/image_extraction/imageextractionhandler.h"

using namespace Qt::StringLiterals;

namespace queuedeck::handlers {

engine::HandlerTable builtInHandlers(const HandlerResources& resources)
{
    return {{u"image_extraction"_s,
             [makeSource = resources.makeImageSource, vision = resources.vision] {
                 return std::make_unique<ImageExtractionHandler>(makeSource(), vision);
             }}};
}

} // namespace queuedeck::handlers
