// SPDX-License-Identifier: GPL-3.0-or-later
// scan --to: pictures in a bucket, in a served folder and in the application's own hands; and
// beside another processor. Whatever fails leaves nothing half-written.
#include "core/store/jobstore.h"
#include "tests/e2e/serving.h"
#include "tests/support/bucketserver.h"
#include "tests/support/pgcluster.h"
#include "tests/support/webserver.h"

#include <QDir>
#include <QFile>
#include <QTest>
#include <QUrl>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using test::BucketServer;
using test::WebServer;

namespace {
// As the application's tables are deployed.
const QString kApplication = uR"(
CREATE TABLE "Tenant" ("id" UUID PRIMARY KEY, "name" TEXT NOT NULL);
CREATE TABLE "User" ("id" UUID PRIMARY KEY, "tenantId" UUID REFERENCES "Tenant", "email" TEXT);
CREATE TABLE "Job" ("id" UUID PRIMARY KEY DEFAULT gen_random_uuid(), "type" TEXT NOT NULL,
    "payload" JSONB NOT NULL, "status" TEXT DEFAULT 'pending', "attempts" INTEGER DEFAULT 0,
    "error" TEXT, "createdAt" TIMESTAMP(6) DEFAULT CURRENT_TIMESTAMP, "completedAt" TIMESTAMP(6));
CREATE TABLE "ImageScan" ("id" UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    "tenantId" UUID NOT NULL REFERENCES "Tenant", "userId" UUID NOT NULL REFERENCES "User",
    "imageUrl" TEXT NOT NULL, "scanType" TEXT NOT NULL, "extractedData" JSONB NOT NULL DEFAULT '{}',
    "customerId" UUID, "status" TEXT DEFAULT 'processing', "errorMessage" TEXT,
    "createdAt" TIMESTAMP(6) DEFAULT CURRENT_TIMESTAMP, "completedAt" TIMESTAMP(6));
INSERT INTO "Tenant" VALUES ('11111111-1111-4111-8111-111111111111', 'Weinhaus');
INSERT INTO "Tenant" VALUES ('22222222-2222-4222-8222-222222222222', 'Brauerei');
INSERT INTO "User" VALUES ('33333333-3333-4333-8333-333333333333',
    '11111111-1111-4111-8111-111111111111', 'maren@weinhaus.example');
INSERT INTO "User" VALUES ('44444444-4444-4444-8444-444444444444',
    '22222222-2222-4222-8222-222222222222', 'tomo@brauerei.example');)"_s;
const QString kCookie = u"sid=cookie-canary"_s;
} // namespace

class tst_CtlUploads : public ServeTest
{
    Q_OBJECT

    std::unique_ptr<BucketServer> m_bucket;

    void useBucket()
    {
        m_bucket = std::make_unique<BucketServer>();
        QVERIFY(m_bucket->start());
        setVariable(u"AWS_ACCESS_KEY_ID"_s, QString::fromLatin1(BucketServer::kKeyId));
        setVariable(u"AWS_SECRET_ACCESS_KEY"_s, QString::fromLatin1(BucketServer::kSecret));
    }
    QString imageUrl() const { return sql(u"SELECT \"imageUrl\" FROM \"ImageScan\""_s).toString(); }
    void verifyNothingWritten() const
    {
        QCOMPARE(sql(u"SELECT COUNT(*) FROM \"ImageScan\""_s).toInt(), 0);
        QCOMPARE(sql(u"SELECT COUNT(*) FROM \"Job\""_s).toInt(), 0);
        QCOMPARE(sql(u"SELECT COUNT(*) FROM queuedeck_image"_s).toInt(), 0);
        QCOMPARE(sql(u"SELECT COUNT(*) FROM queuedeck_journal"_s).toInt(), 0);
    }
    // The server answers on this thread meanwhile.
    Ran run(const QStringList& arguments) const
    {
        return test::meanwhile([&] { return json(arguments); });
    }

private Q_SLOTS:
    void cleanup()
    {
        m_bucket.reset();
        CtlTest::cleanup();
    }

    void intoABucketAndReadFromThere()
    {
        useBucket();
        VERIFY_CODE(json({u"init"_s}), 0);
        const QString place = m_bucket->place(u"cards"_s);
        const Ran ran = json({u"scan"_s, cards()[0], u"--to"_s, place, u"--wait"_s});
        VERIFY_CODE(ran, 0);
        QCOMPARE(m_bucket->objects().size(), 1);
        QVERIFY2(imageUrl().startsWith(m_bucket->url(u"cards/queuedeck/business_card/"_s)),
                 qPrintable(imageUrl()));
        QCOMPARE(sql(u"SELECT json_extract(\"payload\", '$.imageUrl') FROM \"Job\""_s).toString(),
                 imageUrl());
        QCOMPARE(sql(u"SELECT length(bytes) FROM queuedeck_image"_s).toInt(), 0);
        const QJsonObject line = ran.lines().first();
        QCOMPARE(line[u"status"_s].toString(), u"completed"_s);
        QVERIFY(!line[u"extractedData"_s].toObject()[u"name"_s].toString().isEmpty());
        QVERIFY(!(ran.out + ran.err).contains("canary"));
        QVERIFY(!(ran.out + ran.err).contains(BucketServer::kKeyId));
        // It is remembered, and the same picture is recognised although its bytes are elsewhere.
        VERIFY_CODE(json({u"scan"_s, cards()[1]}), 0);
        QCOMPARE(m_bucket->objects().size(), 2);
        VERIFY_CODE(json({u"scan"_s, cards()[2], u"--to"_s, u"table"_s}), 0);
        VERIFY_CODE(json({u"scan"_s, cards()[3]}), 0);
        QCOMPARE(m_bucket->objects().size(), 2);
    }

    void theEnvironmentNamesAPlaceToo()
    {
        useBucket();
        setVariable(u"QUEUEDECK_UPLOAD_TO"_s, m_bucket->place(u"cards"_s, u"host"_s));
        VERIFY_CODE(json({u"scan"_s, cards()[0]}), 0);
        QCOMPARE(m_bucket->objects().size(), 1);
        QVERIFY(imageUrl().startsWith(u"http://cards.localhost:"_s));
        setVariable(u"QUEUEDECK_UPLOAD_TO"_s, u"s3:https://u:canary@x.example/cards"_s);
        const Ran ran = json({u"scan"_s, cards()[0]});
        VERIFY_CODE(ran, 4);
        QVERIFY(ran.err.contains("QUEUEDECK_UPLOAD_TO"));
        QVERIFY(!(ran.out + ran.err).contains("canary"));
    }

    void whatFailsLeavesNothing_data()
    {
        QTest::addColumn<QString>("bucket");
        QTest::addColumn<int>("code");
        QTest::addColumn<QByteArray>("says");
        QTest::newRow("no such bucket") << u"missing"_s << 4 << QByteArray("NoSuchBucket");
        QTest::newRow("no right") << u"locked"_s << 4 << QByteArray("AccessDenied");
        QTest::newRow("cannot be fetched")
            << u"hidden"_s << 4 << QByteArray("cannot be fetched from http://127.0.0.1");
        QTest::newRow("answer lost") << u"silent"_s << 3 << QByteArray("ended");
        QTest::newRow("busy") << u"busy"_s << 3 << QByteArray("SlowDown");
    }
    void whatFailsLeavesNothing()
    {
        QFETCH(QString, bucket);
        QFETCH(int, code);
        QFETCH(QByteArray, says);
        useBucket();
        VERIFY_CODE(json({u"init"_s}), 0);
        const Ran ran = json({u"scan"_s, cards()[0], u"--to"_s, m_bucket->place(bucket)});
        VERIFY_CODE(ran, code);
        QVERIFY2(ran.err.contains(says), ran.told().constData());
        QVERIFY(!(ran.out + ran.err).contains("canary"));
        QCOMPARE(m_bucket->objects(), QStringList());
        verifyNothingWritten();
    }

    void aRowThatCannotBeWrittenTakesItsPictureAlong()
    {
        useBucket();
        VERIFY_CODE(json({u"init"_s}), 0);
        sql(u"CREATE TRIGGER no_jobs BEFORE INSERT ON \"Job\" BEGIN "
            "SELECT RAISE(ABORT, 'no jobs today'); END"_s);
        Ran ran = json({u"scan"_s, cards()[0], u"--to"_s, m_bucket->place(u"cards"_s)});
        QVERIFY(ran.code != 0);
        QCOMPARE(m_bucket->requests().size(), 2); // put, and removed
        QCOMPARE(m_bucket->objects(), QStringList());
        verifyNothingWritten();
        // One that cannot be removed is told.
        ran = json({u"scan"_s, cards()[0], u"--to"_s, m_bucket->place(u"stubborn"_s)});
        QVERIFY(ran.code != 0);
        QVERIFY2(ran.err.contains("The picture may be there"), ran.told().constData());
        verifyNothingWritten();
    }

    void withoutAKeyNothingIsSent()
    {
        useBucket();
        setVariable(u"AWS_SECRET_ACCESS_KEY"_s, {});
        const Ran ran = json({u"scan"_s, cards()[0], u"--to"_s, m_bucket->place(u"cards"_s)});
        VERIFY_CODE(ran, 4);
        QVERIFY2(ran.err.contains("AWS_SECRET_ACCESS_KEY"), ran.told().constData());
        QCOMPARE(m_bucket->requests().size(), 0);
    }

    void keysOfPlacesHaveTheirForms()
    {
        setVariable(u"DBUS_SESSION_BUS_ADDRESS"_s, u"unix:path=/nowhere"_s);
        const QString bucket = u"s3:https://minio.example/cards"_s;
        const QStringList store{u"key"_s, u"store"_s, u"--pictures"_s};
        Ran ran = ctl(store + QStringList{bucket}, "canary-without-colon\n");
        VERIFY_CODE(ran, 2);
        QVERIFY2(ran.err.contains("ACCESSKEYID:SECRET"), ran.told().constData());
        ran = ctl(store + QStringList{u"app:https://app.example"_s}, "canary\n");
        VERIFY_CODE(ran, 2);
        QVERIFY2(ran.err.contains("NAME=VALUE"), ran.told().constData());
        ran = ctl(store + QStringList{u"table"_s}, "canary\n");
        VERIFY_CODE(ran, 2);
        // Without a keychain it says where to put it.
        ran = ctl(store + QStringList{bucket}, "ID:canary\n");
        QVERIFY(ran.code != 0);
        QVERIFY2(ran.err.contains("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"),
                 ran.told().constData());
        QVERIFY(!ran.err.contains("canary"));
        setVariable(u"AWS_SECRET_ACCESS_KEY"_s, u"canary"_s);
        ran = json({u"key"_s, u"look"_s, u"--pictures"_s, bucket});
        VERIFY_CODE(ran, 0);
        QCOMPARE(ran.json()[u"source"_s].toString(), u"environment"_s);
    }

    void intoAFolderThatIsServed()
    {
        Served served;
        const QString folder = path(u"cards"_s);
        QVERIFY(QDir().mkpath(folder));
        QVERIFY(serve(served, {u"--pictures"_s, folder}));
        const QString place = u"folder:%1?public=%2"_s.arg(folder, served.url);
        const Ran ran = json({u"scan"_s, cards()[0], u"--to"_s, place, u"--wait"_s});
        VERIFY_CODE(ran, 0);
        QCOMPARE(ran.lines().first()[u"status"_s].toString(), u"completed"_s);
        const QStringList files = QDir(folder).entryList(QDir::Files);
        QCOMPARE(files.size(), 1);
        QCOMPARE(imageUrl(), served.url + u"/pictures/"_s + files.first());
    }

    void aFolderThatNobodyServesIsNotUsed()
    {
        VERIFY_CODE(json({u"init"_s}), 0);
        const QString folder = path(u"cards"_s);
        const Ran ran = json({u"scan"_s, cards()[0], u"--to"_s,
                              u"folder:%1?public=http://127.0.0.1:9"_s.arg(folder)});
        VERIFY_CODE(ran, 4);
        QVERIFY2(ran.err.contains("no processor could read them"), ran.told().constData());
        QVERIFY(QDir(folder).isEmpty());
        verifyNothingWritten();
    }

    void servedPicturesNeedTheirNames()
    {
        const QString folder = path(u"cards"_s);
        QVERIFY(QDir().mkpath(folder));
        const QString name = u"0123456789abcdef0123456789abcdef.png"_s;
        QVERIFY(QFile::copy(cards()[0], folder + u'/' + name));
        QVERIFY(QFile::copy(cards()[0], folder + u"/other.png"_s));
        QVERIFY(QFile::copy(cards()[0], path(u"outside.png"_s)));
        QVERIFY(QFile::link(path(u"outside.png"_s),
                            folder + u"/11111111111111111111111111111111.png"_s));
        QVERIFY(QDir(folder).mkdir(u"22222222222222222222222222222222.png"_s));
        Served served;
        QVERIFY(serve(served, {u"--pictures"_s, folder}));
        QFile file(cards()[0]);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        const QByteArray path = "/pictures/" + name.toLatin1();
        const Client client = served.client();
        Answer answer = client.ask("GET", path);
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.body, bytes);
        QVERIFY(answer.says("Content-Type: image/png"));
        QVERIFY(answer.says("X-Content-Type-Options: nosniff"));
        answer = client.ask("HEAD", path);
        QCOMPARE(answer.status, 200);
        QVERIFY(answer.says("Content-Length: " + QByteArray::number(bytes.size())));
        for (const char* gone : {"/pictures/11111111111111111111111111111111.png", // a link
                                 "/pictures/22222222222222222222222222222222.png", // a folder
                                 "/pictures/fedcba9876543210fedcba9876543210.png"})
            QCOMPARE(client.ask("GET", gone).status, 404);
        // Neither names nor anything outside can be asked for.
        for (const char* refused :
             {"/pictures/", "/pictures", "/pictures/other.png", "/pictures/../outside.png",
              "/pictures/%2e%2e/outside.png", "/pictures/..%2foutside.png",
              "/pictures//0123456789abcdef0123456789abcdef.png",
              "/pictures/0123456789ABCDEF0123456789ABCDEF.png",
              "/pictures/0123456789abcdef0123456789abcdef.png%00",
              "/pictures/0123456789abcdef0123456789abcdef.PNG",
              "/pictures/0123456789abcdef0123456789abcdef.png/"})
            QVERIFY2(client.ask("GET", refused).status != 200, refused);
        QCOMPARE(client.ask("POST", path).status, 405);
        QCOMPARE(client.raw("GET " + path + " HTTP/1.1\r\nHost: evil.example\r\n\r\n").status, 421);
        Served without;
        QVERIFY(serve(without));
        QCOMPARE(without.client().ask("GET", path).status, 401);
        const Ran ran = ctl({u"serve"_s, u"--pictures"_s, file.fileName()});
        VERIFY_CODE(ran, 2);
    }

    void throughTheApplication()
    {
        VERIFY_CODE(json({u"init"_s}), 0);
        setVariable(u"QUEUEDECK_APP_COOKIE"_s, kCookie);
        const QString scan = u"01a20984-0000-7000-8000-00000000000a"_s;
        const QString job = u"01a20984-0000-7000-8000-00000000000b"_s;
        const QString url = u"https://bucket.example/t/business_card/1-a.png"_s;
        bool writes = true;
        WebServer server([&](QTcpSocket& socket, const test::WebRequest& request) {
            if (writes && request.header("cookie") == kCookie.toLatin1()) {
                sql(u"INSERT INTO \"ImageScan\" (\"id\", \"tenantId\", \"userId\", \"imageUrl\", "
                    "\"scanType\", \"status\", \"createdAt\") VALUES ('%1', 't', 'u', '%2', "
                    "'business_card', 'processing', strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now'))"_s
                        .arg(scan, url));
                sql(u"INSERT INTO \"Job\" (\"id\", \"type\", \"payload\", \"status\", "
                    u"\"attempts\", "
                    "\"createdAt\") VALUES ('%1', 'image_extraction', '{\"scanId\":\"%2\","
                    "\"imageUrl\":\"%3\",\"scanType\":\"business_card\"}', 'pending', 0, "
                    "strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now'))"_s.arg(job, scan, url));
            }
            socket.write(WebServer::counted(200, "application/json",
                                            "{\"scanId\":\"" + scan.toLatin1() +
                                                "\",\"status\":\"processing\"}"));
            socket.disconnectFromHost();
        });
        const QString place = u"app:"_s + server.url({});
        Ran ran = run({u"scan"_s, cards()[0], u"--to"_s, place});
        VERIFY_CODE(ran, 0);
        QCOMPARE(ran.lines().first()[u"scanId"_s].toString(), scan);
        QCOMPARE(ran.lines().first()[u"jobId"_s].toString(), job);
        QCOMPARE(server.requests().first().target, "/api/scan/business-card");
        QVERIFY(!(ran.out + ran.err).contains("canary"));
        // Another database: it is said.
        sql(u"DELETE FROM \"ImageScan\""_s);
        writes = false;
        ran = run({u"scan"_s, cards()[1], u"--to"_s, place, u"--type"_s, u"liquor_license"_s});
        QVERIFY(ran.code != 0);
        QVERIFY2(ran.err.contains("Does the application use another database?"),
                 ran.told().constData());
        QCOMPARE(server.requests().last().target, "/api/scan/license");
    }

    void besideAnotherProcessor()
    {
        test::PgCluster cluster;
        QVERIFY2(cluster.start(), qPrintable(cluster.error()));
        const db::DatabaseUrl url = cluster.freshDatabase();
        const auto ask = [&url](const QString& statement) {
            const auto connection = db::Connection::open(url, db::OpenMode::ReadWrite);
            const auto rows = connection ? (*connection)->run(statement) : connection.error();
            if (!rows)
                qFatal("%s: %s", qPrintable(statement), qPrintable(rows.error().detail));
            return rows->isEmpty() ? QString() : (*rows)[0].text(0);
        };
        for (const QString& statement : kApplication.split(u';', Qt::SkipEmptyParts))
            ask(statement);
        const auto encoded = [](const QString& text) {
            return QString::fromLatin1(QUrl::toPercentEncoding(text));
        };
        setVariable(u"QUEUEDECK_DATABASE_URL"_s,
                    u"postgresql://%1:%2@%3:%4/%5"_s.arg(encoded(url.user), encoded(url.password),
                                                         url.host, QString::number(url.port),
                                                         url.database));
        VERIFY_CODE(json({u"init"_s}), 0);
        const QString card = cards()[0];
        const QStringList maren{u"--tenant"_s, u"Weinhaus"_s, u"--user"_s,
                                u"maren@weinhaus.example"_s};

        // It would take the job and could not read the picture.
        Ran ran = json(QStringList{u"scan"_s, card} + maren);
        VERIFY_CODE(ran, 4);
        QVERIFY2(ran.err.contains("Another processor works on this table"), ran.told().constData());
        QCOMPARE(ask(u"SELECT COUNT(*)::text FROM \"Job\""_s), u"0"_s);

        ran = json({u"scan"_s, u"--owners"_s});
        VERIFY_CODE(ran, 0);
        QCOMPARE(ran.lines().size(), 4);
        QCOMPARE(ran.lines()[0][u"name"_s].toString(), u"Brauerei"_s);
        QCOMPARE(ran.lines()[2][u"kind"_s].toString(), u"user"_s);

        useBucket();
        const QStringList to{u"--to"_s, m_bucket->place(u"cards"_s)};
        ran = json(QStringList{u"scan"_s, card} + to); // whose?
        VERIFY_CODE(ran, 2);
        QVERIFY2(ran.err.contains("Brauerei") && ran.err.contains("Weinhaus"),
                 ran.told().constData());
        QCOMPARE(m_bucket->requests().size(), 0);
        VERIFY_CODE(json(QStringList{u"scan"_s, card} + to + maren), 0);
        QVERIFY(m_bucket->objects().value(0).startsWith(
            u"cards/11111111-1111-4111-8111-111111111111/business_card/"_s));
        QCOMPARE(ask(u"SELECT \"payload\" ->> 'imageUrl' FROM \"Job\""_s),
                 ask(u"SELECT \"imageUrl\" FROM \"ImageScan\""_s));
        // All of it is remembered.
        VERIFY_CODE(json({u"scan"_s, cards()[1]}), 0);
        QCOMPARE(ask(u"SELECT COUNT(*)::text FROM \"ImageScan\" WHERE \"userId\" = "
                     "'33333333-3333-4333-8333-333333333333'"_s),
                 u"2"_s);
        // Another tenant is not combined with the remembered user.
        VERIFY_CODE(json({u"scan"_s, cards()[2], u"--tenant"_s, u"Brauerei"_s}), 0);
        QCOMPARE(ask(u"SELECT COUNT(*)::text FROM \"ImageScan\" WHERE \"userId\" = "
                     "'44444444-4444-4444-8444-444444444444'"_s),
                 u"1"_s);
        // Where nothing else works, the database will do.
        VERIFY_CODE(json({u"scan"_s, cards()[3], u"--to"_s, u"table"_s, u"--alone"_s}), 0);
        QCOMPARE(m_bucket->objects().size(), 3);
    }
};

QTEST_GUILESS_MAIN(tst_CtlUploads)
#include "tst_ctl_uploads.moc"
