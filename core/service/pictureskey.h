// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/uploadplace.h"
#include "core/secrets/entry.h"
#include "core/uploads/picturestorage.h"

namespace queuedeck::service {

// What opens the places where pictures are put. In the environment: AWS_ACCESS_KEY_ID,
// AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN for a bucket, SUPABASE_SERVICE_ROLE_KEY,
// QUEUEDECK_APP_COOKIE. In the keychain one text per place, that of a bucket being
// "ACCESSKEYID:SECRET". Private to this room.

/// Invalid for a place that needs no key.
base::Result<secrets::Entry> picturesEntry(const domain::UploadPlace& place);

/// Whether a text can be kept as the key of a place. Invalid, without repeating it.
base::Status checkPicturesKey(const QString& place, const QString& text);

/// The key of a place; an empty one for a place that needs none. Denied, with what to set, if there
/// is none. Blocks for as long as the keychain takes, 10 s at most.
base::Result<uploads::UploadKey> picturesKey(const domain::UploadPlace& place);

} // namespace queuedeck::service
