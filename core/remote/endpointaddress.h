// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QString>

namespace queuedeck::remote {

/// "https://app.example/api/jobs/process" for what a person wrote. Invalid: no http address;
/// Denied: a password in it, or http to another computer.
base::Result<QString> endpointUrl(const QString& text);
/// The same for an address that is written to a file. Invalid with a query, which may hold a key.
base::Result<QString> keptUrl(const QString& text);
/// QUEUEDECK_ENDPOINT_URL, else NEXT_PUBLIC_APP_URL, else empty.
QString urlOfEnvironment();
/// Whether the endpoint is on this computer, where no service in the net can call it.
bool isOnThisComputer(const QString& url);

} // namespace queuedeck::remote
