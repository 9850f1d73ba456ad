// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/pgcluster.h"

namespace queuedeck::test {

/// PgBouncer before a PgCluster, as hosters set it up: transaction mode, and one server connection
/// a database, so that whatever a client leaves in its session meets the next one.
class PgBouncer
{
public:
    PgBouncer();

    bool start(const PgCluster& cluster);
    /// Ends it at once and starts it again on the same port.
    bool restart();
    QString error() const { return m_error; }

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
