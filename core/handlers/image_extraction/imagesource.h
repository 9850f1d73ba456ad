// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/setback.h"

#include <QByteArray>
#include <QString>

#include <functional>
#include <stop_token>
#include <tl/expected.hpp>

namespace queuedeck::handlers {

/// The bytes behind a job's imageUrl. Never a local path: a job's url must not name a file on this
/// computer. `stop` ends a fetch.
using ImageSource = std::function<tl::expected<QByteArray, domain::Setback>(
    const QString& imageUrl, const std::stop_token& stop)>;

} // namespace queuedeck::handlers
