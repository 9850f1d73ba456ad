// SPDX-License-Identifier: GPL-3.0-or-later
// The file itself: ours is private whatever the umask, and another program's stays as it is.
#include "core/db/connection.h"
#include "core/db/transaction.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sqlite3.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace queuedeck::db;
using base::ErrorKind;

namespace {
constexpr uid_t kNobody = 65'534;

QByteArray contents(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

int modeOf(const QString& path)
{
    struct stat found = {};
    return ::lstat(QFile::encodeName(path).constData(), &found) == 0 ? int(found.st_mode & 0777)
                                                                     : -1;
}

/// Another program's database, with the journal mode that it has chosen.
class Foreign
{
public:
    Foreign(const QString& path, const char* journal)
    {
        sqlite3_open(QFile::encodeName(path).constData(), &m_handle);
        run((QByteArray("PRAGMA journal_mode = ") + journal).constData());
        run("CREATE TABLE IF NOT EXISTS t (x INTEGER); INSERT INTO t VALUES (1)");
    }
    ~Foreign() { sqlite3_close(m_handle); }
    Foreign(const Foreign&) = delete;
    Foreign& operator=(const Foreign&) = delete;
    bool run(const char* sql)
    {
        return sqlite3_exec(m_handle, sql, nullptr, nullptr, nullptr) == 0;
    }

private:
    sqlite3* m_handle = nullptr;
};

/// Drops root's privileges for its lifetime.
class AsNobody
{
public:
    AsNobody()
        : m_was(::geteuid())
    {
        if (m_was == 0 && ::seteuid(kNobody) != 0)
            qFatal("seteuid");
    }
    ~AsNobody()
    {
        if (m_was == 0 && ::seteuid(m_was) != 0)
            qFatal("seteuid");
    }
    AsNobody(const AsNobody&) = delete;
    AsNobody& operator=(const AsNobody&) = delete;

private:
    const uid_t m_was;
};
} // namespace

class TestSqliteFile : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    QString path(const QString& name = u"jobs.db"_s) const { return m_folder->filePath(name); }
    static base::Result<std::unique_ptr<Connection>> open(const QString& path, OpenMode mode)
    {
        return Connection::open(DatabaseUrl::sqliteFile(path), mode);
    }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void oursIsPrivate_data()
    {
        QTest::addColumn<int>("mask");
        for (const int mask : {0, 022, 077, 0177, 0777})
            QTest::addRow("umask %03o", unsigned(mask)) << mask;
    }
    void oursIsPrivate()
    {
        QFETCH(int, mask);
        const mode_t was = ::umask(mode_t(mask));
        const QString file = path(u"a/b/jobs.db"_s);
        // The folder is also made under this umask, unless that locks its owner out.
        if (mask >= 0177)
            QVERIFY(::mkdir(QFile::encodeName(path(u"a"_s)).constData(), 0700) == 0 &&
                    ::chmod(QFile::encodeName(path(u"a"_s)).constData(), 0700) == 0 &&
                    ::mkdir(QFile::encodeName(path(u"a/b"_s)).constData(), 0700) == 0 &&
                    ::chmod(QFile::encodeName(path(u"a/b"_s)).constData(), 0700) == 0);
        const auto connection = open(file, OpenMode::Create);
        ::umask(was);
        QVERIFY2(connection, connection ? "" : qPrintable(connection.error().detail));
        QVERIFY((*connection)->run(u"CREATE TABLE t (x)"_s));
        QCOMPARE(modeOf(path(u"a"_s)), 0700);
        QCOMPARE(modeOf(path(u"a/b"_s)), 0700);
        for (const char* suffix : {"", "-wal", "-shm"})
            QCOMPARE(modeOf(file + QLatin1StringView(suffix)), 0600);
    }

    void anEarlierVersionsFileBecomesPrivate()
    {
        QVERIFY(open(path(), OpenMode::Create));
        ::chmod(QFile::encodeName(path()).constData(), 0644);
        const auto connection = open(path(), OpenMode::Create);
        QVERIFY(connection);
        QVERIFY((*connection)->run(u"CREATE TABLE t (x)"_s));
        for (const char* suffix : {"", "-wal", "-shm"})
            QCOMPARE(modeOf(path() + QLatin1StringView(suffix)), 0600);
    }

    void nothingOfOthersStandsForOurs()
    {
        {
            Foreign other(path(u"real.db"_s), "DELETE");
        }
        QVERIFY(QFile::link(path(u"real.db"_s), path()));
        const QByteArray before = contents(path(u"real.db"_s));
        const auto linked = open(path(), OpenMode::Create);
        QVERIFY(!linked);
        QCOMPARE(linked.error().kind, ErrorKind::Denied);
        QVERIFY2(linked.error().detail.contains(u"is a link"_s), qPrintable(linked.error().detail));
        QVERIFY(QFile::link(path(u"not there"_s), path(u"dangling.db"_s)));
        QVERIFY(!open(path(u"dangling.db"_s), OpenMode::Create));
        QVERIFY(!QFile::exists(path(u"not there"_s)));
        QCOMPARE(contents(path(u"real.db"_s)), before);
        // Named explicitly, it is another program's, and is opened as it is.
        QVERIFY(open(path(), OpenMode::ReadWrite));
        if (::geteuid() != 0)
            QSKIP("Only root can give a file away.");
        QVERIFY(::chown(QFile::encodeName(path(u"real.db"_s)).constData(), kNobody, kNobody) == 0);
        const auto foreign = open(path(u"real.db"_s), OpenMode::Create);
        QVERIFY(!foreign);
        QCOMPARE(foreign.error().kind, ErrorKind::Denied);
        QVERIFY2(foreign.error().detail.contains(u"another user"_s),
                 qPrintable(foreign.error().detail));
    }

    void anothersFileStaysAsItIs_data()
    {
        QTest::addColumn<QByteArray>("journal");
        for (const char* journal : {"DELETE", "TRUNCATE", "PERSIST", "WAL"})
            QTest::newRow(journal) << QByteArray(journal);
    }
    void anothersFileStaysAsItIs()
    {
        QFETCH(QByteArray, journal);
        {
            Foreign other(path(), journal.constData());
        }
        ::chmod(QFile::encodeName(path()).constData(), 0640);
        const QByteArray before = contents(path());
        for (const OpenMode mode : {OpenMode::ReadOnly, OpenMode::ReadWrite}) {
            const auto connection = open(path(), mode);
            QVERIFY2(connection, connection ? "" : qPrintable(connection.error().detail));
            QVERIFY((*connection)->run(u"SELECT x FROM t"_s));
        }
        QCOMPARE(contents(path()), before);
        QCOMPARE(modeOf(path()), 0640);
        {
            const auto connection = open(path(), OpenMode::ReadWrite);
            QVERIFY(connection);
            QVERIFY((*connection)->run(u"INSERT INTO t VALUES (2)"_s));
        }
        QCOMPARE(contents(path()).mid(18, 2), before.mid(18, 2)); // the same journal mode
    }

    // Readers and writers block each other in this mode, so we wait.
    void waitsWhereTheJournalRollsBack()
    {
        Foreign other(path(), "DELETE");
        std::vector<std::thread> threads;
        std::atomic<int> failed = 0;
        for (int i = 0; i < 3; ++i) {
            threads.emplace_back([&, i] {
                const auto connection = open(path(), OpenMode::ReadWrite);
                for (int n = 0; connection && n < 30; ++n) {
                    auto transaction =
                        Transaction::begin(**connection, i == 0 ? Transaction::Kind::Snapshot
                                                                : Transaction::Kind::Write);
                    const bool done = transaction &&
                                      (*connection)
                                          ->run(i == 0 ? u"SELECT count(*) FROM t"_s
                                                       : u"INSERT INTO t VALUES (3)"_s) &&
                                      transaction->commit();
                    failed += done ? 0 : 1;
                }
                failed += connection ? 0 : 100;
            });
        }
        for (std::thread& thread : threads)
            thread.join();
        QCOMPARE(int(failed), 0);
        const auto connection = open(path(), OpenMode::ReadOnly);
        QCOMPARE((*(*connection)->run(u"SELECT count(*) FROM t"_s))[0].integer(0), 61);
    }

    void aLogInAFolderWithoutWriteRight()
    {
        {
            Foreign other(path(), "WAL");
        }
        QFile::remove(path(u"jobs.db-wal"_s));
        QFile::remove(path(u"jobs.db-shm"_s));
        ::chmod(QFile::encodeName(path()).constData(), 0644);
        ::chmod(QFile::encodeName(m_folder->path()).constData(), 0555);
        for (const OpenMode mode : {OpenMode::ReadOnly, OpenMode::ReadWrite}) {
            const AsNobody nobody;
            const auto refused = open(path(), mode);
            QVERIFY(!refused);
            QCOMPARE(refused.error().kind, ErrorKind::Denied);
            QVERIFY2(refused.error().detail.contains(u"the folder "_s + m_folder->path()),
                     qPrintable(refused.error().detail));
        }
        ::chmod(QFile::encodeName(m_folder->path()).constData(), 0700);
        // Without a log, reading needs no write access.
        {
            Foreign other(path(), "DELETE");
        }
        ::chmod(QFile::encodeName(m_folder->path()).constData(), 0555);
        const AsNobody nobody;
        const auto read = open(path(), OpenMode::ReadOnly);
        QVERIFY2(read, read ? "" : qPrintable(read.error().detail));
        QVERIFY((*read)->run(u"SELECT x FROM t"_s));
    }

    void aDamagedFileIsNoOutage()
    {
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray("SQLite format 3\0", 16) + QByteArray(4080, '\x5a'));
        file.close();
        const auto opened = open(path(), OpenMode::ReadWrite);
        QVERIFY(!opened);
        QCOMPARE(opened.error().kind, ErrorKind::Invalid);
        QCOMPARE(opened.error().recovery, base::Recovery::ForGood);
    }

    void cleanup() { ::chmod(QFile::encodeName(m_folder->path()).constData(), 0700); }
};

QTEST_GUILESS_MAIN(TestSqliteFile)
#include "tst_sqlitefile.moc"
