// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QString>

namespace queuedeck::remote {

/// Completes what a person wrote to "https://app.example/api/jobs/process". Invalid: not an http
/// URL; Denied: a password in it, or http to another computer.
base::Result<QString> endpointUrl(const QString& text);
/// The same for a URL that is saved to a file. Invalid with a query, which may contain a key.
base::Result<QString> keptUrl(const QString& text);
/// QUEUEDECK_ENDPOINT_URL, else NEXT_PUBLIC_APP_URL, else empty.
QString urlOfEnvironment();
/// Whether the endpoint is on this computer, where no internet service can call it.
bool isOnThisComputer(const QString& url);

} // namespace queuedeck::remote
