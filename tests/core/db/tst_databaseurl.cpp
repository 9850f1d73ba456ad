// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/db/databaseurl.h"

#include <QDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using base::ErrorKind;
using db::DatabaseUrl;

class TestDatabaseUrl : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsEveryPartOfAPostgresAddress();
    void decodesSpecialCharacters();
    void hasSensibleDefaults();
    void ignoresWhatPrismaAdds();
    void readsFiles_data();
    void readsFiles();
    void refuses_data();
    void refuses();
    void namesAnotherTable_data();
    void namesAnotherTable();
    void keywordsNameNoTable();
    void neverShowsThePassword();
};

void TestDatabaseUrl::readsEveryPartOfAPostgresAddress()
{
    const auto url = DatabaseUrl::parse(
        u" postgresql://me:secret@db.example:6543/leora?schema=app&sslmode=verify-full"
        "&connect_timeout=7&pgbouncer=true "_s);
    QVERIFY(url);
    QCOMPARE(url->dialect, db::Dialect::Postgres);
    QCOMPARE(url->host, u"db.example"_s);
    QCOMPARE(url->port, 6543);
    QCOMPARE(url->user, u"me"_s);
    QCOMPARE(url->password, u"secret"_s);
    QCOMPARE(url->database, u"leora"_s);
    QCOMPARE(url->schema, u"app"_s);
    QCOMPARE(url->sslMode, u"verify-full"_s);
    QCOMPARE(url->connectTimeout, 7);
    QVERIFY(url->pooled);
    QCOMPARE(url->name(), u"leora"_s);
}

void TestDatabaseUrl::decodesSpecialCharacters()
{
    const auto url = DatabaseUrl::parse(u"postgres://a%40b:p%3Aa%2Fs%3Fs%23%25%20w@[::1]/d%20b"_s);
    QVERIFY(url);
    QCOMPARE(url->user, u"a@b"_s);
    QCOMPARE(url->password, u"p:a/s?s#% w"_s);
    QCOMPARE(url->host, u"::1"_s);
    QCOMPARE(url->database, u"d b"_s);
}

void TestDatabaseUrl::hasSensibleDefaults()
{
    const auto url = DatabaseUrl::parse(u"postgres://localhost/db"_s);
    QVERIFY(url);
    QCOMPARE(url->port, 5432);
    QCOMPARE(url->schema, u"public"_s);
    QCOMPARE(url->connectTimeout, 5);
    QVERIFY(url->sslMode.isEmpty());
    QVERIFY(!url->pooled);
}

void TestDatabaseUrl::ignoresWhatPrismaAdds()
{
    QVERIFY(DatabaseUrl::parse(
        u"postgresql://h/db?pgbouncer=false&connection_limit=1&pool_timeout=0&socket_timeout=3"
        "&statement_cache_size=0&application_name=x"_s));
}

void TestDatabaseUrl::readsFiles_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("path");
    QTest::newRow("sqlite:") << u"sqlite:/tmp/a b.db"_s << u"/tmp/a b.db"_s;
    QTest::newRow("sqlite://") << u"sqlite:///tmp/a.db"_s << u"/tmp/a.db"_s;
    QTest::newRow("file:") << u"file:/tmp/a.db?connection_limit=1"_s << u"/tmp/a.db"_s;
    QTest::newRow("a table") << u"sqlite:/tmp/a.db?table=jobs"_s << u"/tmp/a.db"_s;
    QTest::newRow("a table and others")
        << u"file:/tmp/a.db?connection_limit=1&table=jobs"_s << u"/tmp/a.db"_s;
    QTest::newRow("relative") << u"file:./dev.db"_s << QDir::current().filePath(u"dev.db"_s);
}

void TestDatabaseUrl::readsFiles()
{
    QFETCH(QString, text);
    const auto url = DatabaseUrl::parse(text);
    QVERIFY(url);
    QCOMPARE(url->dialect, db::Dialect::Sqlite);
    QTEST(url->path, "path");
}

void TestDatabaseUrl::refuses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, const QString& text, ErrorKind kind,
                        const QString& says) { QTest::newRow(name) << text << int(kind) << says; };
    row("empty", u""_s, ErrorKind::Invalid, u"must begin with"_s);
    row("another database", u"mysql://h/db"_s, ErrorKind::Invalid, u"must begin with"_s);
    row("no file", u"sqlite:"_s, ErrorKind::Invalid, u"names no file"_s);
    row("no host", u"postgresql:///db"_s, ErrorKind::Invalid, u"lacks the host"_s);
    row("no database", u"postgresql://h"_s, ErrorKind::Invalid, u"lacks the database"_s);
    row("a bad port", u"postgresql://h:99999/db"_s, ErrorKind::Invalid, u"cannot be read"_s);
    row("sslmode", u"postgresql://h/db?sslmode=maybe"_s, ErrorKind::Invalid, u"verify-full"_s);
    row("timeout", u"postgresql://h/db?connect_timeout=301"_s, ErrorKind::Invalid, u"0 to 300"_s);
    row("timeout in words", u"postgresql://h/db?connect_timeout=x"_s, ErrorKind::Invalid,
        u"whole number"_s);
    for (const char* key : {"service", "passfile", "host", "hostaddr", "options", "sslkey",
                            "sslcert", "sslrootcert", "servicefile", "PASSFILE"})
        row(key, u"postgresql://h/db?%1=x"_s.arg(QLatin1StringView(key)), ErrorKind::Denied,
            u"not accepted"_s);
}

void TestDatabaseUrl::refuses()
{
    QFETCH(QString, text);
    QFETCH(int, kind);
    QFETCH(QString, says);
    const auto url = DatabaseUrl::parse(text);
    QVERIFY(!url);
    QCOMPARE(int(url.error().kind), kind);
    QVERIFY2(url.error().detail.contains(says), qPrintable(url.error().detail));
}

void TestDatabaseUrl::namesAnotherTable_data()
{
    QTest::addColumn<QString>("text");
    for (const char* text :
         {"postgresql://me:p%3Fw@h/db", "postgresql://h/db?schema=public", "postgres://h/db?",
          "postgresql://h/db?table=Job&sslmode=require",
          "postgresql://h/db?sslmode=require&schema=x",
          "postgresql://h/db?currentSchema=a&connect_timeout=3", "postgresql://h/db?search_path=a",
          "postgresql://h1:5432,h2:5433/db?schema=a&target_session_attrs=any",
          "postgresql:///db?host=/var/run/postgresql", "\"postgresql://me:pw@h/db?schema=a\"",
          "DATABASE_URL='postgresql://me:pw@h/db'", "sqlite:/tmp/a.db",
          "sqlite:/tmp/a.db?table=Job", "file:/tmp/a.db?connection_limit=1", "file:///tmp/a%20b.db",
          "sqlite:///tmp/a.db?table=x"})
        QTest::newRow(text) << QString::fromLatin1(text);
}

void TestDatabaseUrl::namesAnotherTable()
{
    QFETCH(QString, text);
    const auto before = DatabaseUrl::parse(text);
    QVERIFY2(before, before ? "" : qPrintable(before.error().detail));
    for (const auto& [schema, table] : {std::pair{u"app"_s, u"Job"_s},
                                        {u"public"_s, u"jobs"_s},
                                        {u"leora app"_s, u"a&b=c?%"_s},
                                        {u"ä"_s, u"Job"_s}}) {
        const auto named = DatabaseUrl::withTable(text, schema, table);
        QVERIFY2(named, named ? "" : qPrintable(named.error().detail));
        auto expected = *before;
        expected.table = table;
        if (expected.dialect == db::Dialect::Postgres)
            expected.schema = schema;
        const auto after = DatabaseUrl::parse(*named);
        QVERIFY(after);
        QCOMPARE(after->table, table);
        QVERIFY2(*after == expected, qPrintable(*named));
    }
}

void TestDatabaseUrl::keywordsNameNoTable()
{
    const auto named =
        DatabaseUrl::withTable(u"host=h dbname=db user=me password=hush"_s, u"app"_s, u"jobs"_s);
    QVERIFY(!named);
    QVERIFY(named.error().detail.contains(u"?schema=app&table=jobs"_s));
    QVERIFY(!named.error().detail.contains(u"hush"_s));
}

void TestDatabaseUrl::neverShowsThePassword()
{
    const auto url = DatabaseUrl::parse(u"postgresql://me:hush@h/db"_s);
    QVERIFY(url);
    QCOMPARE(url->display(), u"postgresql://me:•••@h:5432/db"_s);
    QCOMPARE(DatabaseUrl::sqliteFile(u"/tmp/x.db"_s).display(), u"sqlite:/tmp/x.db"_s);
    const auto bad = DatabaseUrl::parse(u"postgresql://me:hush@h/db?service=x"_s);
    QVERIFY(!bad);
    QVERIFY(!bad.error().detail.contains(u"hush"_s));
}

QTEST_GUILESS_MAIN(TestDatabaseUrl)
#include "tst_databaseurl.moc"
