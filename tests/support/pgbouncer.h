// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/pgcluster.h"

namespace queuedeck::test {

struct PoolerSettings
{
    QString mode = QStringLiteral("transaction"); ///< or session, or statement
    QString ignored;     ///< start-up parameters it drops without a word; the others it refuses
    int connections = 1; ///< to the server, for a database
};

/// PgBouncer before a PgCluster, unless said otherwise as hosters set it up: transaction mode, and
/// one server connection a database, so that whatever a client leaves in its session meets the next
/// one.
class PgBouncer
{
public:
    PgBouncer();

    bool start(const PgCluster& cluster, const PoolerSettings& settings = {});
    /// Ends it at once.
    void stop() { m_server.reset(); }
    /// Ends it at once and starts it again on the same port.
    bool restart();
    QString error() const { return m_error; }
    int port() const { return m_port; }

    /// The address of a database of the cluster through the pooler.
    db::DatabaseUrl through(db::DatabaseUrl url) const;

private:
    bool serve();

    QTemporaryDir m_folder;
    std::unique_ptr<ServiceChild> m_server;
    QString m_error;
    int m_port = 0;
};

} // namespace queuedeck::test
