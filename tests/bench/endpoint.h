// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>

namespace queuedeck::bench {

/// `queuedeckctl serve` on loopback with 1,000 pending jobs: GET as fast as eight connections can,
/// next to GET /healthz, which reads nothing; then GET at a fixed pace of 2,000 per second, where
/// latency is measured from the moment a request was due.
QJsonObject endpoint();

} // namespace queuedeck::bench
