// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/db/migration.h"
#include "tests/support/pgcluster.h"

#include <QTemporaryDir>
#include <QTest>

#include <latch>
#include <thread>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace queuedeck::db;

class TestMigration : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void readsItsFolder();
    void makesEverythingOnce_data() { databases(); }
    void makesEverythingOnce();
    void isSafeTwiceAtOnce_data() { databases(); }
    void isSafeTwiceAtOnce();
    void refusesANewerDatabase_data() { databases(); }
    void refusesANewerDatabase();
    void leavesNothingHalfMade_data() { databases(); }
    void leavesNothingHalfMade();
    void leavesTheApplicationsTablesAlone();
    void leasesAndHistoryMoveToClaims();

private:
    static void databases();
    DatabaseUrl freshUrl(bool postgres);
    static std::vector<Migration> migrations(bool postgres);
    static QString versionTable(bool postgres);
    static void setWords(Connection& connection, bool postgres);

    test::PgCluster m_cluster;
    QTemporaryDir m_folder;
    int m_files = 0;
};

void TestMigration::initTestCase()
{
    QVERIFY2(m_cluster.start(), qPrintable(m_cluster.error()));
}

void TestMigration::databases()
{
    QTest::addColumn<bool>("postgres");
    QTest::newRow("SQLite") << false;
    QTest::newRow("PostgreSQL") << true;
}

DatabaseUrl TestMigration::freshUrl(bool postgres)
{
    return postgres ? m_cluster.freshDatabase()
                    : DatabaseUrl::sqliteFile(m_folder.filePath(u"%1.db"_s.arg(++m_files)));
}

std::vector<Migration> TestMigration::migrations(bool postgres)
{
    return migrationsIn(QStringLiteral(QUEUEDECK_SOURCE_DIR "/resources/migrations/") +
                        (postgres ? u"postgres"_s : u"sqlite"_s));
}

// The words in the migrations; the store derives them from the tables it finds.
void TestMigration::setWords(Connection& connection, bool postgres)
{
    connection.setWords({{u"own"_s, postgres ? u"queuedeck."_s : u"queuedeck_"_s},
                         {u"job"_s, postgres ? u"public.\"Job\""_s : u"\"Job\""_s},
                         {u"scan"_s, postgres ? u"public.\"ImageScan\""_s : u"\"ImageScan\""_s}});
}

QString TestMigration::versionTable(bool postgres)
{
    return postgres ? u"queuedeck.schema_version"_s : u"queuedeck_schema_version"_s;
}

void TestMigration::readsItsFolder()
{
    for (const bool postgres : {false, true}) {
        const std::vector<Migration> found = migrations(postgres);
        QVERIFY(found.size() >= 2);
        for (size_t i = 0; i < found.size(); ++i)
            QCOMPARE(found[i].version, int(i) + 1);
    }
}

void TestMigration::makesEverythingOnce()
{
    QFETCH(bool, postgres);
    const auto connection = Connection::open(freshUrl(postgres), OpenMode::Create);
    QVERIFY(connection);
    setWords(**connection, postgres);
    for (int i = 0; i < 2; ++i) {
        const auto version = migrate(**connection, migrations(postgres), versionTable(postgres));
        QVERIFY2(version, qPrintable(version ? QString() : QString(version.error().detail)));
        QCOMPARE(*version, migrations(postgres).back().version);
    }
    QVERIFY((*connection)->run(u"SELECT * FROM \"Job\", \"ImageScan\""_s));
}

void TestMigration::isSafeTwiceAtOnce()
{
    QFETCH(bool, postgres);
    const DatabaseUrl url = freshUrl(postgres);
    constexpr int kPrograms = 4;
    std::latch start(kPrograms);
    std::vector<std::thread> programs;
    std::vector<QString> errors(kPrograms);
    for (int i = 0; i < kPrograms; ++i) {
        programs.emplace_back([&, i] {
            const auto connection = Connection::open(url, OpenMode::Create);
            start.arrive_and_wait();
            if (!connection) {
                errors[size_t(i)] = connection.error().detail;
                return;
            }
            setWords(**connection, postgres);
            const auto version =
                migrate(**connection, migrations(postgres), versionTable(postgres));
            if (!version)
                errors[size_t(i)] = version.error().detail;
        });
    }
    for (std::thread& program : programs)
        program.join();
    for (const QString& error : errors)
        QCOMPARE(error, QString());
    const auto connection = Connection::open(url, OpenMode::ReadWrite);
    const auto rows = (*connection)->run(u"SELECT COUNT(*) FROM "_s + versionTable(postgres));
    QVERIFY(rows);
    QCOMPARE((*rows)[0].integer(0), qint64(migrations(postgres).size()));
}

void TestMigration::refusesANewerDatabase()
{
    QFETCH(bool, postgres);
    const auto connection = Connection::open(freshUrl(postgres), OpenMode::Create);
    QVERIFY(connection);
    setWords(**connection, postgres);
    QVERIFY(migrate(**connection, migrations(postgres), versionTable(postgres)));
    QVERIFY(
        (*connection)->run(u"INSERT INTO %1 VALUES (999, 'later')"_s.arg(versionTable(postgres))));
    const auto version = migrate(**connection, migrations(postgres), versionTable(postgres));
    QVERIFY(!version);
    QCOMPARE(version.error().kind, base::ErrorKind::Unsupported);
    QVERIFY(version.error().detail.contains(u"999"_s));
}

void TestMigration::leavesNothingHalfMade()
{
    QFETCH(bool, postgres);
    const auto connection = Connection::open(freshUrl(postgres), OpenMode::Create);
    QVERIFY(connection);
    setWords(**connection, postgres);
    std::vector<Migration> bad = migrations(postgres);
    bad.push_back(
        {int(bad.size()) + 1, u"bad"_s, u"CREATE TABLE half (x INTEGER)\n;\nCREATE NONSENSE"_s});
    QVERIFY(!migrate(**connection, bad, versionTable(postgres)));
    QVERIFY(!(*connection)->run(u"SELECT * FROM half"_s));
    QVERIFY(migrate(**connection, migrations(postgres), versionTable(postgres)));
}

void TestMigration::leavesTheApplicationsTablesAlone()
{
    const auto connection = Connection::open(m_cluster.freshDatabase(), OpenMode::ReadWrite);
    QVERIFY(connection);
    setWords(**connection, true);
    QVERIFY((*connection)->run(u"CREATE TABLE \"Job\" (\"id\" uuid PRIMARY KEY, \"more\" text)"_s));
    QVERIFY(migrate(**connection, migrations(true), versionTable(true)));
    const auto rows =
        (*connection)
            ->run(u"SELECT (SELECT COUNT(*) FROM pg_indexes WHERE tablename = 'Job'), "
                  "(SELECT COUNT(*) FROM pg_tables WHERE schemaname = 'public')"_s);
    QVERIFY(rows);
    QCOMPARE((*rows)[0].integer(0), 1);
    QCOMPARE((*rows)[0].integer(1), 1); // and no ImageScan, which it did not have
}

void TestMigration::leasesAndHistoryMoveToClaims()
{
    const auto connection = Connection::open(freshUrl(false), OpenMode::Create);
    QVERIFY(connection);
    setWords(**connection, false);
    const std::vector<Migration> all = migrations(false);
    const std::vector<Migration> old(all.begin(), all.begin() + 2);
    QVERIFY(migrate(**connection, old, versionTable(false)));
    for (
        const QString& sql :
        {u"INSERT INTO queuedeck_lease VALUES ('t2', 'b', 1, 'here/2', 2, 900, 1)"_s,
         u"INSERT INTO queuedeck_lease VALUES ('t2', 'c', 2, 'here/2', 1, 900, 0)"_s,
         u"INSERT INTO queuedeck_attempt VALUES ('a', 't1', 1, 'here/1', 5, 10, 'failed', 'no')"_s,
         u"INSERT INTO queuedeck_attempt VALUES ('b', 't1', 1, 'here/1', 6, 11, 'retried', NULL)"_s})
        QVERIFY2((*connection)->run(sql), qPrintable(sql));
    const auto version = migrate(**connection, all, versionTable(false));
    QVERIFY2(version, qPrintable(version ? QString() : QString(version.error().detail)));
    const auto leases = (*connection)
                            ->run(u"SELECT c.token, c.engine, c.expires_at, l.job_id, l.attempt, "
                                  u"l.cancel FROM queuedeck_lease l "
                                  "JOIN queuedeck_claim c ON c.id = l.claim ORDER BY l.job_id"_s);
    QVERIFY(leases);
    QCOMPARE(leases->size(), 2U);
    QCOMPARE((*leases)[0].text(0), u"t2"_s);
    QCOMPARE((*leases)[0].text(1), u"here/2"_s);
    QCOMPARE((*leases)[0].integer(2), 900);
    QCOMPARE((*leases)[0].text(3), u"b"_s);
    QCOMPARE((*leases)[0].integer(4), 2);
    QCOMPARE((*leases)[0].integer(5), 1);
    const auto history = (*connection)
                             ->run(u"SELECT a.job_id, c.engine, a.attempt, a.ended_at, a.error "
                                   u"FROM queuedeck_attempt a "
                                   "JOIN queuedeck_claim c ON c.id = a.claim ORDER BY a.job_id"_s);
    QVERIFY(history);
    QCOMPARE(history->size(), 2U);
    QCOMPARE((*history)[0].text(1), u"here/1"_s);
    QCOMPARE((*history)[0].text(4), u"no"_s);
    QCOMPARE((*history)[1].integer(3), 11);
    const auto tally =
        (*connection)->run(u"SELECT at, outcome, attempts FROM queuedeck_tally ORDER BY outcome"_s);
    QVERIFY(tally);
    QCOMPARE(tally->size(), 2U);
    QCOMPARE((*tally)[0].integer(0), 0); // the second in which it ended
    QCOMPARE((*tally)[0].text(1), u"failed"_s);
    QCOMPARE((*tally)[1].integer(2), 1);
    QVERIFY(!(*connection)->run(u"SELECT * FROM queuedeck_old_lease"_s));
}

QTEST_GUILESS_MAIN(TestMigration)
#include "tst_migration.moc"
