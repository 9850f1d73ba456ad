// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/handlers/command/childprocess.h"
#include "core/handlers/image_extraction/picturereader.h"

#include <optional>

namespace queuedeck::handlers {

/// What came of a request; without a reply the program is of no more use.
struct Exchanged
{
    enum class Why {
        Ended,    ///< the program did, before it had answered
        TimedOut, ///< its time was over
        Stopped,  ///< somebody asked for it
        Nonsense, ///< the answer is none
    };

    std::optional<ReaderReply> reply;
    Why why = Why::Ended;
};

/// Writes a request to the program and waits for its reply, no longer than `wall`, than `stop`
/// allows, and than half a second after `leaving`. Blocks.
Exchanged exchange(ChildProcess& child, const QByteArray& request, std::chrono::milliseconds wall,
                   const PictureReader::Stops& stops);

} // namespace queuedeck::handlers
