// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>

namespace queuedeck::bench {

/// `queuedeckctl serve` on loopback with 1,000 pending jobs: GET as fast as eight connections can,
/// beside GET /healthz, which reads nothing; then GET at a fixed pace of 2,000 a second, where a
/// late answer counts from the moment it was due.
QJsonObject endpoint();

} // namespace queuedeck::bench
