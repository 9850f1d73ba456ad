// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/connection.h"
#include "tests/support/servicechild.h"

#include <QTemporaryDir>

#include <memory>

namespace queuedeck::test {

/// A private PostgreSQL server, made in a temporary folder and removed with the test. It never uses
/// a server that is already running. One for each test program; each test takes a database.
///
///     QVERIFY2(m_cluster.start(), qPrintable(m_cluster.error()));
///     const db::DatabaseUrl url = m_cluster.freshDatabase();
class PgCluster
{
public:
    /// Fast: a crash of the server may lose data. Durable: with default settings, so that what it
    /// has acknowledged survives a crash, and commits have their real cost.
    enum class Disk { Fast, Durable };

    explicit PgCluster(Disk disk = Disk::Fast);
    ~PgCluster();

    /// False if it cannot run, for example because PostgreSQL is not installed: error() says why.
    /// That is a failed test, never a skipped one.
    bool start();
    QString error() const { return m_error; }

    /// An empty database with a unique name.
    db::DatabaseUrl freshDatabase();
    db::DatabaseUrl url(const QString& database) const;
    /// The superuser of the cluster and its password, which contains awkward characters.
    static QString user();
    static QString password();
    int port() const { return m_port; }
    /// The folder of its Unix socket.
    QString socketFolder() const { return m_folder.path(); }
    /// Stops the server as `pg_ctl stop -m immediate` does, with all its connections.
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
