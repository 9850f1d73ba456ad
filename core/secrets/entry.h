// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

class QUrl;

namespace queuedeck::secrets {

/// The name a secret is kept under, and the environment variable that overrides it. A name never
/// contains a secret: names can be read in the desktop keychain without unlocking it.
struct Entry
{
    QString name;
    QByteArray variable = {}; ///< empty: none

    /// The key of the endpoint at `url`: scheme, host, port and path tell endpoints apart.
    static Entry processorKey(const QUrl& url);
    /// The key of the endpoint served here.
    static Entry ownKey();
    static Entry claudeKey();
    /// What opens a place for uploaded pictures; `place` identifies it and holds no secret.
    static Entry pictures(const QString& place, const QByteArray& variable);
    /// Where the alerts of a database go, and what they are signed with; `database` is its key.
    static Entry webhookAddress(const QString& database);
    static Entry webhookKey(const QString& database);
    static Entry databasePassword(const QString& user, const QString& host, int port,
                                  const QString& database);

    bool operator==(const Entry&) const = default;
};

} // namespace queuedeck::secrets
