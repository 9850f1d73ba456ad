// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>

namespace queuedeck::bench {

/// What a change of many jobs costs on both databases: until it is known what would happen, the
/// change, and its undo, beside the bare statements of the same minute.
QJsonObject changes();

} // namespace queuedeck::bench
