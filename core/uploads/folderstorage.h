// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/uploads/picturestorage.h"

namespace queuedeck::uploads {

/// Puts pictures into a folder that a web server serves. A new folder is for this user only, and so
/// is each file, which appears whole or not at all.
class FolderStorage final : public PictureStorage
{
public:
    explicit FolderStorage(domain::UploadPlace place)
        : m_place(std::move(place))
    {
    }

    base::Result<StoredPicture> put(const OutgoingPicture& picture,
                                    const std::stop_token& stop) override;
    base::Status remove(const StoredPicture& picture) override;

private:
    const domain::UploadPlace m_place;
};

} // namespace queuedeck::uploads
