// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/handlers/image_extraction/imagesource.h"
#include "core/service/sessionthreads.h"

namespace queuedeck::service {

/// Gets the pictures of jobs for one thread: from the database, over a connection of its own, and
/// if it may fetch, from the web, see net::PictureFetch. Private to this room.
handlers::ImageSource makePictureSource(std::shared_ptr<SessionThreads> threads, bool mayFetch,
                                        const QStringList& hosts);

} // namespace queuedeck::service
