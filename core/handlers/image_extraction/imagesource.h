// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QString>

#include <functional>

namespace queuedeck::handlers {

/// The bytes behind a job's imageUrl. NotFound and Unsupported are final; Unreachable and Timeout
/// may be tried again. Never a local path: a job's url must not name a file on this computer.
using ImageSource = std::function<base::Result<QByteArray>(const QString& imageUrl)>;

} // namespace queuedeck::handlers
