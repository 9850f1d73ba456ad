// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/domain/profile.h"

#include <QByteArray>
#include <QJsonArray>

namespace queuedeck::domain {

/// The file of saved connections, as a value: what it holds, and what of it is not known here, so
/// that writing it again loses nothing.
///
///     {"version": 1, "connections": [{"id": "…", "name": "shop", "address": "postgresql://…",
///       "environment": "production", "safety": "type-name", "askAgainAfterMinutes": 0,
///       "page": "jobs", "intervalSeconds": 5, "lastUsed": "2026-11-29T14:30:00Z"}]}
struct ProfileFile
{
    static constexpr int kVersion = 1;

    Profiles profiles;
    int version = kVersion;
    QJsonArray unreadable; ///< entries without a name or an address, or not entries at all
    QJsonObject more;      ///< other keys of the document

    /// Written by a program that may know better: it is used and not changed.
    bool isNewer() const { return version > kVersion; }
};

/// Invalid: it is not such a document, with what is wrong.
base::Result<ProfileFile> profilesFromJson(const QByteArray& bytes);
QByteArray profilesToJson(const ProfileFile& file);

} // namespace queuedeck::domain
