// SPDX-License-Identifier: GPL-3.0-or-later
// A picture at somebody else's address: fetched on request and never automatically; an error is
// shown in place of the picture.
#include "core/service/scanservice.h"
#include "tests/support/sessions.h"
#include "tests/support/webserver.h"
#include "ui/scans/pictureview.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/theme.h"

#include <QElapsedTimer>
#include <QGraphicsView>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

#include "pictures.h"

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace queuedeck::ui;
using test::WebRequest;
using test::WebServer;
using tests::openAt;

class TestPictureView : public QObject
{
    Q_OBJECT

    test::Authority m_authority;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<service::Session> m_session;
    std::unique_ptr<PictureView> m_view;

    std::unique_ptr<WebServer> server(const WebServer::Script& script)
    {
        auto made = std::make_unique<WebServer>(script);
        if (!made->useTls(m_authority.certificate(u"good"_s), m_authority.key(u"good"_s)))
            qFatal("no certificate");
        m_session->scans().allowPictureHosts({u"localhost:%1"_s.arg(made->serverPort())});
        return made;
    }
    static QString address(const WebServer& server, const QString& path = u"/card.png"_s)
    {
        return server.url(path, u"localhost"_s);
    }
    static domain::Scan scanAt(const QString& imageUrl)
    {
        domain::Scan scan;
        scan.id = {u"s"_s};
        scan.imageUrl = imageUrl;
        return scan;
    }
    // The one that can be pressed; previous ones may still be waiting for deletion.
    QPushButton* button(const QString& name) const
    {
        const auto all = m_view->findChildren<QPushButton*>(name);
        return all.isEmpty() ? nullptr : all.last();
    }
    QString says() const
    {
        const auto* none = m_view->findChild<EmptyState*>();
        return none->isVisible() ? none->accessibleName() + u' ' + none->accessibleDescription()
                                 : QString();
    }
    bool hasPicture() const { return m_view->findChild<QGraphicsView*>()->isVisible(); }

private Q_SLOTS:
    void initTestCase()
    {
        Appearance::instance().install(*qApp, ThemeChoice::Light);
        QVERIFY(m_authority.make());
        QVERIFY(m_authority.issue(u"good"_s, u"DNS:localhost,IP:127.0.0.1"_s));
        qputenv("SSL_CERT_FILE", m_authority.file().toLocal8Bit());
    }
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_session = openAt(m_folder->filePath(u"queue.db"_s));
        m_view = std::make_unique<PictureView>(m_session->scans());
        m_view->resize(500, 500);
        m_view->show(domain::Scan());
        static_cast<QWidget*>(m_view.get())->show();
    }
    void cleanup()
    {
        m_view.reset();
        m_session.reset();
    }

    void itIsFetchedWhenItIsAskedForAndNotBefore()
    {
        const auto web =
            server(WebServer::always(WebServer::counted(200, "image/png", drawnCard(u"Maren"_s))));
        m_view->show(scanAt(address(*web)));
        QVERIFY(says().contains(u"localhost"_s));
        QTest::qWait(200);
        m_view->show(scanAt(address(*web))); // the list was read again
        QTest::qWait(100);
        QCOMPARE(web->connections(), 0);
        button(u"showPicture"_s)->setFocus();
        QTest::keyClick(button(u"showPicture"_s), Qt::Key_Space);
        QTRY_VERIFY_WITH_TIMEOUT(hasPicture(), 30'000);
        QCOMPARE(web->requests().size(), 1);
        m_view->show(scanAt(address(*web)));
        QVERIFY(hasPicture());
        QCOMPARE(web->requests().size(), 1);
        // Another scan is a new request.
        m_view->show(scanAt(address(*web, u"/other.png"_s)));
        QVERIFY(!hasPicture());
        QCOMPARE(web->requests().size(), 1);
    }

    void whatGoesWrongStandsInItsPlace_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QString>("word");
        QTest::newRow("404") << WebServer::counted(404, "text/plain", "no") << u"(404)"_s;
        QTest::newRow("expired") << WebServer::counted(403, "text/plain", "no") << u"expired"_s;
        QTest::newRow("a page") << WebServer::counted(200, "text/html", "<html>sign in</html>")
                                << u"Not an image"_s;
        QTest::newRow("cut") << WebServer::counted(200, "image/png",
                                                   drawnCard(u"Cut"_s).chopped(800))
                             << u"cut off"_s;
        QTest::newRow("empty") << WebServer::counted(200, "image/png", {}) << u"empty"_s;
    }
    void whatGoesWrongStandsInItsPlace()
    {
        QFETCH(QByteArray, answer);
        QFETCH(QString, word);
        const auto web = server(WebServer::always(answer));
        m_view->show(scanAt(address(*web)));
        button(u"showPicture"_s)->click();
        QTRY_VERIFY_WITH_TIMEOUT(says().contains(u"cannot be shown here"_s), 30'000);
        QVERIFY2(says().contains(word, Qt::CaseInsensitive), qPrintable(says()));
        QVERIFY(!hasPicture());
        QTRY_COMPARE(button(u"showPicture"_s)->text(), u"Try Again"_s);
    }

    void aPrivateAddressIsRefusedWithTheReason()
    {
        const auto web = server(WebServer::always(WebServer::counted(200, "image/png", "x")));
        m_session->scans().allowPictureHosts({});
        for (const QString& url : {address(*web), u"https://169.254.169.254/latest/meta-data"_s,
                                   u"https://10.1.2.3/a"_s}) {
            m_view->show(scanAt(url));
            button(u"showPicture"_s)->click();
            QTRY_VERIFY_WITH_TIMEOUT(says().contains(u"was not contacted"_s), 30'000);
        }
        QCOMPARE(web->connections(), 0);
    }

    void aStopAndAnotherScanEndIt()
    {
        const auto web = server([](QTcpSocket&, const WebRequest&) {});
        m_view->show(scanAt(address(*web)));
        button(u"showPicture"_s)->click();
        QTRY_COMPARE(web->requests().size(), 1);
        QVERIFY(says().contains(u"Fetching"_s));
        button(u"stopPicture"_s)->click();
        QTRY_VERIFY(button(u"showPicture"_s) && says().contains(u"not kept here"_s));
        // The thread is available again.
        const auto good =
            server(WebServer::always(WebServer::counted(200, "image/png", drawnCard(u"Good"_s))));
        m_view->show(scanAt(address(*good)));
        button(u"showPicture"_s)->click();
        QTRY_VERIFY_WITH_TIMEOUT(hasPicture(), 15'000);
    }

    void theEndOfTheSessionDoesNotWaitForIt()
    {
        const auto web = server([](QTcpSocket&, const WebRequest&) {});
        m_view.reset();
        const auto picture = m_session->scans().fetchPicture(address(*web));
        QTRY_COMPARE(web->requests().size(), 1);
        QElapsedTimer timer;
        timer.start();
        m_session.reset();
        QVERIFY2(timer.elapsed() < 3000, qPrintable(QString::number(timer.elapsed())));
    }

    void plainHttpIsNotOffered()
    {
        WebServer web(WebServer::always(WebServer::counted(200, "image/png", "x")));
        m_view->show(scanAt(web.url(u"/card.png"_s)));
        QTRY_VERIFY(says().contains(u"cannot be shown here"_s));
        QVERIFY(!button(u"showPicture"_s));
        QCOMPARE(web.connections(), 0);
    }
};

QTEST_MAIN(TestPictureView)
#include "tst_pictureview.moc"
