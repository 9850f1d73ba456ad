// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/connection.h"
#include "tests/support/servicechild.h"

#include <QTemporaryDir>

#include <memory>

namespace queuedeck::test {

/// A PostgreSQL server of the test's own, made in a temporary folder and gone with the test. It
/// never looks for one that runs already. One for each test program; each test takes a database.
///
///     QVERIFY2(m_cluster.start(), qPrintable(m_cluster.error()));
///     const db::DatabaseUrl url = m_cluster.freshDatabase();
class PgCluster
{
public:
    /// Fast: what a crash of the server would lose does not matter. Durable: as a server comes, so
    /// that what it has answered survives its crash, and commits cost what they cost.
    enum class Disk { Fast, Durable };

    explicit PgCluster(Disk disk = Disk::Fast);
    ~PgCluster();

    /// False when it cannot run, say because PostgreSQL is not installed: error() says why. That is
    /// a failed test, never a skipped one.
    bool start();
    QString error() const { return m_error; }

    /// An empty database with a name of its own.
    db::DatabaseUrl freshDatabase();
    db::DatabaseUrl url(const QString& database) const;
    /// The superuser of the cluster and its password, which has awkward characters.
    static QString user();
    static QString password();
    int port() const { return m_port; }
    /// Where its unix socket lies.
    QString socketFolder() const { return m_folder.path(); }
    /// Ends the server as `pg_ctl stop -m immediate` does, with all its connections.
    void crash();
    /// Starts it again on the same port and data; false: error() says why.
    bool startAgain();
    QString log() const;

private:
    bool initialize();
    bool serve(int port);

    const Disk m_disk;
    QTemporaryDir m_folder;
    std::unique_ptr<ServiceChild> m_server;
    QString m_error;
    int m_port = 0;
    int m_databases = 0;
};

} // namespace queuedeck::test
