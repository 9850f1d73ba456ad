// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QStringList>

#include <optional>

namespace queuedeck::service {

/// What the user has chosen for the pictures of jobs on one database. A value.
struct PictureChoices
{
    enum class Reader { ThisComputer, Claude };

    /// Who reads them. Without a key for Claude it is this computer in any case.
    Reader reader = Reader::ThisComputer;
    /// Whether this computer fetches pictures from the web to read them. If not set: only where
    /// Queuedeck created the table, since elsewhere another processor may do so.
    std::optional<bool> fetch = {};
    /// Hosts that pictures may be fetched from even if they are private or use plain http: HOST or
    /// HOST:PORT.
    QStringList hosts = {};

    /// As the variables QUEUEDECK_READER (local or claude), QUEUEDECK_FETCH_PICTURES (yes or no)
    /// and QUEUEDECK_PICTURE_HOSTS (separated by commas) say. Invalid, with a sentence, if one is
    /// wrong.
    static base::Result<PictureChoices> fromEnvironment();

    bool operator==(const PictureChoices&) const = default;
};

/// "local" (or "offline") or "claude" (or "auto", since without a key it is this computer), in any
/// case; nothing for anything else.
std::optional<PictureChoices::Reader> readerFromText(const QString& text);

/// Hosts from a text in which commas or spaces separate them. Invalid, with the one that is neither
/// HOST nor HOST:PORT.
base::Result<QStringList> pictureHosts(const QString& text);

} // namespace queuedeck::service
