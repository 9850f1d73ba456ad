// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>

namespace queuedeck::bench {

/// What reading sixteen cards costs with the built queuedeckctl, started as a user starts it: CPU
/// seconds and elapsed seconds, next to what one core can compute in that time.
QJsonObject ocr();

} // namespace queuedeck::bench
