// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/databaseurl.h"

namespace queuedeck::db {

/// The keys of a PostgreSQL address, of libpq, Prisma, JDBC and other drivers, put into a
/// DatabaseUrl one after the other: what is known is checked, what is harmless is ignored with a
/// note, what reaches files or other hosts is refused. No message holds a value.
class AddressKeys
{
public:
    /// In a URL the servers stand in front; a list of keywords names them by keys.
    enum class From { Url, Keywords };

    AddressKeys(DatabaseUrl& url, From from)
        : m_url(url)
        , m_from(from)
    {
    }

    base::Status apply(const QString& key, const QString& value);
    /// After the last key: what follows from several of them.
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
    bool m_wantsTls = false;      ///< ssl=true, where no sslmode says more
    bool m_wantsVerified = false; ///< sslaccept=strict
    bool m_hasPassword = false;   ///< among the keys
    QString m_schema;             ///< as a key has named it
};

} // namespace queuedeck::db
