// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/httptypes.h"

namespace queuedeck::net {

enum class Decoding { Done, Unknown, Damaged, TooLarge };

/// Decodes the body according to Content-Encoding: gzip and deflate, with or without zlib's
/// wrapper, also in combination. The result has at most `mostBytes`. Unknown and Damaged leave an
/// empty body: part of a response is no response, but libcurl's own decoding returns that part as
/// the whole. Private to this room.
Decoding decode(HttpAnswer& answer, qint64 mostBytes);

} // namespace queuedeck::net
