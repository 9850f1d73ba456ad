// SPDX-License-Identifier: GPL-3.0-or-later
// Jobs whose pictures are on the web, run by the real engine against real servers: which are taken,
// what they cost, and what is never contacted.
#include "core/service/engineservice.h"
#include "core/service/jobservice.h"
#include "tests/support/foreignfile.h"
#include "tests/support/sessions.h"
#include "tests/support/webserver.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using domain::JobStatus;
using service::PictureChoices;
using test::Authority;
using test::WebRequest;
using test::WebServer;
using tests::await;

namespace {
QByteArray card()
{
    QFile file(QStringLiteral(QUEUEDECK_SOURCE_DIR "/resources/samples/card-01.png"));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray payload(const QString& url)
{
    return R"({"scanId":"01a20984-0000-7000-8000-000000000001","scanType":"business_card",)"
           R"("imageUrl":")" +
           url.toUtf8() + R"("})";
}
} // namespace

class TestWebPictures : public QObject
{
    Q_OBJECT

    Authority m_authority;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<service::Session> m_session;

    QString path() const { return m_folder->filePath(u"jobs.db"_s); }
    QString host(const WebServer& server) const
    {
        return u"localhost:%1"_s.arg(server.serverPort());
    }
    QString address(const WebServer& server, const QString& at = u"/card.png"_s) const
    {
        return server.url(at, u"localhost"_s);
    }
    std::unique_ptr<WebServer> tlsServer(WebServer::Script script) const
    {
        auto server = std::make_unique<WebServer>(std::move(script));
        if (!server->useTls(m_authority.certificate(u"good"_s), m_authority.key(u"good"_s)))
            qFatal("no certificate");
        return server;
    }
    domain::JobId add(const QString& url)
    {
        return await(m_session->jobs().enqueue(u"image_extraction"_s, payload(url)))[0];
    }
    service::ProcessReport round()
    {
        service::EngineSettings settings;
        settings.untilEmpty = true;
        settings.othersWork = false;
        return await(m_session->engine().process(settings));
    }
    domain::JobDetail job(const domain::JobId& id) { return await(m_session->jobs().job(id)); }
    domain::JobDetail runOne(const QString& url)
    {
        const domain::JobId id = add(url);
        round();
        return job(id);
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_authority.make());
        QVERIFY(m_authority.issue(u"good"_s, u"DNS:localhost,IP:127.0.0.1"_s));
        qputenv("SSL_CERT_FILE", m_authority.file().toUtf8());
    }
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_session = tests::openAt(path());
    }
    void cleanup()
    {
        m_session.reset();
        m_folder.reset();
    }

    void aPictureOnTheWebIsReadAndNothingOfOursGoes()
    {
        const auto server =
            tlsServer(WebServer::always(WebServer::counted(200, "image/png", card())));
        m_session->setPictures({.fetch = std::nullopt, .hosts = {host(*server)}}); // own: as usual
        const domain::JobId id = add(address(*server, u"/card.png?token=canary"_s));
        QCOMPARE(round().processed, 1);
        QCOMPARE(job(id).job.status, JobStatus::Completed);
        QCOMPARE(server->requests().size(), 1);
        for (const char* header : {"cookie", "authorization", "referer", "x-api-key"})
            QVERIFY(server->requests()[0].header(header).isEmpty());
    }

    void plainHttpIsFetchedFromNamedHostsOnly()
    {
        WebServer server(WebServer::always(WebServer::counted(200, "image/png", card())));
        const domain::JobDetail refused = runOne(address(server));
        QCOMPARE(refused.job.status, JobStatus::Failed);
        QVERIFY2(refused.job.error.contains(u"http:"_s), qPrintable(refused.job.error));
        QCOMPARE(server.connections(), 0);
        m_session->setPictures({.fetch = {}, .hosts = {host(server)}});
        QCOMPARE(runOne(address(server)).job.status, JobStatus::Completed);
    }

    void privateAddressesAreRefusedWithTheReason()
    {
        const auto server =
            tlsServer(WebServer::always(WebServer::counted(200, "image/png", card())));
        const domain::JobDetail refused = runOne(address(*server));
        QCOMPARE(refused.job.status, JobStatus::Failed);
        QVERIFY2(refused.job.error.contains(u"is this computer"_s), qPrintable(refused.job.error));
        QVERIFY(!refused.job.error.contains(u"card.png"_s));
        QCOMPARE(server->connections(), 0);
    }

    // An answer costs an attempt, silence none.
    void onlyWhatAServerAnsweredCounts()
    {
        const auto broken =
            tlsServer(WebServer::always(WebServer::counted(503, "text/html", "<p>later")));
        const auto gone =
            tlsServer(WebServer::always(WebServer::counted(404, "text/html", "<p>no")));
        const auto cut = tlsServer([](QTcpSocket& socket, const WebRequest&) {
            socket.write("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\nPNG");
            socket.disconnectFromHost();
        });
        quint16 silentPort = 0;
        {
            WebServer closed({});
            silentPort = closed.serverPort();
        }
        m_session->setPictures({.fetch = true, .hosts = {u"localhost"_s}});
        const domain::JobDetail answered = runOne(address(*broken));
        QCOMPARE(answered.job.status, JobStatus::Pending);
        QCOMPARE(answered.job.attempts, 1);
        QVERIFY2(answered.job.error.contains(u"503"_s), qPrintable(answered.job.error));
        QCOMPARE(runOne(address(*cut)).job.attempts, 1);
        const domain::JobDetail missing = runOne(address(*gone));
        QCOMPARE(missing.job.status, JobStatus::Failed);
        QCOMPARE(missing.job.attempts, 1);
        const domain::JobDetail silent = runOne(u"https://localhost:%1/card.png"_s.arg(silentPort));
        QCOMPARE(silent.job.status, JobStatus::Pending);
        QCOMPARE(silent.job.attempts, 0);
        QVERIFY(silent.notBefore.isValid());
        QVERIFY2(silent.history.value(0).error.contains(u"refused"_s),
                 qPrintable(silent.history.value(0).error));
        const domain::JobDetail nowhere = runOne(u"https://nowhere.invalid/card.png"_s);
        QCOMPARE(nowhere.job.status, JobStatus::Pending);
        QCOMPARE(nowhere.job.attempts, 0);
    }

    void whatIsNoPictureFailsForGood()
    {
        const auto server =
            tlsServer(WebServer::always(WebServer::counted(200, "image/png", "<html>login")));
        m_session->setPictures({.fetch = true, .hosts = {host(*server)}});
        const domain::JobDetail failed = runOne(address(*server));
        QCOMPARE(failed.job.status, JobStatus::Failed);
        QVERIFY(failed.job.error.startsWith(u"Not an image"_s));
    }

    void withoutFetchingTheyAreLeftAlone()
    {
        const auto server =
            tlsServer(WebServer::always(WebServer::counted(200, "image/png", card())));
        m_session->setPictures({.fetch = false, .hosts = {host(*server)}});
        const domain::JobDetail left = runOne(address(*server));
        QCOMPARE(left.job.status, JobStatus::Pending);
        QCOMPARE(left.job.attempts, 0);
        QVERIFY(left.history.isEmpty());
        QVERIFY(domain::waitsForAPicture(left, m_session->engine().pictureReach()));
        QCOMPARE(server->connections(), 0);
        QVERIFY(await(m_session->engine().preflight({})).types.isEmpty());
        m_session->setPictures({.fetch = true, .hosts = {host(*server)}});
        QCOMPARE(await(m_session->engine().preflight({})).waiting(), 1);
    }

    // Somebody else's table: nothing is fetched unless it was chosen, and then https only.
    void besideAnotherProcessorItMustBeChosen()
    {
        m_session.reset();
        QVERIFY(QFile::remove(path()));
        tests::makeForeignFile(path());
        m_session = tests::openAt(path());
        QCOMPARE(m_session->info().mode, domain::QueueMode::Beside);
        const auto server =
            tlsServer(WebServer::always(WebServer::counted(200, "image/png", card())));
        WebServer plain(WebServer::always(WebServer::counted(200, "image/png", card())));
        m_session->setPictures({.fetch = std::nullopt, .hosts = {host(*server)}});
        const domain::JobId secure = add(address(*server));
        const domain::JobId open = add(address(plain));
        const domain::JobId file = add(u"file:///etc/passwd"_s);
        QCOMPARE(round().processed, 0);
        QCOMPARE(job(secure).job.attempts, 0);
        m_session->setPictures({.fetch = true, .hosts = {host(*server)}});
        QCOMPARE(round().processed, 1);
        QCOMPARE(job(secure).job.status, JobStatus::Completed);
        for (const domain::JobId& id : {open, file}) {
            QCOMPARE(job(id).job.status, JobStatus::Pending);
            QCOMPARE(job(id).job.attempts, 0);
        }
        QCOMPARE(plain.connections(), 0);
        m_session->setPictures({.fetch = true, .hosts = {u"LOCALHOST"_s}});
        QCOMPARE(round().processed, 1);
        QCOMPARE(job(open).job.status, JobStatus::Completed);
    }

    void aStopEndsAFetchAtOnce()
    {
        const auto silent = tlsServer([](QTcpSocket&, const WebRequest&) {});
        m_session->setPictures({.fetch = true, .hosts = {host(*silent)}});
        const domain::JobId id = add(address(*silent));
        service::EngineSettings settings;
        settings.untilEmpty = true;
        std::stop_source stop;
        const auto done = m_session->engine().process(settings, stop.get_token());
        QTRY_COMPARE_WITH_TIMEOUT(silent->requests().size(), 1, 20'000);
        QElapsedTimer timer;
        timer.start();
        await(m_session->jobs().change(domain::JobAction::Cancel, {{id}, u"test"_s}));
        await(done);
        QVERIFY(timer.elapsed() < 5'000);
        QCOMPARE(job(id).job.status, JobStatus::Failed); // as cancelled
    }

    void choicesComeFromTheEnvironment()
    {
        qputenv("QUEUEDECK_FETCH_PICTURES", " Yes ");
        qputenv("QUEUEDECK_PICTURE_HOSTS", "Pictures.Internal, [::1]:9000 localhost:9000,");
        const auto choices = PictureChoices::fromEnvironment();
        QVERIFY(choices);
        const QStringList hosts{u"pictures.internal"_s, u"[::1]:9000"_s, u"localhost:9000"_s};
        QCOMPARE(*choices, (PictureChoices{.fetch = true, .hosts = hosts}));
        qputenv("QUEUEDECK_READER", "Claude");
        QCOMPARE(PictureChoices::fromEnvironment()->reader, PictureChoices::Reader::Claude);
        qputenv("QUEUEDECK_READER", "tesseract");
        QVERIFY(!PictureChoices::fromEnvironment());
        qunsetenv("QUEUEDECK_READER");
        qputenv("QUEUEDECK_FETCH_PICTURES", "maybe");
        QVERIFY(!PictureChoices::fromEnvironment());
        qunsetenv("QUEUEDECK_FETCH_PICTURES");
        for (const char* wrong : {"https://a.example", "a.example/x", "u@a.example", "a:b", "a:0x1",
                                  "*", "a b?c", "a#b", "[::1", "a:70000"}) {
            qputenv("QUEUEDECK_PICTURE_HOSTS", wrong);
            QVERIFY2(!PictureChoices::fromEnvironment(), wrong);
        }
        qunsetenv("QUEUEDECK_PICTURE_HOSTS");
        QCOMPARE(*PictureChoices::fromEnvironment(), PictureChoices());
    }
};

QTEST_GUILESS_MAIN(TestWebPictures)
#include "tst_webpictures.moc"
