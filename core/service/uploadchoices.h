// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/uploadplace.h"

#include <optional>

namespace queuedeck::service {

struct SessionInfo;

/// What the user has chosen for uploading pictures to one database. A value.
struct UploadChoices
{
    domain::OwnerChoice owner = {}; ///< by id or name
    domain::UploadPlace place = {};
    /// Whether another processor works on the table. If not set: where Queuedeck did not create it.
    std::optional<bool> othersWork = {};
    QString reader = {}; ///< see domain::NewScan; not remembered

    /// What was remembered for this database; a place that QUEUEDECK_UPLOAD_TO names comes first.
    /// Invalid or Denied, with a sentence, if that is wrong.
    static base::Result<UploadChoices> load(const SessionInfo& database);
    /// Remembers owner and place in the user's settings, which no other user may read.
    void save(const SessionInfo& database) const;
};

} // namespace queuedeck::service
