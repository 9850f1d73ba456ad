// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>

namespace queuedeck::bench {

/// How the list of jobs behaves over a large table, in the real page, on both databases: first
/// page, End, a drag to the middle, a filter, the first hit of a search, and what the figures cost
/// while nothing moves and while another program writes. Beside each the bare statement of the same
/// run.
QJsonObject table(int rows);

} // namespace queuedeck::bench
