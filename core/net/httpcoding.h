// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/httptypes.h"

namespace queuedeck::net {

enum class Decoding { Done, Unknown, Damaged, TooLarge };

/// Undoes what Content-Encoding says was done to the body: gzip and deflate, with zlib's wrapping
/// or without, one after the other. At most `mostBytes` come out. Unknown and Damaged leave an
/// empty body: a part of an answer is none, and libcurl, which could decode too, gives that part
/// for the whole. Private to this room.
Decoding decode(HttpAnswer& answer, qint64 mostBytes);

} // namespace queuedeck::net
