// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/base/secret.h"
#include "core/domain/uploadplace.h"

#include <memory>
#include <stop_token>

namespace queuedeck::uploads {

/// What opens a place. Which members are set depends on its kind.
struct UploadKey
{
    QString id;           ///< of a bucket: the access key id
    base::Secret secret;  ///< of a bucket, Supabase's service key, or the application's cookie
    base::Secret session; ///< of a bucket: the token of temporary keys; usually empty

    bool operator==(const UploadKey&) const = default;
};

/// A checked picture on its way.
struct OutgoingPicture
{
    QByteArray bytes;
    QString mediaType; ///< image/jpeg, image/png or image/webp
    domain::ScanType type = domain::ScanType::BusinessCard;
    QString tenant; ///< an id, which names begin with; may be empty
};

/// A picture that was put somewhere.
struct StoredPicture
{
    QString name;     ///< there
    QString imageUrl; ///< for whoever fetches it
};

/// Puts pictures where processors can fetch them, under names that nobody can guess. Blocks; for
/// one thread. It never sends anything twice.
class PictureStorage
{
public:
    virtual ~PictureStorage() = default;

    /// Stored whole, or an error: Denied if the key or the place is refused, Unreachable, Timeout,
    /// Cancelled, Internal. Where it is uncertain whether the picture arrived, it is removed again;
    /// if that fails too, the sentence names what may be left.
    virtual base::Result<StoredPicture> put(const OutgoingPicture& picture,
                                            const std::stop_token& stop) = 0;
    /// The errors of put(). A picture that is not there counts as removed.
    virtual base::Status remove(const StoredPicture& picture) = 0;
};

/// The storage of a folder, a bucket or Supabase; Unsupported for other kinds of places.
base::Result<std::unique_ptr<PictureStorage>>
makePictureStorage(const domain::UploadPlace& place, const UploadKey& key,
                   const base::Clock& clock = base::Clock::system());

} // namespace queuedeck::uploads
