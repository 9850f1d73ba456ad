// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/scanservice.h"
#include "core/store/jobstore.h"
#include "core/uploads/picturestorage.h"

namespace queuedeck::service {

/// Carries an upload out: puts the picture where it belongs and adds the scan and its job, both or
/// neither. For one thread. Private to this room.
class PictureUpload
{
public:
    /// `scan` has been checked. The owner is looked up before anything is sent. Before the first
    /// job that names a place, the picture is fetched from there, as a processor will.
    base::Result<UploadedScan> add(store::JobStore& store, domain::NewScan scan,
                                   const domain::UploadPlace& place, const std::stop_token& stop);

private:
    base::Result<UploadedScan> addElsewhere(store::JobStore& store, domain::NewScan scan,
                                            const std::stop_token& stop);
    base::Result<UploadedScan> addThroughApplication(store::JobStore& store,
                                                     const domain::NewScan& scan,
                                                     const std::stop_token& stop);
    base::Status use(const domain::UploadPlace& place);
    base::Error withdrawn(const base::Error& why, const uploads::StoredPicture& picture);

    domain::UploadPlace m_place;
    uploads::UploadKey m_key;
    std::unique_ptr<uploads::PictureStorage> m_storage;
    bool m_isOpen = false;    ///< the key of m_place was found
    bool m_isFetched = false; ///< a picture from there could be fetched
};

} // namespace queuedeck::service
