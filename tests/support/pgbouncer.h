// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/pgcluster.h"

namespace queuedeck::test {

struct PoolerSettings
{
    QString mode = QStringLiteral("transaction"); ///< or session, or statement
    QString ignored;     ///< start-up parameters it silently drops; it refuses the others
    int connections = 1; ///< to the server, per database
};

/// PgBouncer in front of a PgCluster, unless told otherwise as hosting companies set it up:
/// transaction mode, and one server connection per database, so that whatever a client leaves in
/// its session affects the next one.
class PgBouncer
{
public:
    PgBouncer();

    bool start(const PgCluster& cluster, const PoolerSettings& settings = {});
    /// Stops it at once.
    void stop() { m_server.reset(); }
    /// Stops it at once and starts it again on the same port.
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
