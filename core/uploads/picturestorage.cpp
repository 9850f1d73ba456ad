// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/uploads/picturestorage.h"

#include "core/uploads/bucketstorage.h"
#include "core/uploads/folderstorage.h"
#include "core/uploads/supabasestorage.h"

using namespace Qt::StringLiterals;

namespace queuedeck::uploads {

using base::Sentence;
using Kind = domain::UploadPlace::Kind;

base::Result<std::unique_ptr<PictureStorage>>
makePictureStorage(const domain::UploadPlace& place, const UploadKey& key, const base::Clock& clock)
{
    std::unique_ptr<PictureStorage> storage;
    switch (place.kind) {
    case Kind::Folder: storage = std::make_unique<FolderStorage>(place); break;
    case Kind::Bucket: storage = std::make_unique<BucketStorage>(place, key, clock); break;
    case Kind::Supabase: storage = std::make_unique<SupabaseStorage>(place, key, clock); break;
    default:
        return base::fail(base::ErrorKind::Unsupported,
                          Sentence::tr("This is no storage for pictures: %1.").arg(place.text()));
    }
    return storage;
}

} // namespace queuedeck::uploads
