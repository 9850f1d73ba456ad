// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/secret.h"
#include "core/domain/profile.h"

#include <QFuture>

namespace queuedeck::service {

/// A connection that was found in somebody else's file.
struct FoundConnection
{
    domain::Profile
        profile;           ///< without an id; remote ones fully encrypted unless it says otherwise
    base::Secret password; ///< for the keychain; empty if there was none
    QString from;          ///< "DATABASE_URL in line 3"
};

struct FoundConnections
{
    QVector<FoundConnection> all;
    base::Sentences problems; ///< what looked like a connection and is none, without any value
};

/// Reads an `.env` file, a pg_service.conf or an export of Queuedeck's, whichever it is, on a
/// thread of its own. Invalid: there is no connection in it; Denied: it cannot be read.
QFuture<base::Result<FoundConnections>> findConnections(const QString& path);
/// The same for what DATABASE_URL or a person's clipboard holds.
base::Result<FoundConnection> connectionFrom(const QString& address, const QString& name = {});

/// Puts the passwords into the keychain and saves the connections, each under a free name.
QFuture<base::Result<int>> importConnections(const FoundConnections& found);

/// Writes the connections without passwords to a file, whole or not at all. Returns how many.
QFuture<base::Result<int>> exportConnections(const domain::Profiles& profiles, const QString& path);

} // namespace queuedeck::service
