// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/db/connection.h"
#include "core/db/transaction.h"
#include "tests/support/failingexecutor.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

#include <thread>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace queuedeck::db;
using base::ErrorKind;

class TestSqliteConnection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void keepsValues();
    void aStepIsAtomic();
    void aFailedCallLeavesNothing();
    void readsAGivenTable();
    void aTableIsGivenToOneStatement();
    void aGivenRowThatIsRefusedLeavesNothing();
    void waitsForAnotherWriter();
    void waitsForAnotherWriterToOpen();
    void givesUpOnALockedFile();
    void endsAtTheDeadline();
    void isInterruptedFromAnotherThread();
    void refusesChangesWhenReadOnly();
    void aMissingFileIsNotFound();
    void aFolderIsNoDatabase();
    void anotherFileIsNoDatabase();
    void aDamagedFileIsNamed();
    void aFolderThatCannotBeMade();
    void aFullDiskChangesNothing();

private:
    std::unique_ptr<Connection> open(OpenMode mode = OpenMode::Create);
    QString path() const { return m_folder->filePath(u"sub/jobs.db"_s); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

namespace {
const QString kSlow = u"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
                      "SELECT COUNT(*) FROM n"_s;
}

void TestSqliteConnection::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

std::unique_ptr<Connection> TestSqliteConnection::open(OpenMode mode)
{
    auto connection = Connection::open(DatabaseUrl::sqliteFile(path()), mode);
    if (!connection)
        qFatal("%s", qPrintable(connection.error().detail));
    return std::move(*connection);
}

void TestSqliteConnection::keepsValues()
{
    const auto connection = open();
    const QByteArray bytes("\0\xff", 2);
    const auto rows = connection->run(
        u"SELECT :a, :b, :c, :a, :d"_s,
        {{u"a"_s, u"it's ü"_s}, {u"b"_s, qint64(1) << 60}, {u"c"_s, bytes}, {u"d"_s, QVariant()}});
    QVERIFY(rows);
    QCOMPARE((*rows)[0].text(0), u"it's ü"_s);
    QCOMPARE((*rows)[0].integer(1), qint64(1) << 60);
    QCOMPARE((*rows)[0].bytes(2), bytes);
    QCOMPARE((*rows)[0].text(3), u"it's ü"_s);
    QVERIFY((*rows)[0].isNull(4));
}

void TestSqliteConnection::aStepIsAtomic()
{
    const auto connection = open();
    QVERIFY(connection->run(u"CREATE TABLE t (x INTEGER PRIMARY KEY)"_s));
    const auto good = connection->run(
        u"INSERT INTO t VALUES (1), (2)\n;\nSELECT x FROM t\n;\nUPDATE t SET x = x + 10"_s);
    QVERIFY(good);
    QCOMPARE(good->size(), size_t(2));
    QCOMPARE(good->changed(), 4);
    QVERIFY(!connection->run(u"INSERT INTO t VALUES (3)\n;\nINSERT INTO t VALUES (3)"_s));
    const auto rows = connection->run(u"SELECT COUNT(*) FROM t"_s);
    QCOMPARE((*rows)[0].integer(0), 2);
}

void TestSqliteConnection::aFailedCallLeavesNothing()
{
    const auto connection = open();
    QVERIFY(connection->run(u"CREATE TABLE t (x INTEGER)"_s));
    auto& failing = test::FailingExecutor::before(*connection);
    const QString step = u"INSERT INTO t VALUES (1)\n;\nINSERT INTO t VALUES (2)"_s;
    int n = 1;
    for (;; ++n) {
        failing.failAtCall(n);
        const auto done = connection->run(step);
        failing.failAtCall(0);
        const auto rows = connection->run(u"SELECT COUNT(*) FROM t"_s);
        QVERIFY(rows);
        QCOMPARE((*rows)[0].integer(0), done ? 2 : 0);
        if (done)
            break;
        QCOMPARE(done.error().kind, ErrorKind::Unreachable);
    }
    QCOMPARE(n, 5); // BEGIN, two statements, COMMIT
}

void TestSqliteConnection::readsAGivenTable()
{
    const auto connection = open();
    QVERIFY(connection->run(u"CREATE TABLE t (x INTEGER PRIMARY KEY, text)"_s));
    QVERIFY(connection->run(u"INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'c')"_s));
    Table table{u"queuedeck_given"_s, {u"x"_s, u"text"_s}};
    table.addRow(1, u"a long text, ü \"'"_s);
    table.addRow(qint64(1) << 40, QString());
    table.addRow(3, u""_s);
    // Each row has its number; a missing value is NULL, an empty one is not.
    const auto rows =
        connection->run(u"SELECT g.rowid, g.x, g.text FROM queuedeck_given g WHERE g.x <> :not"_s,
                        {{u"not"_s, 7}}, table);
    QVERIFY2(rows, qPrintable(rows ? QString() : QString(rows.error().detail)));
    QCOMPARE(rows->size(), size_t(3));
    QCOMPARE((*rows)[0].text(2), u"a long text, ü \"'"_s);
    QCOMPARE((*rows)[1].integer(0), 1);
    QCOMPARE((*rows)[1].integer(1), qint64(1) << 40);
    QVERIFY((*rows)[1].isNull(2));
    QVERIFY(!(*rows)[2].isNull(2));
    QCOMPARE((*rows)[2].text(2), QString());
    // A statement changes rows of another table with it, and the next table of that name is a new
    // one.
    const QString update =
        u"UPDATE t SET text = 'changed' WHERE x IN (SELECT x FROM queuedeck_given)"_s;
    const auto changed = connection->run(update, {}, table);
    QVERIFY(changed);
    QCOMPARE(changed->changed(), 2);
    const auto fewer = connection->run(update, {}, table.only({1, 2}));
    QVERIFY(fewer);
    QCOMPARE(fewer->changed(), 1);
    QVERIFY(!connection->run(u"SELECT * FROM queuedeck_unknown"_s));
}

// The rows it read have been freed: a statement without a table must not access them.
void TestSqliteConnection::aTableIsGivenToOneStatement()
{
    const auto connection = open();
    const QString read = u"SELECT x FROM queuedeck_given"_s;
    {
        Table table{u"queuedeck_given"_s, {u"x"_s}};
        table.addRow(1);
        QVERIFY(connection->run(read, {}, table));
        QVERIFY(!connection->run(u"SELECT nothing FROM queuedeck_given"_s, {}, table));
    }
    const auto without = connection->run(read);
    QVERIFY(!without);
    QVERIFY2(without.error().detail.contains(u"not given"_s), qPrintable(without.error().detail));
}

void TestSqliteConnection::aGivenRowThatIsRefusedLeavesNothing()
{
    const auto connection = open();
    QVERIFY(connection->run(u"CREATE TABLE t (x INTEGER PRIMARY KEY)"_s));
    Table table{u"queuedeck_given"_s, {u"x"_s}};
    for (const int x : {1, 2, 1, 3})
        table.addRow(x);
    {
        auto transaction = Transaction::begin(*connection);
        QVERIFY(transaction);
        const auto done =
            connection->run(u"INSERT OR FAIL INTO t SELECT x FROM queuedeck_given"_s, {}, table);
        QVERIFY(!done);
        QCOMPARE(done.error().kind, ErrorKind::Conflict);
    }
    const auto rows = connection->run(u"SELECT COUNT(*) FROM t"_s);
    QVERIFY(rows);
    QCOMPARE((*rows)[0].integer(0), 0);
}

void TestSqliteConnection::waitsForAnotherWriter()
{
    const auto connection = open();
    QVERIFY(connection->run(u"CREATE TABLE t (x INTEGER)"_s));
    std::thread other([this] {
        const auto second = open();
        auto transaction = Transaction::begin(*second);
        QTest::qSleep(400);
        (void)second->run(u"INSERT INTO t VALUES (1)"_s);
        (void)transaction->commit();
    });
    QTest::qSleep(150);
    const auto done = connection->run(u"INSERT INTO t VALUES (2)"_s);
    other.join();
    QVERIFY2(done, qPrintable(done ? QString() : QString(done.error().detail)));
}

// A new file, or one of another program, is switched to a write-ahead log when it is opened, and
// SQLite itself does not wait for that.
void TestSqliteConnection::waitsForAnotherWriterToOpen()
{
    QVERIFY(QDir().mkpath(m_folder->filePath(u"sub"_s)));
    std::atomic<bool> isWriting = false;
    std::thread other([&] {
        {
            QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"other"_s);
            database.setDatabaseName(path());
            database.open();
            QSqlQuery query(database);
            for (const QString& step : {u"CREATE TABLE t (x INTEGER)"_s, u"BEGIN IMMEDIATE"_s,
                                        u"INSERT INTO t VALUES (1)"_s})
                query.exec(step);
            isWriting = true;
            QTest::qSleep(400);
            query.exec(u"COMMIT"_s);
        }
        QSqlDatabase::removeDatabase(u"other"_s);
    });
    while (!isWriting)
        QTest::qSleep(1);
    const auto opened = Connection::open(DatabaseUrl::sqliteFile(path()), OpenMode::Create);
    other.join();
    QVERIFY2(opened, qPrintable(opened ? QString() : QString(opened.error().detail)));
    const auto rows = (*opened)->run(u"SELECT x FROM t"_s);
    QVERIFY(rows);
    QCOMPARE(rows->size(), size_t(1));
}

void TestSqliteConnection::givesUpOnALockedFile()
{
    const auto connection = open();
    QVERIFY(connection->run(u"CREATE TABLE t (x INTEGER)"_s));
    QVERIFY(connection->run(u"PRAGMA busy_timeout = 100"_s));
    const auto second = open();
    auto transaction = Transaction::begin(*second);
    QVERIFY(transaction);
    const auto done = connection->run(u"INSERT INTO t VALUES (2)"_s);
    QVERIFY(!done);
    QCOMPARE(done.error().kind, ErrorKind::Unreachable);
    QVERIFY(done.error().detail.contains(u"locked"_s));
    QVERIFY(connection->run(u"SELECT * FROM t"_s)); // readers are not blocked
}

void TestSqliteConnection::endsAtTheDeadline()
{
    const auto connection = open();
    connection->setDeadline(std::chrono::milliseconds(200));
    QElapsedTimer clock;
    clock.start();
    const auto rows = connection->run(kSlow);
    QVERIFY(!rows);
    QCOMPARE(rows.error().kind, ErrorKind::Timeout);
    QVERIFY(clock.elapsed() < 2000);
    QVERIFY(connection->run(u"SELECT 1"_s));
}

void TestSqliteConnection::isInterruptedFromAnotherThread()
{
    const auto connection = open();
    std::thread other([&] {
        QTest::qSleep(200);
        connection->interrupt();
    });
    const auto rows = connection->run(kSlow);
    other.join();
    QVERIFY(!rows);
    QCOMPARE(rows.error().kind, ErrorKind::Cancelled);
    QVERIFY(connection->run(u"SELECT 1"_s));
}

void TestSqliteConnection::refusesChangesWhenReadOnly()
{
    QVERIFY(open()->run(u"CREATE TABLE t (x INTEGER)"_s));
    const auto connection = open(OpenMode::ReadOnly);
    QVERIFY(connection->run(u"SELECT * FROM t"_s));
    const auto done = connection->run(u"INSERT INTO t VALUES (1)"_s);
    QVERIFY(!done);
    QCOMPARE(done.error().kind, ErrorKind::Denied);
}

void TestSqliteConnection::aMissingFileIsNotFound()
{
    for (const OpenMode mode : {OpenMode::ReadOnly, OpenMode::ReadWrite}) {
        const auto connection = Connection::open(DatabaseUrl::sqliteFile(path()), mode);
        QVERIFY(!connection);
        QCOMPARE(connection.error().kind, ErrorKind::NotFound);
        QVERIFY(!QFile::exists(path()));
    }
}

void TestSqliteConnection::aFolderIsNoDatabase()
{
    const auto connection =
        Connection::open(DatabaseUrl::sqliteFile(m_folder->path()), OpenMode::ReadWrite);
    QVERIFY(!connection);
    QCOMPARE(connection.error().kind, ErrorKind::Invalid);
}

void TestSqliteConnection::anotherFileIsNoDatabase()
{
    const QString text = m_folder->filePath(u"text.db"_s);
    QFile file(text);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray("These are my notes. ").repeated(1000));
    file.close();
    const auto connection = Connection::open(DatabaseUrl::sqliteFile(text), OpenMode::ReadWrite);
    QVERIFY(!connection);
    QVERIFY2(connection.error().detail.contains(u"not a SQLite database"_s),
             qPrintable(connection.error().detail));
    QCOMPARE(QFile(text).size(), 20'000);
}

void TestSqliteConnection::aDamagedFileIsNamed()
{
    {
        const auto connection = open();
        QVERIFY(connection->run(u"CREATE TABLE t (x TEXT)"_s));
        QVERIFY(connection->run(u"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
                                "LIMIT 5000) INSERT INTO t SELECT hex(randomblob(50)) FROM n"_s));
        QVERIFY(connection->run(u"PRAGMA wal_checkpoint(TRUNCATE)"_s));
    }
    QFile file(path());
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.seek(4096));
    file.write(QByteArray(int(file.size() - 4096), '\x5a'));
    file.close();
    const auto connection = open(OpenMode::ReadWrite);
    const auto rows = connection->run(u"SELECT COUNT(*) FROM t"_s);
    QVERIFY(!rows);
    QVERIFY2(rows.error().detail.contains(u"damaged"_s), qPrintable(rows.error().detail));
}

void TestSqliteConnection::aFolderThatCannotBeMade()
{
    // No folder can be made below a file, not even by root.
    const QString blocker = m_folder->filePath(u"file"_s);
    QVERIFY(QFile(blocker).open(QIODevice::WriteOnly));
    const auto connection =
        Connection::open(DatabaseUrl::sqliteFile(blocker + u"/sub/jobs.db"_s), OpenMode::Create);
    QVERIFY(!connection);
    QCOMPARE(connection.error().kind, ErrorKind::Unreachable);
    QVERIFY(connection.error().detail.contains(u"cannot be made"_s));
}

void TestSqliteConnection::aFullDiskChangesNothing()
{
    const auto connection = open();
    QVERIFY(connection->run(u"CREATE TABLE t (x BLOB)"_s));
    QVERIFY(connection->run(u"PRAGMA max_page_count = 20"_s)); // SQLite's own "disk full"
    const auto done =
        connection->run(u"INSERT INTO t VALUES (1)\n;\nINSERT INTO t VALUES (zeroblob(200000))"_s);
    QVERIFY(!done);
    QVERIFY2(done.error().detail.contains(u"full"_s), qPrintable(done.error().detail));
    const auto rows = connection->run(u"SELECT COUNT(*) FROM t"_s);
    QVERIFY(rows);
    QCOMPARE((*rows)[0].integer(0), 0);
}

QTEST_GUILESS_MAIN(TestSqliteConnection)
#include "tst_sqliteconnection.moc"
