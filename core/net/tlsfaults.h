// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/httptypes.h"

class QSslSocket;

namespace queuedeck::net {

/// Why a TLS connection was not trusted or not made, told from the state of its socket, as a fault
/// with a sentence that names the reason and the host.
HttpError tlsError(const QSslSocket& socket, const QString& host);

} // namespace queuedeck::net
