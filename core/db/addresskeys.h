// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/databaseurl.h"

namespace queuedeck::db {

/// Applies the keys of a PostgreSQL address (libpq, Prisma, JDBC and other drivers) to a
/// DatabaseUrl one by one: known keys are checked, harmless ones ignored with a note, and keys that
/// reach files or other hosts refused. No message contains a value.
class AddressKeys
{
public:
    /// A URL names the servers before its keys; a keyword list names them by keys.
    enum class From { Url, Keywords };

    AddressKeys(DatabaseUrl& url, From from)
        : m_url(url)
        , m_from(from)
    {
    }

    base::Status apply(const QString& key, const QString& value);
    /// Call after the last key: applies settings that depend on several keys.
    void finish();

private:
    base::Status applyTarget(const QString& key, const QString& value);
    base::Status applyTls(const QString& key, const QString& value);
    base::Status applySchema(const QString& path);
    base::Status applyOptions(const QString& value);
    base::Status setSocket(const QString& folder);
    base::Status setServers(const QString& hosts);
    base::Status setPorts(const QString& ports);
    void ignore(const QString& key);

    DatabaseUrl& m_url;
    const From m_from;
    bool m_wantsTls = false;      ///< ssl=true, unless sslmode is more specific
    bool m_wantsVerified = false; ///< sslaccept=strict
    bool m_hasPassword = false;   ///< given by a key
    QString m_schema;             ///< as named by a key
};

} // namespace queuedeck::db
