// SPDX-License-Identifier: GPL-3.0-or-later
// Addresses as hosting companies, frameworks and env files write them; and that no message ever
// shows part of a password, however badly the address was written.
#include "core/db/connection.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using base::ErrorKind;
using db::DatabaseUrl;

class TestAddresses : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

private Q_SLOTS:
    void understandsHosters_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("display");
        QTest::addColumn<QString>("ssl");
        QTest::addColumn<int>("notes");
        const auto row = [](const char* name, const char* text, const char* display,
                            const char* ssl = "", int notes = 0) {
            QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(display)
                                << QString::fromUtf8(ssl) << notes;
        };
        row("Heroku", "postgres://u1a:p2b@ec2-1.compute-1.amazonaws.com:5432/d3c",
            "postgresql://u1a:•••@ec2-1.compute-1.amazonaws.com:5432/d3c");
        row("Supabase direct", "postgresql://postgres:pw@db.abc.supabase.co:5432/postgres",
            "postgresql://postgres:•••@db.abc.supabase.co:5432/postgres");
        row("Supabase pooler",
            "postgres://postgres.abc:pw@aws-0-eu-central-1.pooler.supabase.com:6543/postgres"
            "?pgbouncer=true&supa=base-pooler.x&connection_limit=1",
            "postgresql://postgres.abc:•••@aws-0-eu-central-1.pooler.supabase.com:6543/postgres",
            "", 1);
        row("Neon",
            "postgresql://neondb_owner:npg_x@ep-cool-pooler.eu-central-1.aws.neon.tech/neondb"
            "?sslmode=require&channel_binding=require",
            "postgresql://neondb_owner:•••@ep-cool-pooler.eu-central-1.aws.neon.tech:5432/neondb",
            "require");
        row("Neon, psql", "psql 'postgresql://o:pw@ep-x.neon.tech/neondb?sslmode=require'",
            "postgresql://o:•••@ep-x.neon.tech:5432/neondb", "require");
        row("Neon, endpoint",
            "postgresql://o:pw@ep-x.neon.tech/neondb?options=endpoint%3Dep-x-1&sslmode=require",
            "postgresql://o:•••@ep-x.neon.tech:5432/neondb", "require");
        row("RDS", "postgresql://master:pw@x.abc.eu-west-1.rds.amazonaws.com:5432/jobs?ssl=true",
            "postgresql://master:•••@x.abc.eu-west-1.rds.amazonaws.com:5432/jobs", "require");
        row("Render", "postgresql://u:pw@dpg-abc-a.frankfurt-postgres.render.com/db_x",
            "postgresql://u:•••@dpg-abc-a.frankfurt-postgres.render.com:5432/db_x");
        row("Railway", "postgresql://postgres:pw@roundhouse.proxy.rlwy.net:12345/railway",
            "postgresql://postgres:•••@roundhouse.proxy.rlwy.net:12345/railway");
        row("Fly", "postgres://u:pw@app-db.flycast:5432/app?sslmode=disable",
            "postgresql://u:•••@app-db.flycast:5432/app", "disable");
        row("Azure",
            "postgres://me@server:pw@server.postgres.database.azure.com/db?sslmode=require",
            "postgresql://me@server:•••@server.postgres.database.azure.com:5432/db", "require");
        row("Azure, keywords",
            "host=server.postgres.database.azure.com port=5432 dbname=db user=me@server "
            "password=pw sslmode=require",
            "postgresql://me@server:•••@server.postgres.database.azure.com:5432/db", "require");
        row("Cloud SQL", "postgresql://u:pw@/db?host=/cloudsql/proj:europe-west1:inst",
            "postgresql://u:•••@/db?host=/cloudsql/proj:europe-west1:inst");
        row("Cloud SQL, Prisma",
            "postgresql://u:pw@localhost/db?host=/cloudsql/proj:europe-west1:inst",
            "postgresql://u:•••@/db?host=/cloudsql/proj:europe-west1:inst");
        row("Cloud SQL, pg8000",
            "postgresql+pg8000://u:pw@/db?unix_sock=/cloudsql/p:r:i/.s.PGSQL.5432",
            "postgresql://u:•••@/db?host=/cloudsql/p:r:i");
        row("DigitalOcean",
            "postgresql://doadmin:pw@db-x-do-user-1-0.b.db.ondigitalocean.com:25060/defaultdb"
            "?sslmode=require",
            "postgresql://doadmin:•••@db-x-do-user-1-0.b.db.ondigitalocean.com:25060/defaultdb",
            "require");
        row("Prisma",
            "postgresql://u:pw@h:5432/db?schema=app&sslaccept=accept_invalid_certs"
            "&sslmode=require&statement_cache_size=0&pool_timeout=0&socket_timeout=9",
            "postgresql://u:•••@h:5432/db?schema=app", "require");
        row("Prisma, strict", "postgresql://u:pw@h/db?sslaccept=strict",
            "postgresql://u:•••@h:5432/db", "verify-full");
        row("node-postgres", "postgres://u:pw@h/db?sslmode=require&uselibpqcompat=true",
            "postgresql://u:•••@h:5432/db", "require", 1);
        row("SQLAlchemy", "postgresql+psycopg2://u:pw@h/db", "postgresql://u:•••@h:5432/db");
        row("asyncpg", "postgresql+asyncpg://u:pw@h/db", "postgresql://u:•••@h:5432/db");
        row("pgx", "postgres://u:pw@h/db?search_path=app",
            "postgresql://u:•••@h:5432/db?schema=app");
        row("JDBC", "jdbc:postgresql://h:5433/db?user=u&password=p%40w&currentSchema=app&ssl=true",
            "postgresql://u:•••@h:5433/db?schema=app", "require");
        row("options", "postgresql://u:pw@h/db?options=-c%20search_path%3Dapp",
            "postgresql://u:•••@h:5432/db?schema=app");
        row("options of others", "postgresql://u@h/db?options=-cstatement_timeout%3D5000",
            "postgresql://u@h:5432/db", "", 1);
        row("libpq's harmless keys",
            "postgresql://u@h/db?gssencmode=disable&keepalives=1&keepalives_idle=60"
            "&keepalives_interval=10&keepalives_count=3&tcp_user_timeout=9000&connect_timeout=0"
            "&application_name=x&target_session_attrs=any",
            "postgresql://u@h:5432/db");
        row("socket", "postgresql:///db?host=/var/run/postgresql",
            "postgresql:///db?host=/var/run/postgresql");
        row("socket, another port", "postgresql:///db?host=/tmp&port=5433",
            "postgresql:///db?host=/tmp&port=5433");
        row("socket as host", "postgresql://%2Fvar%2Frun%2Fpostgresql/db",
            "postgresql:///db?host=/var/run/postgresql");
        row("socket, with a user", "postgresql://me@%2Ftmp:5433/db",
            "postgresql://me@/db?host=/tmp&port=5433");
        row("socket, keywords", "host=/tmp dbname=db user='me too'",
            "postgresql://me too@/db?host=/tmp");
        row("several hosts", "postgresql://u:pw@h1:5432,h2:5433/db?target_session_attrs=read-write",
            "postgresql://u:•••@h1:5432,h2:5433/db");
        row("several hosts, keywords", "host=h1,h2 port=5432,5433 dbname=db",
            "postgresql://h1:5432,h2:5433/db");
        row("IPv6", "postgresql://u@[2001:db8::1]:5433,[::1]/db",
            "postgresql://u@[2001:db8::1]:5433,[::1]:5432/db");
        row("a host in its own script", "postgresql://datenbank-süd.example/db",
            "postgresql://xn--datenbank-sd-nlb.example:5432/db");
        row("quotes", "\"postgresql://u:pw@h/db\"", "postgresql://u:•••@h:5432/db");
        row("of an env file", "DATABASE_URL=\"postgresql://u:pw@h/db\"",
            "postgresql://u:•••@h:5432/db");
        row("of a shell", "export DATABASE_URL='postgresql://u:pw@h/db?schema=x'  # ours",
            "postgresql://u:•••@h:5432/db?schema=x");
        row("SQLite of an env file", "DATABASE_URL=\"file:/srv/dev.db\"", "sqlite:/srv/dev.db");
    }
    void understandsHosters()
    {
        QFETCH(QString, text);
        QFETCH(QString, display);
        QFETCH(QString, ssl);
        QFETCH(int, notes);
        const auto url = DatabaseUrl::parse(text);
        QVERIFY2(url, url ? "" : qPrintable(url.error().detail));
        QCOMPARE(url->display(), display);
        QCOMPARE(url->sslMode, ssl);
        QCOMPARE(url->notes.size(), notes);
    }

    void readsWhatCounts()
    {
        const auto neon = DatabaseUrl::parse(
            u"postgresql://o@h/db?options=endpoint%3Dep-x-1%20-c%20search_path%3Dapp"_s);
        QVERIFY(neon);
        QCOMPARE(neon->routing, u"endpoint=ep-x-1"_s);
        QCOMPARE(neon->schema, u"app"_s);
        const auto jdbc = DatabaseUrl::parse(u"jdbc:postgresql://h/db?user=u&password=p%40w"_s);
        QVERIFY(jdbc);
        QCOMPARE(jdbc->password, u"p@w"_s);
        const auto keys =
            DatabaseUrl::parse(u"postgresql://h/db?channel_binding=require&keepalives_idle=9"_s);
        QVERIFY(keys);
        QCOMPARE(keys->libpqKeys.value(u"channel_binding"_s), u"require"_s);
        QCOMPARE(keys->libpqKeys.value(u"keepalives_idle"_s), u"9"_s);
        const auto patient = DatabaseUrl::parse(u"postgresql://h/db?connect_timeout=0"_s);
        QVERIFY(patient);
        QCOMPARE(patient->connectTimeout, 60);
        const auto list = DatabaseUrl::parse(uR"(host=h dbname=db user=u password='p\'w =x')"_s);
        QVERIFY(list);
        QCOMPARE(list->password, u"p'w =x"_s);
        QFile certificates(m_folder.filePath(u"ca.pem"_s));
        QVERIFY(certificates.open(QIODevice::WriteOnly));
        const auto rds = DatabaseUrl::parse(
            u"postgresql://h/db?sslmode=verify-full&sslrootcert="_s + certificates.fileName());
        QVERIFY2(rds, rds ? "" : qPrintable(rds.error().detail));
        QCOMPARE(rds->libpqKeys.value(u"sslrootcert"_s), certificates.fileName());
        QCOMPARE(DatabaseUrl::parse(u"postgresql://h/db?sslrootcert=system"_s)->sslMode,
                 u"verify-full"_s);
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* text, const char* says) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(says);
        };
        row("postgresql://h/db?sslmode=no-verify", "write sslmode=require");
        row("postgresql://h/db?channel_binding=maybe", "disable, prefer, require");
        row("postgresql://h/db?target_session_attrs=master", "read-write");
        row("postgresql://h/db?search_path=a,b", "several schemas");
        row("postgresql://h/db?schema=a&options=-csearch_path%3Db", "two schemas");
        row("postgresql://h/db?schema=", "without a name");
        row("postgresql://h/db?options=--config-file%20x", "not accepted");
        row("postgresql://h/db?sslrootcert=/dev/zero", "not accepted");
        row("postgresql://h/db?sslrootcert=ca.pem", "not accepted");
        row("postgresql://h/db?host=other.example", "not accepted");
        row("postgresql://h/db?dbname=other", "not accepted");
        row("postgresql://h/db?port=1", "not accepted");
        row("host=h dbname=db service=x", "not accepted");
        row("host=h dbname=db passfile=/x", "not accepted");
        row("host=h hostaddr=10.0.0.1 dbname=db", "not accepted");
        row("host=h dbname='postgresql://x/y'", "%XX");
        row("postgresql:///db", "?host=/var/run/postgresql");
        row("postgresql://::1/db", "[::1]");
        row("postgresql://u:[YOUR-PASSWORD]@h/db", "placeholder");
        row("'postgresql://h/db", "quote");
        row("Host=h;Username=u;Password=x;Database=d", ".NET");
        row("PGPASSWORD=x psql -h h -U u db", "command line for psql");
        row("prisma+postgres://accelerate.prisma-data.net/?api_key=x", "DIRECT_URL");
        row("mysql://h/db", "must begin with");
        row("file:/srv/what?.db", "%3F");
        row("file:/srv/jobs.db?mode=ro", "%3F");
        row("file:/srv/100%/jobs.db", "%25");
        row("file::memory:", "names no file");
    }
    void refuses()
    {
        QFETCH(QString, text);
        QFETCH(QString, says);
        const auto url = DatabaseUrl::parse(text);
        QVERIFY2(!url, url ? qPrintable(url->display()) : "");
        QVERIFY2(url.error().detail.contains(says), qPrintable(url.error().detail));
    }

    void namesTheFile_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("path");
        const auto row = [](const char* text, const char* path) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(path);
        };
        row("file:///srv/a%20b/jobs.db", "/srv/a b/jobs.db");
        row("file:/srv/a%20b/jobs.db", "/srv/a b/jobs.db");
        row("file://localhost/srv/jobs.db", "/srv/jobs.db");
        row("file:/srv/what%3F.db", "/srv/what?.db");
        row("file:/srv/dev.db?connection_limit=1", "/srv/dev.db");
        row("sqlite:///srv/%25.db", "/srv/%.db");
        row("sqlite:/srv/100%/a%20b.db", "/srv/100%/a%20b.db");
        row("sqlite:/srv/what?.db", "/srv/what?.db");
        row("sqlite:/srv/jobs.db?mode=ro", "/srv/jobs.db?mode=ro");
        row("sqlite:/srv/dev.db?connection_limit=1", "/srv/dev.db");
        row("sqlite:/srv/c#/jobs.db", "/srv/c#/jobs.db");
    }
    void namesTheFile()
    {
        QFETCH(QString, text);
        QFETCH(QString, path);
        const auto url = DatabaseUrl::parse(text);
        QVERIFY2(url, url ? "" : qPrintable(url.error().detail));
        QCOMPARE(url->path, path);
        QCOMPARE(DatabaseUrl::parse(url->display())->path, path);
    }

    void neverShowsAPassword_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("password");
        // None of our messages contains three consecutive letters of these.
        const QStringList passwords{u"Zq7xKv"_s,           u"Zq7/xKvJ"_s,
                                    u"Zq7#xKvJ"_s,         u"Zq7@xKvJ"_s,
                                    u"Zq7?xKvJ"_s,         u"Zq7%xKvJ"_s,
                                    u"Zq7:xKvJ"_s,         u"/Zq7xKvJ"_s,
                                    u"#Zq7xKvJ"_s,         u"@Zq7xKvJ"_s,
                                    u"?Zq7xKvJ=QwX"_s,     u"%zZq7xKvJ"_s,
                                    u":Zq7xKvJ"_s,         u"Zq7xKvJ/"_s,
                                    u"Zq7xKvJ#"_s,         u"Zq7xKvJ@"_s,
                                    u"Zq7xKvJ?"_s,         u"Zq7xKvJ%"_s,
                                    u"Zq7@xKvJ/QwXz"_s,    u"Zq7/xKvJ@QwXz"_s,
                                    u"Zq7?xKvJ&QwXz"_s,    u"Zq7&xKvJ=QwX"_s,
                                    u"Zq7 xKvJ=QwX"_s,     u"Zq7'xKvJ"_s,
                                    u"Zq7\"xKvJ"_s,        u"Zq7\\xKvJ"_s,
                                    u"Zq7;xKvJ"_s,         u"Zq7,xKvJ"_s,
                                    u"[Zq7xKvJ]"_s,        u"Zq7[xKvJ"_s,
                                    u"Zq7€xKvJ"_s,         u"9876/xKvJ"_s,
                                    u"Zq7?sslmode=QwXz"_s, u"Zq7/xKvJ?schema=QwXz"_s,
                                    u"Zq7%00xKvJ"_s};
        const QStringList places{u"postgresql://me:PW@no-such-host.invalid/db"_s,
                                 u"postgres://me:PW@no-such-host.invalid:99999/db"_s,
                                 u"postgresql://me:PW@no-such-host.invalid/db?service=x"_s,
                                 u"postgresql://me:PW@no-such-host.invalid/db?sslmode=maybe"_s,
                                 u"postgresql://me:PW@no-such-host.invalid"_s,
                                 u"postgresql://me:PW@h1.invalid:1,h2.invalid/db"_s,
                                 u"postgresql://:PW@no-such-host.invalid/db"_s,
                                 u"postgresql://PW@no-such-host.invalid:x/db"_s,
                                 u"postgres:/me:PW@no-such-host.invalid/db"_s,
                                 u"postgresql://me:PW"_s,
                                 u"me:PW@no-such-host.invalid/db"_s,
                                 u"\"postgresql://me:PW@no-such-host.invalid/db"_s,
                                 u"jdbc:postgresql://no-such-host.invalid/db?user=me&password=PW"_s,
                                 u"host=no-such-host.invalid dbname=db user=me password=PW"_s,
                                 u"password=PW host=no-such-host.invalid dbname=db"_s,
                                 u"Host=h;Username=me;Password=PW"_s,
                                 u"PGPASSWORD=PW psql -h h -U me db"_s};
        int number = 0;
        for (const QString& password : passwords) {
            for (const QString& place : places)
                QTest::addRow("%d", ++number)
                    << QString(place).replace(u"PW"_s, password) << password;
        }
    }
    void neverShowsAPassword()
    {
        QFETCH(QString, text);
        QFETCH(QString, password);
        QString said;
        const auto url = DatabaseUrl::parse(text);
        if (!url) {
            said = url.error().detail;
        } else {
            said = url->display() + base::english(url->notes).join(u' ');
            const auto opened = db::Connection::open(*url, db::OpenMode::ReadOnly);
            QVERIFY(!opened);
            said += opened.error().detail;
        }
        // A password in the place of the user's name, or without a host after it, reads as a name;
        // nothing distinguishes the two.
        if (url && (text.startsWith("postgresql://"_L1 + password) ||
                    text == "postgresql://me:"_L1 + password))
            return;
        const QString plain =
            QString(password).replace(u"sslmode"_s, u"·"_s).replace(u"schema"_s, u"·"_s);
        for (qsizetype i = 0; i + 3 <= plain.size(); ++i)
            QVERIFY2(!said.contains(QStringView(plain).sliced(i, 3)),
                     qPrintable(text + u" → "_s + said));
    }

    void rawCharactersAreNamed()
    {
        for (const QString& raw : {u"/"_s, u"#"_s, u"?"_s, u"%"_s}) {
            const auto url = DatabaseUrl::parse(u"postgresql://me:pa%1ss@h/db"_s.arg(raw));
            QVERIFY2(!url, qPrintable(raw));
            QVERIFY2(url.error().detail.contains(u"special characters are written as %XX"_s),
                     qPrintable(url.error().detail));
        }
        // These have only one possible meaning.
        for (const QString& raw : {u"@"_s, u":"_s}) {
            const auto url = DatabaseUrl::parse(u"postgresql://me:pa%1ss@h/db"_s.arg(raw));
            QVERIFY2(url, qPrintable(raw));
            QCOMPARE(url->password, u"pa%1ss"_s.arg(raw));
            QCOMPARE(url->host, u"h"_s);
        }
    }
};

QTEST_GUILESS_MAIN(TestAddresses)
#include "tst_addresses.moc"
