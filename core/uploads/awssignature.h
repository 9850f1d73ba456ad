// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/httptypes.h"
#include "core/uploads/picturestorage.h"

namespace queuedeck::uploads {

/// Adds the headers of AWS Signature Version 4 for the service s3, which bind method, address, body
/// and time to the key. Nothing is signed that a program on the way may change (libcurl's own
/// signing includes Accept-Encoding, Connection and User-Agent, and proxies in front of buckets do
/// change those). `now` is UTC. The URL's path must hold only characters that need no encoding, see
/// objectName, and no query. Pure.
void signForBucket(net::HttpRequest& request, const UploadKey& key, const QString& region,
                   const QDateTime& now);

} // namespace queuedeck::uploads
