// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/handlers/command/childprocess.h"
#include "core/handlers/image_extraction/picturereader.h"

#include <optional>

namespace queuedeck::handlers {

/// The outcome of a request; without a reply the program is no longer usable.
struct Exchanged
{
    enum class Why {
        Ended,    ///< the program did, before it answered
        TimedOut, ///< it took too long
        Stopped,  ///< on request
        Nonsense, ///< the answer is malformed
    };

    std::optional<ReaderReply> reply;
    Why why = Why::Ended;
};

/// Writes a request to the program and waits for its reply, at most for `wall`, until `stop`, or
/// until half a second after `leaving`. Blocks.
Exchanged exchange(ChildProcess& child, const QByteArray& request, std::chrono::milliseconds wall,
                   const PictureReader::Stops& stops);

} // namespace queuedeck::handlers
