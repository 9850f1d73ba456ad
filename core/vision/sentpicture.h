// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QImage>

namespace queuedeck::vision {

/// The picture as it is sent: a JPEG of at most kLongestSentSide pixels a side, made anew from the
/// pixels, so that nothing else in the original file leaves this computer. Transparent parts become
/// white. Invalid for an empty picture; Internal if memory is short. Any thread.
base::Result<QByteArray> sentPicture(const QImage& image);

/// About how many tokens the picture costs. `size` in pixels, as sent.
qint64 tokensFor(const QSize& size);

/// The size of a picture after scaling it down to what is sent.
QSize sentSize(const QSize& size);

} // namespace queuedeck::vision
