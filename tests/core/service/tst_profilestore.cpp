// SPDX-License-Identifier: GPL-3.0-or-later
// The file of saved connections in a real folder: what others wrote, what cannot be read, what
// cannot be written; imports and exports; and that no password is ever in a file.
#include "core/service/connectionhealth.h"
#include "core/service/connectiontest.h"
#include "core/service/encryption.h"
#include "core/service/jobservice.h"
#include "core/service/keyservice.h"
#include "core/service/profileimport.h"
#include "core/service/profilestore.h"
#include "core/store/jobstore.h"
#include "tests/support/pgbouncer.h"
#include "tests/support/sessions.h"

#include <QDir>
#include <QTemporaryDir>
#include <QUrl>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace queuedeck::service;
using base::ErrorKind;
using domain::Profile;
using tests::await;
using tests::waitFor;

class TestProfileStore : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_home;

    static Profile named(const QString& name, const QString& address = u"sqlite:/srv/a.db"_s)
    {
        return {{}, {name}, address};
    }
    QByteArray content() const
    {
        QFile file(profilestore::file());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    void write(const QString& path, const QByteArray& bytes)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    }
    static QStringList names(const SavedConnections& saved)
    {
        QStringList all;
        for (const Profile& profile : saved.profiles)
            all += profile.rules.name;
        return all;
    }
    static QString address(const db::DatabaseUrl& url, bool withPassword = true)
    {
        const auto encoded = [](const QString& text) {
            return QString::fromLatin1(QUrl::toPercentEncoding(text));
        };
        return u"postgresql://%1%2@%3:%4/%5"_s.arg(
            encoded(url.user), withPassword ? u':' + encoded(url.password) : QString(), url.host,
            QString::number(url.port), url.database);
    }

private Q_SLOTS:
    void init()
    {
        m_home = std::make_unique<QTemporaryDir>();
        qputenv("QUEUEDECK_HOME", QFile::encodeName(m_home->filePath(u"home"_s)));
    }

    void savesChangesAndRemoves()
    {
        QVERIFY(profilestore::read().profiles.isEmpty());
        QVERIFY(profilestore::read().problem.isEmpty());
        QVERIFY(!QFile::exists(profilestore::file())); // reading makes nothing
        SavedConnections saved = await(profilestore::save(named(u"shop"_s)));
        Profile shop = saved.profiles.first();
        QVERIFY(!shop.id.isEmpty());
        QCOMPARE(QFile::permissions(profilestore::file()) & (QFile::ReadGroup | QFile::ReadOther),
                 QFile::Permissions());
        shop.rules.name = u"store"_s;
        saved = await(profilestore::save(shop));
        QCOMPARE(names(saved), QStringList{u"store"_s});
        // A name is there once, whatever its case; the file stays as it is.
        const QByteArray before = content();
        const auto twice = waitFor(profilestore::save(named(u"STORE"_s)));
        QVERIFY(!twice);
        QCOMPARE(twice.error().kind, ErrorKind::Invalid);
        QVERIFY(!waitFor(profilestore::save(named(u"x"_s, u"nonsense"_s))));
        QCOMPARE(content(), before);
        saved = await(profilestore::add({named(u"store"_s), named(u"store"_s)}));
        QCOMPARE(names(saved), (QStringList{u"store"_s, u"store 2"_s, u"store 3"_s}));
        QCOMPARE(names(await(profilestore::remove(shop.id))),
                 (QStringList{u"store 2"_s, u"store 3"_s}));
    }

    void aPasswordIsNeverInTheFile()
    {
        await(profilestore::save(named(u"shop"_s, u"postgresql://me:s3cr3t-x@db/jobs"_s)));
        QVERIFY(!content().contains("s3cr3t"));
        QCOMPARE(profilestore::read().profiles.first().address, u"postgresql://me@db/jobs"_s);
        // Nor does one that a hand wrote there come out of it.
        write(profilestore::file(), // by hand
              "{\"version\":1,\"connections\":[{\"name\":\"a\",\"id\":\"1\",\"password\":\"s3cr3t-"
              "y\","
              "\"address\":\"postgresql://me:s3cr3t-x@db/jobs\"}]}");
        const Profile read = profilestore::read().profiles.first();
        QVERIFY(!read.address.contains("s3cr3t"_L1));
        const QString path = m_home->filePath(u"out.json"_s);
        QCOMPARE(await(exportConnections({read}, path)), 1);
        QFile exported(path);
        QVERIFY(exported.open(QIODevice::ReadOnly));
        QVERIFY(!exported.readAll().contains("s3cr3t"));
    }

    void whatCannotBeReadIsKept()
    {
        QDir().mkpath(QFileInfo(profilestore::file()).path());
        for (const QByteArray& broken : {QByteArray("{\"version\":1,\"connec"), QByteArray("hello"),
                                         QByteArray(), QByteArray(5'000'000, ' ')}) {
            QFile::remove(profilestore::file());
            for (const QFileInfo& old :
                 QDir(m_home->filePath(u"home"_s)).entryInfoList({u"*unreadable*"_s}))
                QFile::remove(old.filePath());
            write(profilestore::file(), broken);
            const SavedConnections read = profilestore::read();
            QVERIFY(read.profiles.isEmpty());
            QVERIFY2(read.problem.contains(profilestore::file()), qPrintable(read.problem));
            QCOMPARE(content(), broken); // reading changes nothing
            QVERIFY(!waitFor(profilestore::remove(u"1"_s)));
            QCOMPARE(content(), broken); // nor does anything but saving
            QCOMPARE(names(await(profilestore::save(named(u"shop"_s)))), QStringList{u"shop"_s});
            QFile aside(profilestore::file() + u".unreadable-1"_s);
            QVERIFY(aside.open(QIODevice::ReadOnly));
            QCOMPARE(aside.readAll(), broken);
        }
    }

    void aNewerFileIsUsedAndNotChanged()
    {
        QDir().mkpath(QFileInfo(profilestore::file()).path());
        const QByteArray newer =
            R"({"version":9,"connections":[{"id":"1","name":"a","address":"sqlite:/a.db"}]})";
        write(profilestore::file(), newer);
        QVERIFY(profilestore::read().isNewer);
        QCOMPARE(names(profilestore::read()), QStringList{u"a"_s});
        const auto refused = waitFor(profilestore::save(named(u"b"_s)));
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ErrorKind::Denied);
        QVERIFY(!waitFor(profilestore::remove(u"1"_s)));
        QCOMPARE(content(), newer);
    }

    void whatCannotBeWrittenSaysSo()
    {
        await(profilestore::save(named(u"a"_s)));
        const QByteArray before = content();
        // Even root cannot replace a folder by a file.
        QFile::remove(profilestore::file());
        QDir().mkpath(profilestore::file() + u"/inner"_s);
        const auto refused = waitFor(profilestore::save(named(u"b"_s)));
        QVERIFY(!refused || QFile::exists(profilestore::file() + u".unreadable-1/inner"_s));
        QVERIFY(!before.isEmpty());
        const auto exported = waitFor(exportConnections({named(u"a"_s)}, u"/proc/nowhere/x"_s));
        QVERIFY(!exported);
        QCOMPARE(exported.error().kind, ErrorKind::Denied);
    }

    // Two processes at once, each with its own idea of what is there.
    void whatOthersSavedMeanwhileStays()
    {
        for (int i = 0; i < 20; ++i) {
            await(profilestore::save(named(u"mine %1"_s.arg(i))));
            const SavedConnections now = profilestore::read();
            QVERIFY(now.profiles.size() == i + 1);
        }
        QVector<QFuture<base::Result<SavedConnections>>> all;
        for (int i = 0; i < 20; ++i)
            all += profilestore::save(named(u"more %1"_s.arg(i)));
        for (const auto& one : all)
            QVERIFY(waitFor(one));
        QCOMPARE(profilestore::read().profiles.size(), 40);
    }

    void anAddressIsRecognised()
    {
        Profile profile = named(u"shop"_s, u"postgresql://me@db.example/jobs?sslmode=require"_s);
        profile.rules.environment = domain::Environment::Production;
        const domain::Profiles all{named(u"x"_s), profile};
        const auto found = [&](const QString& text) {
            const auto one = profilestore::profileOf(all, text);
            return one ? one->rules.name : QString();
        };
        QCOMPARE(found(u"postgres://me:secret@db.example:5432/jobs"_s), u"shop"_s);
        QCOMPARE(found(u"postgres://you@db.example/jobs"_s), QString()); // other rights
        QCOMPARE(found(u"postgres://me@db.example/other"_s), QString());
        QCOMPARE(found(u"file:/srv/a.db"_s), u"x"_s);
        QCOMPARE(found(u"nonsense"_s), QString());
    }

    void remoteServersAreCheckedUnlessSaidOtherwise()
    {
        using E = Encryption;
        const QString full = withUsualEncryption(u"postgresql://me@db.example/jobs"_s);
        QCOMPARE(full, u"postgresql://me@db.example/jobs?sslmode=verify-full&sslrootcert=system"_s);
        QCOMPARE(encryptionOf(full), E::Full);
        for (const QString& same :
             {u"postgresql://me@localhost/jobs"_s, u"postgresql://me@127.0.0.1/jobs"_s,
              u"postgresql://me@/jobs?host=/run/pg"_s, u"sqlite:/a.db"_s, u"nonsense"_s,
              u"postgresql://me@db.example/jobs?sslmode=disable"_s})
            QCOMPARE(withUsualEncryption(same), same);
        for (const QString& start :
             {u"postgresql://me@db.example/jobs?schema=app&sslmode=prefer&table=J"_s,
              u"postgresql://me@db.example/jobs?ssl=true"_s,
              u"host='db.example' dbname='jobs' sslmode=require user='me'"_s}) {
            for (const E wanted : {E::Full, E::None, E::Unchecked, E::FullOwn, E::WhereOffered}) {
                const QString changed = withEncryption(start, wanted);
                QVERIFY2(encryptionOf(changed) == wanted, qPrintable(changed));
                const auto url = db::DatabaseUrl::parse(changed);
                QVERIFY(url && url->host == "db.example"_L1 && url->database == "jobs"_L1);
                if (start.contains("schema"_L1))
                    QVERIFY(url->schema == "app"_L1 && url->table == "J"_L1);
            }
        }
    }

    void importsWhatOthersWrote()
    {
        const QString env = m_home->filePath(u".env"_s);
        write(env, "# shop\nDB_USER=me\nDATABASE_URL=\"postgresql://${DB_USER}:p%40ss#1x"
                   "@db.example:6543/postgres?schema=public&pgbouncer=true\"\n"
                   "export STAGING_DATABASE_URL='postgres://me:q@stg.example/shop'\n"
                   "LOCAL_URL=file:./dev.db\nBROKEN_URL=postgresql://${NOBODY}@h/d\n"
                   "SITE_URL=https://shop.example\nBAD_URL=postgresql://me:hunter2@\n");
        const FoundConnections found = await(findConnections(env));
        QCOMPARE(found.all.size(), 2); // the first has a # in its password, which no URL may have
        const auto one = [&](const QString& name) -> const FoundConnection* {
            for (const FoundConnection& each : found.all) {
                if (each.profile.rules.name == name)
                    return &each;
            }
            return nullptr;
        };
        QVERIFY(one(u"staging"_s));
        QCOMPARE(one(u"staging"_s)->profile.address,
                 u"postgres://me@stg.example/shop?sslmode=verify-full&sslrootcert=system"_s);
        QCOMPARE(one(u"staging"_s)->password, base::Secret(QByteArray("q")));
        QVERIFY(one(u"local"_s));
        QVERIFY(one(u"local"_s)->profile.address.endsWith(u"/dev.db"_s));
        QVERIFY(one(u"local"_s)->profile.address.contains(m_home->path()));
        const QString problems =
            QStringList(found.problems.cbegin(), found.problems.cend()).join(u' ');
        QVERIFY2(problems.contains("BROKEN_URL in line 6"_L1), qPrintable(problems));
        QVERIFY(!problems.contains("hunter2"_L1));

        const QString services = m_home->filePath(u"pg_service.conf"_s);
        write(services, "[shop]\nhost=db.example\ndbname=jobs db\nuser=o'brien\npassword=a'b\\c\n"
                        "[odd]\nservice=shop\nhost=x\n");
        const FoundConnections more = await(findConnections(services));
        QCOMPARE(more.all.size(), 1);
        QCOMPARE(more.all[0].password, base::Secret(QByteArray("a'b\\c")));
        const auto url = db::DatabaseUrl::parse(more.all[0].profile.address);
        QVERIFY(url);
        QCOMPARE(url->database, u"jobs db"_s);
        QCOMPARE(url->user, u"o'brien"_s);
        QVERIFY(url->password.isEmpty());
        QCOMPARE(more.problems.size(), 1);

        QCOMPARE(await(importConnections(found)), int(found.all.size()));
        const domain::Profiles saved = profilestore::read().profiles;
        const QString path = m_home->filePath(u"out.json"_s);
        QCOMPARE(await(exportConnections(saved, path)), int(saved.size()));
        const FoundConnections again = await(findConnections(path));
        QCOMPARE(again.all.size(), saved.size());
        QCOMPARE(again.all[0].profile.address, saved[0].address);
        QCOMPARE(await(importConnections(again)), int(saved.size()));
        QCOMPARE(profilestore::read().profiles.size(), 2 * saved.size()); // under free names

        for (const QByteArray& none : {QByteArray(), QByteArray("A=1"), QByteArray("{}"),
                                       QByteArray(2000, '\xff'), QByteArray("[x]\n")}) {
            write(env, none);
            const auto nothing = waitFor(findConnections(env));
            QVERIFY(!nothing || !nothing->problems.isEmpty());
        }
        QVERIFY(!waitFor(findConnections(m_home->path())));
    }

    void healthAndTestSayHowItIs()
    {
        test::PgCluster cluster;
        test::PgBouncer pooler;
        QVERIFY2(cluster.start(), qPrintable(cluster.error()));
        QVERIFY2(pooler.start(cluster), qPrintable(pooler.error()));
        const db::DatabaseUrl url = cluster.freshDatabase();
        using State = ConnectionHealth::State;
        using Result = TestStep::Result;
        const auto steps = [](const QString& at) {
            return testSteps(at, waitFor(service::survey(at)));
        };
        // Nothing there yet: reached, and the table is what fails.
        QVector<TestStep> found = steps(address(url));
        QCOMPARE(found[0].result, Result::Failed);
        QCOMPARE(found[0].title, u"Table Job"_s);
        QCOMPARE(found[1].result, Result::Good);
        QCOMPARE(await(connectionHealth(address(url))).state, State::Refused);

        QVERIFY(store::JobStore::initialise(url));
        {
            const auto session = tests::openSession({address(url), false, false});
            await(session->jobs().enqueue(tests::kReport, tests::kReportPayload, 3));
        }
        for (const QString& at : {address(url), address(pooler.through(url))}) {
            const ConnectionHealth health = await(connectionHealth(at));
            QCOMPARE(health.state, State::Answers);
            QCOMPARE(health.pending->count, 3);
            QCOMPARE(health.failed->count, 0);
            QCOMPARE(health.mode, domain::QueueMode::Own);
            QCOMPARE(health.isPooled, at != address(url));
            found = steps(at);
            QVERIFY(std::none_of(found.cbegin(), found.cend(), [](const TestStep& step) {
                return step.result == Result::Failed || step.result == Result::NotTried;
            }));
        }
        // Who is refused, and where nobody is.
        db::DatabaseUrl stranger = url;
        stranger.password = u"wrong"_s;
        QCOMPARE(await(connectionHealth(address(stranger))).state, State::Refused);
        found = steps(address(stranger));
        QCOMPARE(found[0].title, u"Signed in"_s);
        QCOMPARE(found[0].result, Result::Failed);
        QVERIFY(!found[0].detail.contains("wrong"_L1));
        QCOMPARE(found.last().result, Result::NotTried);
        pooler.stop();
        const ConnectionHealth gone = await(connectionHealth(address(pooler.through(url))));
        QCOMPARE(gone.state, State::NoAnswer);
        QVERIFY(!gone.problem.isEmpty());
        QCOMPARE(steps(address(pooler.through(url)))[0].title, u"Reached"_s);
        // A server that cannot encrypt, asked to.
        found = steps(withEncryption(address(url), Encryption::Full));
        QCOMPARE(found[0].title, u"Encrypted"_s);
        QCOMPARE(await(connectionHealth(u"sqlite:/nowhere/x.db"_s)).state, State::NoAnswer);
    }
};

QTEST_GUILESS_MAIN(TestProfileStore)
#include "tst_profilestore.moc"
