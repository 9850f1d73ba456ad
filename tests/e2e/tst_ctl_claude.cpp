// SPDX-License-Identifier: GPL-3.0-or-later
// The built program reads pictures by Claude: a real server speaks the Messages API and records
// what it is sent.
#include "tests/e2e/ctltest.h"
#include "tests/support/claudeserver.h"

#include <QBuffer>
#include <QDirIterator>
#include <QFile>
#include <QImageWriter>
#include <QTest>

using namespace Qt::StringLiterals;
using queuedeck::test::WebRequest;
using queuedeck::test::WebServer;
namespace claude = queuedeck::test::claude;

namespace {
const QByteArray kKey = "sk-ant-canary-0815";

// A photograph with everything that a camera and an editor leave in a file.
QByteArray talkativeJpeg()
{
    QImage image(2400, 1200, QImage::Format_RGB32);
    image.fill(QColor(240, 240, 200));
    image.setText(u"Author"_s, u"canary-comment"_s);
    QByteArray jpeg;
    QBuffer buffer(&jpeg);
    QImageWriter(&buffer, "jpeg").write(image);
    const auto segment = [](char marker, const QByteArray& content) {
        const int length = int(content.size()) + 2;
        return QByteArray("\xFF") + marker + char(length >> 8) + char(length & 0xFF) + content;
    };
    // Exif with an orientation (turned to the right) and a text where cameras put the place.
    QByteArray exif = QByteArray::fromHex("457869660000"
                                          "49492a0008000000"
                                          "0100"
                                          "1201030001000000"
                                          "06000000"
                                          "00000000") +
                      "canary-gps";
    jpeg.insert(
        2, segment('\xE1', exif) +
               segment('\xE1', QByteArray("http://ns.adobe.com/xap/1.0/\0<x>canary-xmp</x>", 46)) +
               segment('\xED', QByteArray("Photoshop 3.0\0canary-iptc", 25)) +
               segment('\xFE', "canary-remark"));
    return jpeg + "canary-after-the-end";
}
} // namespace

class tst_CtlClaude : public CtlTest
{
    Q_OBJECT

    std::unique_ptr<WebServer> m_server;
    QByteArray m_answer;

    // The server answers on this thread meanwhile.
    Ran run(const QStringList& arguments)
    {
        const Ran ran = queuedeck::test::meanwhile([&] { return ctl(arguments); });
        m_told += ran.out + ran.err;
        return ran;
    }
    Ran scan(const QString& file)
    {
        return run({u"--json"_s, u"scan"_s, file, u"--wait"_s, u"--reader"_s, u"claude"_s});
    }
    QString file(const QString& name, const QByteArray& bytes)
    {
        QFile out(path(name));
        if (out.open(QIODevice::WriteOnly))
            out.write(bytes);
        return out.fileName();
    }
    QByteArray m_told;

protected Q_SLOTS:
    void init()
    {
        CtlTest::init();
        m_told.clear();
        m_answer = claude::message(
            claude::card({{u"name"_s, u"Anna Berg"_s}, {u"email"_s, u"anna@berg.example"_s}}));
        m_server = std::make_unique<WebServer>(
            [this](QTcpSocket& socket, const WebRequest&) { socket.write(m_answer); });
        setVariable(u"ANTHROPIC_API_KEY"_s, QString::fromLatin1(kKey));
        setVariable(u"ANTHROPIC_BASE_URL"_s, m_server->url({}));
        setVariable(u"DBUS_SESSION_BUS_ADDRESS"_s, u"unix:path=/nowhere"_s);
    }
    void cleanup()
    {
        // Whatever happened: the key was sent in its header, and is nowhere else.
        QVERIFY(!m_told.contains(kKey));
        QCOMPARE(m_server->received().count(kKey), m_server->requests().size());
        QDirIterator files(folder(), QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile each(files.next());
            QVERIFY(each.open(QIODevice::ReadOnly));
            QVERIFY2(!each.readAll().contains(kKey), qPrintable(each.fileName()));
        }
        CtlTest::cleanup();
    }

private Q_SLOTS:
    void aCardIsRead()
    {
        const Ran ran = scan(file(u"photo.jpg"_s, talkativeJpeg()));
        VERIFY_CODE(ran, 0);
        const QJsonObject line = ran.lines().value(0);
        QCOMPARE(line["status"_L1].toString(), u"completed"_s);
        QCOMPARE(line["extractedData"_L1].toObject(),
                 (QJsonObject{{u"name"_s, u"Anna Berg"_s},
                              {u"email"_s, u"anna@berg.example"_s},
                              {u"confidence"_s, 0.97}}));
        QVERIFY2(ran.err.contains("Claude (claude-haiku-5-5): 1,600 of 1,000,000 tokens today."),
                 ran.told().constData());
        // Turned upright, scaled, and nothing in it but pixels.
        QCOMPARE(m_server->requests().size(), 1);
        const QByteArray sent = claude::pictureOf(m_server->requests()[0]);
        QCOMPARE(QImage::fromData(sent, "jpeg").size(), QSize(784, 1568));
        QVERIFY(!sent.contains("canary") && !sent.contains("Exif"));
        QVERIFY(!m_server->received().contains("photo.jpg"));
    }

    // Whoever runs the job: the choice is in its payload.
    void oneJobMayHaveAReaderOfItsOwn()
    {
        const Ran claude =
            run({u"--json"_s, u"scan"_s, cards().value(0), u"--reader"_s, u"claude"_s});
        VERIFY_CODE(claude, 0);
        QCOMPARE(claude.lines().value(0)["reader"_L1].toString(), u"claude"_s);
        const Ran local =
            run({u"--json"_s, u"scan"_s, cards().value(1), u"--reader"_s, u"local"_s});
        VERIFY_CODE(local, 0);
        QCOMPARE(local.lines().value(0)["reader"_L1].toString(), u"offline"_s);
        const Ran usual = run({u"--json"_s, u"scan"_s, cards().value(2)});
        VERIFY_CODE(usual, 0);
        QVERIFY(usual.lines().value(0)["reader"_L1].isNull());
        VERIFY_CODE(run({u"process"_s, u"--until-empty"_s}), 0);
        QCOMPARE(count(u"completed"_s), 3);
        QCOMPARE(m_server->requests().size(), 1);
        setVariable(u"QUEUEDECK_READER"_s, u"claude"_s);
        VERIFY_CODE(run({u"scan"_s, cards().value(3), u"--reader"_s, u"local"_s}), 0);
        VERIFY_CODE(run({u"process"_s, u"--until-empty"_s}), 0);
        QCOMPARE(count(u"completed"_s), 4);
        QCOMPARE(m_server->requests().size(), 1);
    }

    void aJobForClaudeWaitsForAKey()
    {
        setVariable(u"ANTHROPIC_API_KEY"_s, u""_s);
        VERIFY_CODE(run({u"scan"_s, cards().value(0), u"--reader"_s, u"claude"_s}), 0);
        VERIFY_CODE(run({u"process"_s, u"--until-empty"_s}), 0);
        QCOMPARE(count(u"pending"_s), 1);
        QCOMPARE(sql(u"SELECT SUM(attempts) FROM \"Job\""_s).toInt(), 0);
    }

    void bothReadersAreCompared()
    {
        const QString card = cards().value(0);
        const Ran ran = run({u"--json"_s, u"scan"_s, card, u"--compare"_s});
        VERIFY_CODE(ran, 0);
        const QJsonObject line = ran.lines().value(0);
        QCOMPARE(line["offline"_L1]["extractedData"_L1]["name"_L1].toString(),
                 u"Eleanor Whitfield"_s);
        QCOMPARE(line["claude"_L1]["extractedData"_L1]["name"_L1].toString(), u"Anna Berg"_s);
        QCOMPARE(embedded(), QString()); // not even a database
        const Ran words = run({u"scan"_s, card, u"--compare"_s});
        VERIFY_CODE(words, 0);
        QVERIFY2(words.out.contains("Eleanor Whitfield") && words.out.contains("Anna Berg"),
                 words.told().constData());
        QCOMPARE(m_server->requests().size(), 1); // the answer is known
        m_answer = claude::error(500, "api_error", u"down"_s);
        const Ran half = run({u"--json"_s, u"scan"_s, cards().value(1), u"--compare"_s});
        VERIFY_CODE(half, 1);
        QVERIFY(!half.lines().value(0)["offline"_L1]["extractedData"_L1].toObject().isEmpty());
        QVERIFY(half.lines().value(0)["claude"_L1]["error"_L1].toString().contains(u"500"_s));
        const Ran none = run({u"--json"_s, u"scan"_s, path(u"absent.png"_s), u"--compare"_s});
        VERIFY_CODE(none, 1);
    }

    // A key that is refused would fail every job of the queue, one after the other.
    void aKeyThatIsRefusedAgainAndAgainFailsNoMoreJobs()
    {
        m_answer = claude::error(401, "authentication_error", u"invalid x-api-key"_s);
        QStringList files;
        for (int i = 0; i < 9; ++i)
            files += cards().value(i);
        VERIFY_CODE(run(QStringList{u"scan"_s} + files), 0);
        const Ran ran = run({u"process"_s, u"--reader"_s, u"claude"_s, u"--until-empty"_s,
                             u"--concurrency"_s, u"1"_s});
        VERIFY_CODE(ran, 0);
        QCOMPARE(count(u"failed"_s), 4);
        QCOMPARE(count(u"pending"_s), 5);
        QCOMPARE(sql(u"SELECT SUM(attempts) FROM \"Job\" WHERE status = 'pending'"_s).toInt(), 0);
        QCOMPARE(m_server->requests().size(), 5);
        QVERIFY2(ran.err.contains("Pictures wait for Claude: Claude answered 401"),
                 ran.told().constData());
        QCOMPARE(ran.err.count("Pictures wait for Claude"), 1);
    }

    void theModelIsAChoice()
    {
        setVariable(u"QUEUEDECK_CLAUDE_MODEL"_s, u"claude-opus-5-5"_s);
        VERIFY_CODE(scan(cards().value(0)), 0);
        QVERIFY(m_server->requests()[0].body.contains("\"model\":\"claude-opus-5-5\""));
    }

    void theReaderMayComeFromTheEnvironment()
    {
        setVariable(u"QUEUEDECK_READER"_s, u"claude"_s);
        VERIFY_CODE(run({u"scan"_s, cards().value(0)}), 0);
        VERIFY_CODE(run({u"process"_s, u"--until-empty"_s}), 0);
        QCOMPARE(m_server->requests().size(), 1);
        QCOMPARE(count(u"completed"_s), 1);
        VERIFY_CODE(run({u"scan"_s, cards().value(1), u"--wait"_s, u"--reader"_s, u"local"_s}), 0);
        QCOMPARE(m_server->requests().size(), 1);
    }

    void withoutAKeyThisComputerReads()
    {
        setVariable(u"ANTHROPIC_API_KEY"_s, u""_s);
        const Ran ran = scan(cards().value(0));
        VERIFY_CODE(ran, 0);
        QVERIFY2(ran.err.contains("no key for Claude"), ran.told().constData());
        QCOMPARE(ran.lines().value(0)["extractedData"_L1]["name"_L1].toString(),
                 u"Eleanor Whitfield"_s);
        QCOMPARE(m_server->connections(), 0);
    }

    void withoutBeingChosenItIsNotAsked()
    {
        VERIFY_CODE(run({u"scan"_s, cards().value(0), u"--wait"_s}), 0);
        QCOMPARE(m_server->connections(), 0);
    }

    void aBusyServiceCostsNoAttempt()
    {
        m_answer = claude::error(529, "overloaded_error", u"Overloaded"_s, "retry-after: 40\r\n");
        VERIFY_CODE(run(QStringList{u"scan"_s} + cards().mid(0, 4)), 0);
        const Ran ran = run({u"process"_s, u"--reader"_s, u"claude"_s, u"--until-empty"_s,
                             u"--concurrency"_s, u"1"_s});
        VERIFY_CODE(ran, 0);
        QCOMPARE(count(u"pending"_s), 4);
        QCOMPARE(sql(u"SELECT SUM(attempts) FROM \"Job\""_s).toInt(), 0);
        QCOMPARE(m_server->requests().size(), 1); // the others waited as it asked
        QVERIFY2(ran.err.contains("Pictures wait for Claude: Claude answered 529"),
                 ran.told().constData());
    }

    void aRejectedKeyIsSaidAndFinal()
    {
        m_answer = claude::error(401, "authentication_error",
                                 u"invalid x-api-key "_s + QString::fromLatin1(kKey));
        const Ran ran = scan(cards().value(0));
        VERIFY_CODE(ran, 1);
        QCOMPARE(count(u"failed"_s), 1);
        QVERIFY2(ran.lines().value(0)["error"_L1].toString().contains(u"401"_s),
                 ran.told().constData());
    }

    void theDaysLimitHolds()
    {
        setVariable(u"QUEUEDECK_CLAUDE_TOKENS_PER_DAY"_s, u"100"_s);
        VERIFY_CODE(run({u"scan"_s, cards().value(0)}), 0);
        const Ran ran = run({u"process"_s, u"--reader"_s, u"claude"_s, u"--until-empty"_s});
        VERIFY_CODE(ran, 0);
        QCOMPARE(count(u"pending"_s), 1);
        QCOMPARE(m_server->connections(), 0);
        QVERIFY2(ran.err.contains("Today's limit of 100 tokens"), ran.told().constData());
    }

    void wrongVariablesEndItBeforeAnythingIsRun_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        QTest::addColumn<int>("code");
        QTest::newRow("plain http") << u"ANTHROPIC_BASE_URL"_s << u"http://gateway.example"_s << 4;
        QTest::newRow("password") << u"ANTHROPIC_BASE_URL"_s << u"https://u:pw@gateway.example"_s
                                  << 4;
        QTest::newRow("no address") << u"ANTHROPIC_BASE_URL"_s << u"gateway"_s << 2;
        QTest::newRow("model") << u"QUEUEDECK_CLAUDE_MODEL"_s << u"two words"_s << 2;
        QTest::newRow("limit") << u"QUEUEDECK_CLAUDE_TOKENS_PER_DAY"_s << u"many"_s << 2;
        QTest::newRow("reader") << u"QUEUEDECK_READER"_s << u"tesseract"_s << 2;
    }
    void wrongVariablesEndItBeforeAnythingIsRun()
    {
        QFETCH(QString, name);
        QFETCH(QString, value);
        QFETCH(int, code);
        VERIFY_CODE(run({u"scan"_s, cards().value(0)}), 0);
        setVariable(name, value);
        const Ran ran = run({u"process"_s, u"--reader"_s, u"claude"_s});
        VERIFY_CODE(ran, code);
        QVERIFY2(ran.err.contains(name.toLatin1()), ran.told().constData());
        QVERIFY(!ran.told().contains("pw@"));
        QCOMPARE(count(u"pending"_s), 1);
        QCOMPARE(m_server->connections(), 0);
    }
};

QTEST_GUILESS_MAIN(tst_CtlClaude)
#include "tst_ctl_claude.moc"
