// SPDX-License-Identifier: GPL-3.0-or-later
// A folder, Supabase and the application's own route, the last two as real local servers.
#include "core/uploads/applicationroute.h"
#include "core/uploads/picturestorage.h"
#include "tests/support/webserver.h"

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using base::ErrorKind;
using domain::UploadPlace;
using test::WebRequest;
using test::WebServer;
using uploads::UploadKey;

namespace {
const uploads::OutgoingPicture kPicture{QByteArray("\xFF\xD8 picture\0bytes\r\n--x\xFF\xD9", 24),
                                        u"image/jpeg"_s, domain::ScanType::BusinessCard, u"t-1"_s};
const UploadKey kKey{{}, base::Secret("service.canary.key"), {}};

QByteArray told(int status, const QByteArray& json)
{
    return WebServer::counted(status, "application/json", json);
}
} // namespace

class TestPictureStorage : public QObject
{
    Q_OBJECT

    std::unique_ptr<WebServer> m_server;

    void serve(WebServer::Script script)
    {
        m_server = std::make_unique<WebServer>(std::move(script));
    }
    base::Result<uploads::StoredPicture> putIntoSupabase(const UploadKey& key = kKey) const
    {
        const auto place = UploadPlace::parse(u"supabase:"_s + m_server->url(u"/cards"_s));
        return test::meanwhile([&] {
            const auto storage = uploads::makePictureStorage(*place, key);
            return (*storage)->put(kPicture, {});
        });
    }
    base::Result<domain::ScanId> sendToApplication(const QString& fileName = u"card.jpg"_s,
                                                   const QByteArray& bytes = kPicture.bytes) const
    {
        const auto place = UploadPlace::parse(u"app:"_s + m_server->url(u"/up"_s));
        uploads::OutgoingPicture picture = kPicture;
        picture.bytes = bytes;
        return test::meanwhile([&] {
            return uploads::ApplicationRoute(*place,
                                             UploadKey{{}, base::Secret("sid=canary; b=1"), {}})
                .upload(picture, fileName, {});
        });
    }

private Q_SLOTS:
    void cleanup() { m_server.reset(); }

    void aFolderHoldsWholePrivateFiles()
    {
        const QTemporaryDir dir;
        const QString folder = dir.filePath(u"a/cards"_s);
        const auto place =
            UploadPlace::parse(u"folder:%1?public=https://jobs.example"_s.arg(folder));
        const auto storage = uploads::makePictureStorage(*place, {});
        const auto stored = (*storage)->put(kPicture, {});
        QVERIFY2(stored, stored ? "" : qPrintable(stored.error().detail));
        QVERIFY(QRegularExpression(u"^[0-9a-f]{32}\\.jpg$"_s).match(stored->name).hasMatch());
        QCOMPARE(stored->imageUrl, u"https://jobs.example/pictures/"_s + stored->name);
        QFile file(folder + u'/' + stored->name);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), kPicture.bytes);
        const auto others = QFileDevice::ReadGroup | QFileDevice::ReadOther;
        QVERIFY(!(QFileInfo(folder).permissions() & others));
        QVERIFY(!(file.permissions() & others));
        QCOMPARE(QDir(folder).entryList(QDir::Files).size(), 1);
        QVERIFY((*storage)->remove(*stored));
        QVERIFY((*storage)->remove(*stored));
        QVERIFY(QDir(folder).isEmpty());
    }

    void aFolderThatCannotBeUsedSaysSo()
    {
        const QTemporaryDir dir;
        QFile file(dir.filePath(u"file"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        for (const QString& path : {file.fileName(), u"/proc/none/cards"_s}) {
            const auto place =
                UploadPlace::parse(u"folder:%1?public=https://jobs.example"_s.arg(path));
            const auto stored = (*uploads::makePictureStorage(*place, {}))->put(kPicture, {});
            QVERIFY(!stored);
            QCOMPARE(stored.error().kind, ErrorKind::Denied);
        }
    }

    void supabaseGetsThePictureAndTheKey()
    {
        serve(WebServer::always(told(200, R"({"Key":"cards/x","Id":"1"})")));
        const auto stored = putIntoSupabase();
        QVERIFY2(stored, stored ? "" : qPrintable(stored.error().detail));
        const WebRequest request = m_server->requests().value(0);
        QCOMPARE(request.method, "POST");
        QCOMPARE(request.target, "/storage/v1/object/cards/" + stored->name.toLatin1());
        QCOMPARE(request.header("authorization"), "Bearer service.canary.key");
        QCOMPARE(request.header("apikey"), "service.canary.key");
        QCOMPARE(request.header("content-type"), "image/jpeg");
        QCOMPARE(request.header("x-upsert"), "false");
        QCOMPARE(request.body, kPicture.bytes);
        QVERIFY(stored->name.startsWith(u"t-1/business_card/"_s));
        QCOMPARE(stored->imageUrl,
                 m_server->url(u"/storage/v1/object/public/cards/"_s) + stored->name);
    }

    void supabasesRefusals_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, int status, const char* json, ErrorKind kind,
                            const QString& says) {
            QTest::newRow(name) << status << QByteArray(json) << kind << says;
        };
        row("a bad key", 400,
            R"({"statusCode":"403","error":"Unauthorized","message":"Invalid Compact JWS"})",
            ErrorKind::Denied, u"Unauthorized: Invalid Compact JWS"_s);
        row("no bucket", 400,
            R"({"statusCode":"404","error":"Bucket not found","message":"Bucket not found"})",
            ErrorKind::Denied, u"Check the name of the bucket"_s);
        row("its key repeated", 403, R"({"message":"bad service.canary.key"})", ErrorKind::Denied,
            u"bad …"_s);
        row("busy", 503, "<html>", ErrorKind::Unreachable, u"answered 503."_s);
        row("hostile text", 400, R"({"message":"a\u202Eb"})", ErrorKind::Denied, u"a\\u202Eb"_s);
    }
    void supabasesRefusals()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, json);
        QFETCH(ErrorKind, kind);
        QFETCH(QString, says);
        serve(WebServer::always(told(status, json)));
        const auto stored = putIntoSupabase();
        QVERIFY(!stored);
        QCOMPARE(stored.error().kind, kind);
        QVERIFY2(stored.error().detail.contains(says), qPrintable(stored.error().detail));
        QVERIFY(!stored.error().detail.contains(u"canary"_s));
    }

    void aRedirectGetsNoKey()
    {
        WebServer other(WebServer::always(told(200, "{}")));
        serve(WebServer::always(WebServer::counted(
            307, "text/plain", {}, "Location: " + other.url(u"/x"_s).toLatin1() + "\r\n")));
        const auto stored = putIntoSupabase();
        QVERIFY(!stored);
        QCOMPARE(stored.error().kind, ErrorKind::Denied);
        QCOMPARE(other.connections(), 0);
        QCOMPARE(m_server->requests().size(), 1); // nothing was stored, so nothing is removed
    }

    void theApplicationGetsAForm()
    {
        serve(WebServer::always(told(200, R"({"scanId":"7a1c","status":"processing"})")));
        const auto scan = sendToApplication(u"Müller \"x\"\r\nX: y.PNG"_s);
        QVERIFY2(scan, scan ? "" : qPrintable(scan.error().detail));
        QCOMPARE(scan->value, u"7a1c"_s);
        const WebRequest request = m_server->requests().value(0);
        QCOMPARE(request.method, "POST");
        QCOMPARE(request.target, "/up");
        QCOMPARE(request.header("cookie"), "sid=canary; b=1");
        const QByteArray type = request.header("content-type");
        QVERIFY(type.startsWith("multipart/form-data; boundary="));
        const QByteArray boundary = type.mid(type.indexOf('=') + 1);
        const QByteArray part = "\r\n--" + boundary;
        const QByteArrayList parts = ("\r\n" + request.body).split('\n');
        QVERIFY(parts.size() > 4);
        QVERIFY(request.body.contains("name=\"image\"; filename=\"M-ller -x-X- y.jpg\"\r\n"
                                      "Content-Type: image/jpeg\r\n\r\n" +
                                      kPicture.bytes + part + "--\r\n"));
        QVERIFY(request.body.contains("name=\"scanType\"\r\n\r\nbusiness_card" + part));
        QVERIFY(!request.body.contains("\r\nX: y"));
    }

    void theApplicationsRefusals_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const QByteArray& answer, ErrorKind kind,
                            const QString& says) { QTest::newRow(name) << answer << kind << says; };
        row("signed out", told(401, R"({"error":"Unauthorized"})"), ErrorKind::Denied,
            u"Unauthorized. The session has probably ended"_s);
        row("the page to sign in",
            WebServer::counted(307, "text/html", {}, "Location: https://app.example/login\r\n"),
            ErrorKind::Denied, u"The session has probably ended"_s);
        row("no route", WebServer::counted(404, "text/html", "<html>"), ErrorKind::Denied,
            u"Check the path"_s);
        row("this picture", told(400, R"({"error":"Invalid file type"})"), ErrorKind::Invalid,
            u"Invalid file type."_s);
        row("a crash", WebServer::counted(500, "text/html", {}), ErrorKind::Unreachable,
            u"may have arrived"_s);
        row("another page", WebServer::counted(200, "text/html", "<html>"), ErrorKind::Unsupported,
            u"not its upload route"_s);
    }
    void theApplicationsRefusals()
    {
        QFETCH(QByteArray, answer);
        QFETCH(ErrorKind, kind);
        QFETCH(QString, says);
        serve(WebServer::always(answer));
        const auto scan = sendToApplication();
        QVERIFY(!scan);
        QCOMPARE(scan.error().kind, kind);
        QVERIFY2(scan.error().detail.contains(says), qPrintable(scan.error().detail));
        QVERIFY(!scan.error().detail.contains(u"canary"_s));
        QCOMPARE(m_server->requests().size(), 1);
    }

    void whatTheApplicationWouldRefuseIsNotSent()
    {
        serve(WebServer::always(told(200, R"({"scanId":"7a1c"})")));
        const auto scan = sendToApplication(u"big.jpg"_s, QByteArray(5 * 1024 * 1024 + 1, 'x'));
        QVERIFY(!scan);
        QCOMPARE(scan.error().kind, ErrorKind::Invalid);
        QCOMPARE(m_server->connections(), 0);
    }
};

QTEST_GUILESS_MAIN(TestPictureStorage)
#include "tst_picturestorage.moc"
