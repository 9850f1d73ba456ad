// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever is between us and the database, and whatever a role or another client has set: each
// statement runs with the schema, zone and mode that were requested, and leaves nothing behind.
#include "core/db/transaction.h"
#include "tests/support/pgbouncer.h"

#include <QTest>

#include <libpq-fe.h>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace queuedeck::db;
using base::ErrorKind;

namespace {
enum Road { Direct, SessionRefusing, SessionIgnoring, Refusing, Ignoring };
constexpr const char* kRoads[]{"direct", "session, options refused", "session, options ignored",
                               "transaction, options refused", "transaction, options ignored"};

const QStringList kSchemas{u"app2"_s,  u"two words"_s,   u"it's \"quoted\""_s,
                           u"Upper"_s, u"back\\slash"_s, u"semi;colon"_s,
                           u"user"_s,  u"größe"_s};

QString quoted(QString name)
{
    return u'"' + name.replace(u'"', u"\"\""_s) + u'"';
}

// Role settings that are unlike anything we need.
const QStringList kHostile{u"search_path = public, pg_catalog"_s,
                           u"timezone = 'Asia/Bangkok'"_s,
                           u"datestyle = 'German, DMY'"_s,
                           u"intervalstyle = 'sql_standard'"_s,
                           u"extra_float_digits = 0"_s,
                           u"standard_conforming_strings = off"_s,
                           u"array_nulls = off"_s,
                           u"default_transaction_isolation = 'serializable'"_s,
                           u"bytea_output = 'escape'"_s,
                           u"statement_timeout = '20s'"_s};

// Everything that could show what a client left in a session.
const QString kSession =
    u"SELECT (SELECT string_agg(name || '=' || setting, '; ' ORDER BY name) FROM pg_settings "
    "WHERE name NOT IN ('application_name', 'transaction_isolation', 'in_hot_standby')) || "
    "(SELECT count(*) FROM pg_prepared_statements) || "
    "(SELECT count(*) FROM pg_listening_channels()) || "
    "coalesce(current_setting('queuedeck.connection', true), '')"_s;
} // namespace

class TestPgPoolers : public QObject
{
    Q_OBJECT

    test::PgCluster m_cluster;
    test::PgBouncer m_poolers[5]; // the first is unused
    DatabaseUrl m_url;            // of a fresh database, direct
    QByteArray m_function;

    DatabaseUrl by(int road) const
    {
        DatabaseUrl url = m_url;
        if (road != Direct)
            url.port = m_poolers[road].port();
        return url;
    }
    static std::unique_ptr<Connection> open(const DatabaseUrl& url,
                                            OpenMode mode = OpenMode::ReadWrite)
    {
        auto opened = Connection::open(url, mode);
        if (!opened)
            qFatal("%s", qPrintable(opened.error().detail));
        return std::move(*opened);
    }
    static QString text(Connection& connection, const QString& sql)
    {
        const auto rows = connection.run(sql);
        return rows ? (*rows)[0].text(0) : u"failed: "_s + rows.error().detail;
    }
    // As the owner, bypassing everything under test.
    void sql(const QString& statements)
    {
        for (const QString& statement : statements.split(u"; "_s)) {
            const auto done = open(m_url)->run(statement);
            QVERIFY2(done, done ? "" : qPrintable(done.error().detail));
        }
    }
    QString publicRows()
    {
        return text(*open(m_url), u"SELECT string_agg(t::text || xmin, ',') FROM public.t"_s);
    }
    /// The answer that another client gets on the same route.
    QString asAnother(int road, const QByteArray& statement)
    {
        const DatabaseUrl url = by(road);
        const QByteArray port = QByteArray::number(url.port);
        const QByteArray database = url.database.toUtf8();
        const QByteArray user = url.user.toUtf8();
        const QByteArray password = url.password.toUtf8();
        const char* const names[]{"host", "port", "dbname", "user", "password", nullptr};
        const char* const values[]{"127.0.0.1", port, database, user, password, nullptr};
        PGconn* const handle = PQconnectdbParams(names, values, 0);
        PGresult* const result = PQexec(handle, statement.constData());
        QString answer = QString::fromUtf8(PQerrorMessage(handle));
        if (PQresultStatus(result) == PGRES_TUPLES_OK)
            answer = QString::fromUtf8(PQgetvalue(result, 0, 0));
        PQclear(result);
        PQfinish(handle);
        return answer;
    }
    static void rows(bool withSchemas)
    {
        QTest::addColumn<int>("road");
        QTest::addColumn<bool>("said");
        QTest::addColumn<QString>("schema");
        for (int road = Direct; road <= Ignoring; ++road) {
            for (const bool said : {false, true}) { // pgbouncer=true in the address
                for (const QString& schema : withSchemas ? kSchemas : kSchemas.first(1))
                    QTest::addRow("%s%s, %s", kRoads[road], said ? ", said" : "",
                                  qPrintable(schema))
                        << road << said << schema;
            }
        }
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_cluster.start(), qPrintable(m_cluster.error()));
        for (int road = SessionRefusing; road <= Ignoring; ++road) {
            test::PoolerSettings settings;
            if (road == SessionRefusing || road == SessionIgnoring)
                settings = {u"session"_s, {}, 5};
            if (road == SessionIgnoring || road == Ignoring)
                settings.ignored = u"options,extra_float_digits"_s;
            QVERIFY2(m_poolers[road].start(m_cluster, settings),
                     qPrintable(m_poolers[road].error()));
        }
    }

    // A database for each function. The poolers' connections to it go with it.
    void init()
    {
        const QByteArray function = QTest::currentTestFunction();
        if (std::exchange(m_function, function) != function) {
            if (!m_url.database.isEmpty())
                (void)open(m_cluster.url(u"postgres"_s))
                    ->run(u"DROP DATABASE %1 WITH (FORCE)"_s.arg(m_url.database));
            m_url = m_cluster.freshDatabase();
        }
        sql(u"DROP TABLE IF EXISTS public.t; CREATE TABLE public.t (x int, said text); "
            "INSERT INTO public.t VALUES (1, 'of the other application'); "
            "DROP SCHEMA IF EXISTS app2 CASCADE; CREATE SCHEMA app2"_s);
    }

    void everyStatementMeetsItsSchema_data() { rows(true); }
    void everyStatementMeetsItsSchema()
    {
        QFETCH(int, road);
        QFETCH(bool, said);
        QFETCH(QString, schema);
        sql(u"DROP SCHEMA IF EXISTS %1 CASCADE; CREATE SCHEMA %1; "
            "CREATE TABLE %1.t (x int, said text)"_s.arg(quoted(schema)));
        const QString before = publicRows();
        DatabaseUrl url = by(road);
        url.schema = schema;
        url.pooled = said;
        const auto connection = open(url);
        QCOMPARE(connection->isPooled(), road != Direct || said);
        // Often enough for the statement to be prepared.
        for (int i = 0; i < 5; ++i)
            QVERIFY(connection->run(u"INSERT INTO t VALUES (:x, 'ours')"_s, {{u"x"_s, i}}));
        {
            auto transaction = Transaction::begin(*connection);
            QVERIFY(transaction);
            QVERIFY(connection->run(u"UPDATE t SET said = 'changed' WHERE x = 1"_s));
            QVERIFY(connection->run(u"DELETE FROM t WHERE x = 2"_s));
            QByteArray copied = "9\tcopied\n";
            const auto once = [&copied] { return std::exchange(copied, {}); };
            QVERIFY(connection->copyIn(u"COPY t FROM STDIN"_s, once));
            QVERIFY(transaction->commit());
        }
        {
            auto taken = Transaction::begin(*connection);
            QVERIFY(taken);
            QVERIFY(connection->run(u"DELETE FROM t"_s));
        }
        {
            auto snapshot = Transaction::begin(*connection, Transaction::Kind::Snapshot);
            QVERIFY(snapshot);
            QCOMPARE(text(*connection, u"SELECT string_agg(x || said, ',' ORDER BY x) FROM t"_s),
                     u"0ours,1changed,3ours,4ours,9copied"_s);
            QVERIFY(snapshot->commit());
        }
        QVERIFY(connection->run(u"CREATE TABLE made_here ()"_s));
        const auto made = open(m_url)->run(
            u"SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace "
            "WHERE relname = 'made_here' AND nspname = :schema"_s,
            {{u"schema"_s, schema}});
        QVERIFY(made && made->size() == 1);
        QCOMPARE(publicRows(), before);
    }

    void aRoleOfAnotherMindIsOverruled_data() { rows(false); }
    void aRoleOfAnotherMindIsOverruled()
    {
        QFETCH(int, road);
        QFETCH(bool, said);
        for (const QString& setting : kHostile)
            sql(u"ALTER ROLE %1 IN DATABASE %2 SET %3"_s.arg(quoted(m_url.user), m_url.database,
                                                             setting));
        DatabaseUrl url = by(road);
        url.schema = u"app2"_s;
        url.pooled = said;
        const auto connection = open(url);
        const QString question =
            u"SELECT concat_ws(' ', current_schema(), '2026-11-29T08:30:00Z'::timestamptz, "
            "'1 day 2 hours'::interval, 0.1::float8 + 0.2, 'a\\b', '{NULL}'::text[], "
            "current_setting('transaction_isolation'), '\\x00ff'::bytea = '\\x00ff')"_s;
        const QString right = u"app2 2026-11-29 08:30:00+00 1 day 02:00:00 0.30000000000000004 "
                              "a\\b {NULL} %1 t"_s;
        for (int i = 0; i < 4; ++i)
            QCOMPARE(text(*connection, question), right.arg(u"read committed"_s));
        auto transaction = Transaction::begin(*connection);
        QVERIFY(transaction);
        QCOMPARE(text(*connection, question), right.arg(u"read committed"_s));
        QVERIFY(transaction->commit());
        auto snapshot = Transaction::begin(*connection, Transaction::Kind::Snapshot);
        QVERIFY(snapshot);
        QCOMPARE(text(*connection, question), right.arg(u"repeatable read"_s));
        // Limits set by an administrator are kept.
        QCOMPARE(text(*connection, u"SHOW statement_timeout"_s), u"20s"_s);
        const auto bytes = connection->run(u"SELECT '\\x00ff5c'::bytea"_s);
        QVERIFY(bytes);
        QCOMPARE((*bytes)[0].bytes(0), QByteArray("\x00\xff\\", 3));
    }

    void readingOnlyRefusesEveryWrite_data() { rows(false); }
    void readingOnlyRefusesEveryWrite()
    {
        QFETCH(int, road);
        QFETCH(bool, said);
        DatabaseUrl url = by(road);
        url.pooled = said;
        const QString before = publicRows();
        const auto connection = open(url, OpenMode::ReadOnly);
        const auto refused = [](const auto& done) {
            return !done && done.error().kind == ErrorKind::Denied;
        };
        for (int i = 0; i < 4; ++i) {
            QVERIFY(connection->run(u"SELECT * FROM t"_s));
            QVERIFY(refused(connection->run(u"INSERT INTO t VALUES (2)"_s)));
        }
        QVERIFY(refused(connection->run(u"CREATE TABLE no ()"_s)));
        {
            auto transaction = Transaction::begin(*connection);
            QVERIFY(transaction);
            QVERIFY(refused(connection->run(u"UPDATE t SET x = 3"_s)));
        }
        auto transaction = Transaction::begin(*connection);
        QVERIFY(transaction);
        QVERIFY(refused(connection->copyIn(u"COPY t FROM STDIN"_s, [] { return QByteArray(); })));
        QCOMPARE(publicRows(), before);
    }

    void aRoleThatReadsOnlyStaysSo_data() { rows(false); }
    void aRoleThatReadsOnlyStaysSo()
    {
        QFETCH(int, road);
        QFETCH(bool, said);
        sql(u"ALTER ROLE %1 IN DATABASE %2 SET default_transaction_read_only = on"_s.arg(
            quoted(m_url.user), m_url.database));
        DatabaseUrl url = by(road);
        url.pooled = said;
        const auto connection = open(url);
        QVERIFY(connection->run(u"SELECT * FROM t"_s));
        const auto done = connection->run(u"INSERT INTO t VALUES (2)"_s);
        QVERIFY(open(m_cluster.url(u"postgres"_s))
                    ->run(u"ALTER ROLE %1 IN DATABASE %2 RESET ALL"_s.arg(quoted(m_url.user),
                                                                          m_url.database)));
        QVERIFY(!done);
        QCOMPARE(done.error().kind, ErrorKind::Denied);
    }

    void nothingStaysBehind_data() { rows(false); }
    void nothingStaysBehind()
    {
        QFETCH(int, road);
        QFETCH(bool, said);
        const QString before = asAnother(road, kSession.toUtf8());
        QVERIFY2(before.contains(u"TimeZone=Asia/Bangkok"_s), qPrintable(before));
        for (const OpenMode mode : {OpenMode::ReadOnly, OpenMode::ReadWrite}) {
            DatabaseUrl url = by(road);
            url.schema = u"app2"_s;
            url.pooled = said;
            const auto connection = open(url, mode);
            for (int i = 0; i < 5; ++i)
                QVERIFY(connection->run(u"SELECT :i::int"_s, {{u"i"_s, i}}));
            (void)connection->run(u"SELECT 1/0"_s);
            (void)connection->waitForNotice(u"somebody"_s, std::chrono::milliseconds(1));
            {
                auto transaction = Transaction::begin(*connection);
                QVERIFY(transaction);
                (void)connection->run(u"nonsense"_s);
            }
            QCOMPARE(asAnother(road, kSession.toUtf8()), before); // while we are connected
        }
        QCOMPARE(asAnother(road, kSession.toUtf8()), before);
    }

    // A pooler's session as another client has left it.
    void whatOthersLeaveBehindIsOverruled()
    {
        for (const int road : {Refusing, Ignoring}) {
            for (const char* left :
                 {"SET search_path = public", "SET TIME ZONE 'Asia/Bangkok'",
                  "SET standard_conforming_strings = off", "SET datestyle = 'German'",
                  "CREATE TEMP TABLE IF NOT EXISTS t (x int, said text)"})
                (void)asAnother(road, left);
            DatabaseUrl url = by(road);
            url.schema = u"app2"_s;
            sql(u"CREATE TABLE IF NOT EXISTS app2.t (x int, said text)"_s);
            const auto connection = open(url);
            for (const char* left : {"SET search_path = public", "SET TIME ZONE 'Asia/Bangkok'"}) {
                (void)asAnother(road, left);
                QVERIFY(connection->run(u"INSERT INTO t VALUES (7, 'ours')"_s));
                QCOMPARE(text(*connection, u"SHOW TimeZone"_s), u"UTC"_s);
            }
        }
        QCOMPARE(text(*open(m_url), u"SELECT count(*) FROM app2.t"_s), u"4"_s);
        QCOMPARE(text(*open(m_url), u"SELECT count(*) FROM public.t"_s), u"1"_s);
    }

    // After a fail-over the route may be different, and is checked like the first.
    void aReconnectLooksAgain()
    {
        sql(u"CREATE TABLE app2.t (x int, said text)"_s);
        test::PgBouncer first;
        QVERIFY2(first.start(m_cluster, {u"transaction"_s, u"options"_s, 1}),
                 qPrintable(first.error()));
        DatabaseUrl url = m_url;
        url.schema = u"app2"_s;
        url.port = first.port();
        url.standIns = {{m_url.host, m_poolers[Ignoring].port()}, {m_url.host, m_url.port}};
        url.libpqKeys[u"target_session_attrs"_s] = u"read-write"_s;
        const auto connection = open(url);
        const auto write = [&] { return connection->run(u"INSERT INTO t VALUES (1, 'ours')"_s); };
        QVERIFY(write());
        first.stop();
        (void)write(); // notices the loss
        const auto second = write();
        QVERIFY2(second, second ? "" : qPrintable(second.error().detail));
        QVERIFY(connection->isPooled());
        m_poolers[Ignoring].stop();
        (void)write();
        const auto third = write();
        QVERIFY2(third, third ? "" : qPrintable(third.error().detail));
        QVERIFY(!connection->isPooled());
        QVERIFY(m_poolers[Ignoring].restart());
        QCOMPARE(text(*open(m_url), u"SELECT count(*) FROM public.t"_s), u"1"_s);
        QVERIFY(text(*open(m_url), u"SELECT count(*) FROM app2.t"_s).toInt() >= 3);
    }

    void oneThatSplitsTransactionsIsRefused()
    {
        for (const QString& ignored : {u""_s, u"options"_s}) {
            test::PgBouncer splitting;
            QVERIFY2(splitting.start(m_cluster, {u"statement"_s, ignored, 3}),
                     qPrintable(splitting.error()));
            DatabaseUrl url = m_url;
            url.port = splitting.port();
            const auto opened = Connection::open(url, OpenMode::ReadWrite);
            QVERIFY(!opened);
            QVERIFY2(opened.error().detail.contains(u"statement pooling"_s),
                     qPrintable(opened.error().detail));
            QCOMPARE(opened.error().kind, ErrorKind::Denied);
        }
    }
};

QTEST_GUILESS_MAIN(TestPgPoolers)
#include "tst_pgpoolers.moc"
