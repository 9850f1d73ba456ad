// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/handlers/image_extraction/picturereader.h"
#include "core/vision/visionclient.h"

namespace queuedeck::handlers {

/// The fields of a picture, or why there are none.
using CardFields = tl::expected<QJsonObject, domain::Setback>;

/// Read on this computer, in the separate program. Blocks.
CardFields readHere(PictureReader& reader, const QByteArray& bytes, domain::ScanType type,
                    const PictureReader::Stops& stops);

/// Read by a model elsewhere: only pixels go there, which the separate program has decoded. Blocks.
CardFields readElsewhere(PictureReader& reader, vision::VisionClient& vision,
                         const QByteArray& bytes, domain::ScanType type,
                         const PictureReader::Stops& stops);

} // namespace queuedeck::handlers
