// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/sentence.h"
#include "core/net/httptypes.h"
#include "core/remote/remoteservice.h"

namespace queuedeck::remote {

/// The response to GET; nothing if it is not that of our endpoint. Private to this room.
std::optional<RemoteQueue> readQueue(const net::HttpAnswer& answer);

base::Sentence queueSentence(const RemoteQueue& queue);

} // namespace queuedeck::remote
