// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/jobstore.h"
#include "tests/chaos/audit.h"
#include "tests/support/pgbouncer.h"

#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

#include <memory>
#include <random>
#include <vector>

namespace queuedeck::chaos {

/// What a scenario does and how much work it has.
struct Plan
{
    int jobs = 1000;
    int engines = 3;
    int blows = 100; ///< kills, crashes, cuts …
    uint seed = 1;
    bool isFile = false; ///< SQLite instead of PostgreSQL
};

/// In the scenario's folder: what was run, recorded outside the database.
inline const QString kLedgerFile = QStringLiteral("ledger");

/// In the form in which programs are given it.
QString addressText(const db::DatabaseUrl& url);

/// A private PostgreSQL that keeps what it has acknowledged, a pooler in front of it, a database in
/// which every change is recorded, or a SQLite file instead of all three; and the processes that
/// work on it.
class Testbed
{
public:
    explicit Testbed(const Plan& plan);
    ~Testbed();

    const Plan& plan() const { return m_plan; }
    test::PgCluster& cluster() { return m_cluster; }
    test::PgBouncer& pooler() { return m_pooler; }
    const db::DatabaseUrl& url() const { return m_url; }
    QString file(const QString& name) const { return m_folder.filePath(name); }
    const Audit& audit() const { return m_audit; }
    /// A number from 0 to `below` - 1, the same for every run with the same seed.
    int dice(int below) { return int(m_random() % uint(below)); }

    void usePooler() { m_throughPooler = true; }
    /// The application's table as another migration made it, and engines that wait before they run.
    void workBeside(std::chrono::milliseconds quarantine);

    void enqueue(int jobs);
    void startEngines(int count);
    void startForeign();
    qsizetype engines() const { return qsizetype(m_engines.size()); }
    QProcess& engine(qsizetype index) { return *m_engines[size_t(index)]; }
    /// SIGKILL, and a new one in its place.
    void killEngine(qsizetype index);
    /// Restarts those that exited by themselves.
    void keepEnginesAlive();
    /// Stops all processes in an orderly way.
    void stopAll();

    /// Pending and processing jobs; -1 while the database does not answer.
    int unfinished();
    /// Waits until no job is unfinished; false after `most`.
    bool waitUntilDone(std::chrono::seconds most);
    base::Result<db::Rows> ask(const QString& sql);
    /// The number that a query returns; a query that fails ends the program.
    double number(const QString& sql);
    /// Runs SQL in the database, or (`command`) as the server's owner from another database; an
    /// error ends the program.
    void alter(const QString& sql);
    void command(const QString& sql);
    /// Closes the connection that `ask` keeps.
    void disconnect() { m_connection.reset(); }
    /// A guarantee was broken in a way that the database does not show.
    void blame(const QString& sentence) { m_blame += sentence; }

    /// The result, after all processes have exited: figures, and `wrong` with a sentence for each
    /// guarantee that was broken.
    QJsonObject judge();

private:
    std::unique_ptr<QProcess> spawn(const QString& role);
    db::DatabaseUrl working() const;

    const Plan m_plan;
    const Audit& m_audit;
    std::mt19937 m_random;
    QTemporaryDir m_folder;
    test::PgCluster m_cluster{test::PgCluster::Disk::Durable};
    test::PgBouncer m_pooler;
    db::DatabaseUrl m_url;
    bool m_throughPooler = false;
    std::chrono::milliseconds m_quarantine{0};
    std::unique_ptr<db::Connection> m_connection;
    std::vector<std::unique_ptr<QProcess>> m_engines;
    std::unique_ptr<QProcess> m_foreign;
    QStringList m_blame;
    int m_enqueued = 0;
    int m_spawned = 0;
};

} // namespace queuedeck::chaos
