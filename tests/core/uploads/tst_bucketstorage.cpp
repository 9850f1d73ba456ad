// SPDX-License-Identifier: GPL-3.0-or-later
// Against a server that checks signatures by itself, and against the example that AWS publishes.
#include "core/uploads/awssignature.h"
#include "core/uploads/picturestorage.h"
#include "tests/support/bucketserver.h"
#include "tests/support/webserver.h"

#include <QCryptographicHash>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using base::ErrorKind;
using domain::UploadPlace;
using test::BucketServer;
using uploads::UploadKey;

namespace {
const uploads::OutgoingPicture kPicture{QByteArray("\x89PNG picture\0bytes", 18), u"image/png"_s,
                                        domain::ScanType::LiquorLicense,
                                        u"3fa2c1d0-0000-4000-8000-000000000001"_s};

UploadKey rightKey()
{
    return {QString::fromLatin1(BucketServer::kKeyId), base::Secret(BucketServer::kSecret), {}};
}

class LateClock : public base::Clock
{
public:
    QDateTime now() const override { return QDateTime::currentDateTimeUtc().addSecs(-3600); }
};

QByteArray headerOf(const net::HttpRequest& request, const QByteArray& name)
{
    for (const auto& [key, value] : request.headers) {
        if (key == name)
            return value;
    }
    return {};
}
} // namespace

class TestBucketStorage : public QObject
{
    Q_OBJECT

    std::unique_ptr<BucketServer> m_server;

    static std::unique_ptr<uploads::PictureStorage> storage(const QString& place,
                                                            const UploadKey& key = rightKey())
    {
        return std::move(*uploads::makePictureStorage(*UploadPlace::parse(place), key));
    }

private Q_SLOTS:
    void init()
    {
        m_server = std::make_unique<BucketServer>();
        QVERIFY(m_server->start());
    }

    // https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html, "PUT Object"
    void signsAsInTheExampleOfAws()
    {
        net::HttpRequest request;
        request.method = "PUT";
        request.url = QUrl(u"https://examplebucket.s3.amazonaws.com/test%24file.text"_s);
        request.headers = {{"date", "Fri, 24 May 2013 00:00:00 GMT"},
                           {"x-amz-storage-class", "REDUCED_REDUNDANCY"}};
        request.body = "Welcome to Amazon S3.";
        const UploadKey key{u"AKIAIOSFODNN7EXAMPLE"_s,
                            base::Secret("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
                            {}};
        signForBucket(request, key, u"us-east-1"_s,
                      QDateTime(QDate(2013, 5, 24), QTime(0, 0), Qt::UTC));
        const QByteArray authorization = headerOf(request, "authorization");
        QVERIFY2(authorization.endsWith("Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1"
                                        "b5971af0ece108bd"),
                 authorization.constData());
        QVERIFY(authorization.contains("Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/"
                                       "aws4_request"));
    }

    void putsAndRemoves_data()
    {
        QTest::addColumn<QString>("style");
        QTest::newRow("path") << u"path"_s;
        QTest::newRow("host") << u"host"_s;
    }
    void putsAndRemoves()
    {
        QFETCH(QString, style);
        const auto bucket = storage(m_server->place(u"cards"_s, style));
        const auto stored = bucket->put(kPicture, {});
        QVERIFY2(stored, stored ? "" : qPrintable(stored.error().detail));
        const QRegularExpression name(
            u"^3fa2c1d0-0000-4000-8000-000000000001/liquor_license/\\d{13}-[0-9a-f]{32}\\.png$"_s);
        QVERIFY2(name.match(stored->name).hasMatch(), qPrintable(stored->name));
        const QString expected = u"cards/%1 image/png %2"_s.arg(
            stored->name,
            QString::fromLatin1(
                QCryptographicHash::hash(kPicture.bytes, QCryptographicHash::Sha256).toHex()));
        QCOMPARE(m_server->objects(), QStringList(expected));
        QCOMPARE(m_server->requests().size(), 1);
        QCOMPARE(m_server->requests().first().contains(u"cards.localhost"_s), style == "host"_L1);
        QVERIFY(stored->imageUrl.endsWith(stored->name));
        const base::Status removed = bucket->remove(*stored);
        QVERIFY2(removed, removed ? "" : qPrintable(removed.error().detail));
        QVERIFY(m_server->objects().isEmpty());
        QVERIFY(bucket->remove(*stored)); // again: it is gone
    }

    void aPrefixAndAnotherPublicAddress()
    {
        const QString place = QString(m_server->place(u"cards"_s))
                                  .replace(u"/cards?"_s, u"/cards/from/queuedeck?"_s) +
                              u"&public=https://cdn.example/c"_s;
        const auto stored = storage(place)->put(kPicture, {});
        QVERIFY2(stored, stored ? "" : qPrintable(stored.error().detail));
        QVERIFY(stored->name.startsWith(u"from/queuedeck/3fa2c1d0-"_s));
        QCOMPARE(stored->imageUrl, u"https://cdn.example/c/"_s + stored->name);
        QVERIFY(m_server->objects().value(0).startsWith(u"cards/from/queuedeck/"_s));
    }

    void temporaryKeysHaveAToken()
    {
        BucketServer server;
        QVERIFY(server.start("a-token-canary"));
        UploadKey key = rightKey();
        const auto without = storage(server.place(u"cards"_s), key)->put(kPicture, {});
        QVERIFY(!without && without.error().detail.contains(u"InvalidToken"_s));
        key.session = base::Secret("a-token-canary");
        const auto with = storage(server.place(u"cards"_s), key)->put(kPicture, {});
        QVERIFY2(with, with ? "" : qPrintable(with.error().detail));
    }

    void refusalsSayWhatToDo_data()
    {
        QTest::addColumn<QString>("bucket");
        QTest::addColumn<UploadKey>("key");
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<QString>("says");
        UploadKey wrongSecret = rightKey();
        wrongSecret.secret = base::Secret("wrong-canary");
        UploadKey wrongId = rightKey();
        wrongId.id = u"AKIDOTHER"_s;
        QTest::newRow("wrong secret")
            << u"cards"_s << wrongSecret << ErrorKind::Denied << u"SignatureDoesNotMatch"_s;
        QTest::newRow("wrong id") << u"cards"_s << wrongId << ErrorKind::Denied
                                  << u"InvalidAccessKeyId"_s;
        QTest::newRow("no right") << u"locked"_s << rightKey() << ErrorKind::Denied
                                  << u"what the key may do"_s;
        QTest::newRow("no bucket")
            << u"missing"_s << rightKey() << ErrorKind::Denied << u"Check the name of the bucket"_s;
        QTest::newRow("busy") << u"busy"_s << rightKey() << ErrorKind::Unreachable << u"SlowDown"_s;
        QTest::newRow("elsewhere")
            << u"moved"_s << rightKey() << ErrorKind::Denied << u"address and region"_s;
    }
    void refusalsSayWhatToDo()
    {
        QFETCH(QString, bucket);
        QFETCH(UploadKey, key);
        QFETCH(ErrorKind, kind);
        QFETCH(QString, says);
        const auto stored = storage(m_server->place(bucket), key)->put(kPicture, {});
        QVERIFY(!stored);
        QCOMPARE(stored.error().kind, kind);
        QVERIFY2(stored.error().detail.contains(says), qPrintable(stored.error().detail));
        QVERIFY(!stored.error().detail.contains(u"canary"_s));
        QVERIFY(m_server->objects().isEmpty());
    }

    void aWrongRegionOrClockIsNamed()
    {
        QString place = m_server->place(u"cards"_s);
        const auto region =
            storage(place.replace(u"eu-test-1"_s, u"us-east-1"_s))->put(kPicture, {});
        QVERIFY(!region && region.error().detail.contains(u"expecting 'eu-test-1'"_s));
        const LateClock late;
        const auto storageThen = uploads::makePictureStorage(
            *UploadPlace::parse(m_server->place(u"cards"_s)), rightKey(), late);
        const auto stored = (*storageThen)->put(kPicture, {});
        QVERIFY(!stored && stored.error().detail.contains(u"Check the clock"_s));
    }

    // The object was stored and the answer lost: nobody would know of it.
    void whatMayHaveArrivedIsRemoved()
    {
        const auto silent = storage(m_server->place(u"silent"_s))->put(kPicture, {});
        QVERIFY(!silent);
        QVERIFY2(!silent.error().detail.contains(u"may be there"_s),
                 qPrintable(silent.error().detail));
        QCOMPARE(m_server->requests().size(), 2); // it is not sent twice
        QVERIFY(m_server->requests()[1].startsWith(u"DELETE"_s));
        QVERIFY(m_server->objects().isEmpty());
        const auto stubborn = storage(m_server->place(u"stubborn"_s))->put(kPicture, {});
        QVERIFY(!stubborn);
        QVERIFY2(stubborn.error().detail.contains(u"The picture may be there nevertheless, as "
                                                  "3fa2c1d0-"_s),
                 qPrintable(stubborn.error().detail));
    }

    void namesCannotBeGuessed()
    {
        const auto bucket = storage(m_server->place(u"cards"_s));
        QSet<QString> secrets;
        for (int i = 0; i < 50; ++i)
            secrets += bucket->put(kPicture, {})->name.right(36);
        QCOMPARE(secrets.size(), 50);
    }

    void aStopEndsIt()
    {
        QTcpServer silent; // accepts and says nothing
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        std::stop_source stop;
        std::thread later([&stop] {
            std::this_thread::sleep_for(std::chrono::milliseconds(300));
            stop.request_stop();
        });
        const auto started = std::chrono::steady_clock::now();
        const auto stored = storage(u"s3:http://127.0.0.1:%1/cards"_s.arg(silent.serverPort()))
                                ->put(kPicture, stop.get_token());
        later.join();
        QVERIFY(!stored);
        QCOMPARE(stored.error().kind, ErrorKind::Cancelled);
        // Including an attempt to remove what may have arrived.
        QVERIFY(std::chrono::steady_clock::now() - started < std::chrono::seconds(4));
    }
};

QTEST_GUILESS_MAIN(TestBucketStorage)
#include "tst_bucketstorage.moc"
