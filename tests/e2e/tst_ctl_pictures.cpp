// SPDX-License-Identifier: GPL-3.0-or-later
// What the built program does with pictures on the web, and what it says about those it leaves.
#include "tests/e2e/ctltest.h"
#include "tests/support/webserver.h"

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using queuedeck::test::WebServer;

class tst_CtlPictures : public CtlTest
{
    Q_OBJECT

    std::unique_ptr<WebServer> m_server;

    // The server answers on this thread meanwhile.
    Ran run(const QStringList& arguments) const
    {
        return queuedeck::test::meanwhile([&] { return ctl(arguments); });
    }
    QString host() const { return u"localhost:%1"_s.arg(m_server->serverPort()); }
    QString payload(const QString& url) const
    {
        return QString(kElsewhere).replace(u"queuedeck-image:gone"_s, url);
    }
    QString error() const { return sql(u"SELECT error FROM \"Job\""_s).toString(); }

protected Q_SLOTS:
    void init()
    {
        CtlTest::init();
        QFile file(cards().value(0));
        QVERIFY(file.open(QIODevice::ReadOnly));
        m_server = std::make_unique<WebServer>(
            WebServer::always(WebServer::counted(200, "image/png", file.readAll())));
    }

private Q_SLOTS:
    void fetchesFromAHostThatIsNamed()
    {
        add(1, kPicture, payload(u"http://%1/card.png"_s.arg(host())));
        VERIFY_CODE(run({u"process"_s, u"--allow-picture-host"_s, host(), u"--until-empty"_s}), 0);
        QCOMPARE(count(u"completed"_s), 1);
        QCOMPARE(m_server->requests().size(), 1);
    }

    void theEnvironmentNamesHostsToo()
    {
        setVariable(u"QUEUEDECK_PICTURE_HOSTS"_s, u"pictures.internal,"_s + host());
        add(1, kPicture, payload(u"http://%1/card.png"_s.arg(host())));
        VERIFY_CODE(run({u"process"_s, u"--until-empty"_s}), 0);
        QCOMPARE(count(u"completed"_s), 1);
    }

    void refusesThisComputerWithAReason()
    {
        add(1, kPicture, payload(u"https://%1/card.png"_s.arg(host())));
        VERIFY_CODE(run({u"process"_s, u"--until-empty"_s}), 0);
        QCOMPARE(count(u"failed"_s), 1);
        QVERIFY2(error().contains(u"is this computer"_s), qPrintable(error()));
        QCOMPARE(m_server->connections(), 0);
    }

    void saysWhatItLeavesAlone()
    {
        const QString id =
            add(2, kPicture, payload(u"https://%1/card.png?sig=canary"_s.arg(host()))).value(0);
        const Ran ran = run({u"process"_s, u"--fetch-pictures"_s, u"no"_s, u"--until-empty"_s});
        VERIFY_CODE(ran, 0);
        QCOMPARE(count(u"pending"_s), 2);
        QVERIFY2(ran.err.contains("2 jobs of image_extraction stay pending"),
                 ran.told().constData());
        QVERIFY(ran.err.contains("--fetch-pictures yes"));
        setVariable(u"QUEUEDECK_FETCH_PICTURES"_s, u"no"_s);
        const Ran shown = run({u"show"_s, id});
        VERIFY_CODE(shown, 0);
        QVERIFY2(shown.out.contains("Waits       for a processor that fetches its picture"),
                 shown.told().constData());
        QCOMPARE(m_server->connections(), 0);
    }

    void wrongChoicesAreNamed()
    {
        Ran ran = run({u"process"_s, u"--fetch-pictures"_s, u"maybe"_s});
        VERIFY_CODE(ran, 2);
        ran = run({u"process"_s, u"--allow-picture-host"_s, u"https://a.example"_s});
        VERIFY_CODE(ran, 2);
        QVERIFY2(ran.err.contains("--allow-picture-host: https://a.example is no host"),
                 ran.told().constData());
        setVariable(u"QUEUEDECK_PICTURE_HOSTS"_s, u"a/b"_s);
        ran = run({u"process"_s});
        VERIFY_CODE(ran, 2);
        QVERIFY(ran.err.contains("QUEUEDECK_PICTURE_HOSTS: a/b is no host"));
    }
};

QTEST_GUILESS_MAIN(tst_CtlPictures)
#include "tst_ctl_pictures.moc"
