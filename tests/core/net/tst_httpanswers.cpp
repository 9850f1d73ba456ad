// SPDX-License-Identifier: GPL-3.0-or-later
// Answers as servers send them, whole and in single bytes, give the same over a real connection;
// what is not an answer is distinguished from an incomplete one.
#include "core/net/httpclient.h"
#include "tests/support/deflated.h"
#include "tests/support/webserver.h"

#include <QTcpSocket>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck::net;
namespace test = queuedeck::test;
using queuedeck::test::deflated;
using queuedeck::test::meanwhile;
using queuedeck::test::WebRequest;
using queuedeck::test::WebServer;

namespace {
/// What is known about an answer, before the connection is closed and after.
enum class State { Wanting, Whole, NotHttp, TooLarge };

constexpr qint64 kMostBytes = 1000;
constexpr qsizetype kLong = 2000; ///< length of an answer that is not sent in single bytes

QByteArray chunk(const QByteArray& bytes)
{
    return QByteArray::number(bytes.size(), 16) + "\r\n" + bytes + "\r\n";
}

/// Sends an answer to every request, in pieces, and then closes the connection or keeps it open.
WebServer::Script sending(const QByteArray& bytes, qsizetype piece, bool closes)
{
    return [=](QTcpSocket& socket, const WebRequest&) {
        socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
        for (qsizetype at = 0;
             at < bytes.size() && socket.state() == QAbstractSocket::ConnectedState; at += piece) {
            socket.write(bytes.mid(at, piece));
            socket.flush();
        }
        if (closes)
            socket.disconnectFromHost();
    };
}

tl::expected<HttpAnswer, HttpError> ask(const QByteArray& bytes, qsizetype piece, bool closes)
{
    WebServer server(sending(bytes, piece, closes));
    HttpRequest request{"POST", QUrl(server.url())};
    request.mostBytes = kMostBytes;
    return meanwhile([&] { return HttpClient().send(request); });
}

State stateOf(const tl::expected<HttpAnswer, HttpError>& answer)
{
    if (answer)
        return State::Whole;
    switch (answer.error().fault) {
    case HttpFault::NotHttp: return State::NotHttp;
    case HttpFault::TooLarge: return State::TooLarge;
    default: return answer.error().fault == HttpFault::Broken ? State::Wanting : State(-1);
    }
}
} // namespace

Q_DECLARE_METATYPE(State)

class TestHttpAnswers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answers_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<State>("atOnce"); // before the connection is closed
        QTest::addColumn<State>("atEnd");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        const auto row = [](const char* name, const QByteArray& bytes, State atOnce, State atEnd,
                            int status = 0, const QByteArray& body = {}) {
            QTest::newRow(name) << bytes << atOnce << atEnd << status << body;
        };
        const QByteArray ok = "HTTP/1.1 200 OK\r\n";
        row("counted", ok + "Content-Length: 2\r\n\r\n{}", State::Whole, State::Whole, 200, "{}");
        row("more than counted", ok + "Content-Length: 2\r\n\r\n{}xx", State::Whole, State::Whole,
            200, "{}");
        row("chunked",
            ok +
                "Transfer-Encoding: chunked\r\n\r\n3\r\n{\"a\r\nb;x=1\r\n\":\"b\",\"c\":1\r\n1\r\n}"
                "\r\n0\r\nX: y\r\n\r\n",
            State::Whole, State::Whole, 200, "{\"a\":\"b\",\"c\":1}");
        row("until the end", ok + "\r\n{}", State::Wanting, State::Whole, 200, "{}");
        row("empty", "HTTP/1.1 405 Method Not Allowed\r\nAllow: POST\r\nContent-Length: 0\r\n\r\n",
            State::Whole, State::Whole, 405);
        row("no content", "HTTP/1.1 204 \r\n\r\n", State::Whole, State::Whole, 204);
        row("no reason", "HTTP/1.0 500\r\nContent-Length: 0\r\n\r\n", State::Whole, State::Whole,
            500);
        row("early hints",
            "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + ok + "Content-Length: 1\r\n\r\n1",
            State::Whole, State::Whole, 200, "1");
        row("cut in the head", ok, State::Wanting, State::Wanting);
        row("cut in the body", ok + "Content-Length: 9\r\n\r\n{}", State::Wanting, State::Wanting,
            200, "{}");
        row("cut between chunks", ok + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n",
            State::Wanting, State::Wanting, 200, "{}");
        row("nothing", {}, State::Wanting, State::Wanting);
        row("another protocol", "SSH-2.0-OpenSSH_9.2\r\n", State::NotHttp, State::NotHttp);
        row("TLS alert", QByteArray("\x15\x03\x01\x00\x02\x02\x28", 7), State::NotHttp,
            State::NotHttp);
        row("HTTP/2", "HTTP/2 200\r\n\r\n", State::NotHttp, State::NotHttp);
        row("no number", "HTTP/1.1 abc\r\n\r\n", State::NotHttp, State::NotHttp);
        row("switching", "HTTP/1.1 101 Switching Protocols\r\n\r\n", State::NotHttp, State::NotHttp,
            101);
        row("negative length", ok + "Content-Length: -1\r\n\r\n", State::NotHttp, State::NotHttp,
            200);
        row("negative chunk", ok + "Transfer-Encoding: chunked\r\n\r\n-1\r\n", State::NotHttp,
            State::NotHttp, 200);
        row("no chunk size", ok + "Transfer-Encoding: chunked\r\n\r\nhello\r\n", State::NotHttp,
            State::NotHttp, 200);
        row("chunk too long", ok + "Transfer-Encoding: chunked\r\n\r\n1\r\nab\r\n", State::NotHttp,
            State::NotHttp, 200, "a");
        row("compressed",
            ok + "Transfer-Encoding: gzip, chunked\r\n\r\n" +
                chunk(deflated("{\"a\":1}", test::kGzip)) + "0\r\n\r\n",
            State::Whole, State::Whole, 200, "{\"a\":1}");
        row("compressed until the end",
            ok + "Transfer-Encoding: gzip\r\n\r\n" + deflated("{\"a\":1}", test::kGzip),
            State::Wanting, State::Whole, 200, "{\"a\":1}");
        row("badly compressed",
            ok + "Transfer-Encoding: gzip, chunked\r\n\r\n2\r\n\x1F\x8B\r\n0\r\n\r\n", State::Whole,
            State::Whole, 200, "");
        row("compressed in a way not known",
            ok + "Transfer-Encoding: lzma, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", State::Whole,
            State::Whole, 200, "");
        row("several hints",
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early "
            "Hints\r\nLink: x\r\n\r\n" +
                ok + "Content-Length: 1\r\n\r\n1",
            State::Whole, State::Whole, 200, "1");
        row("trailers",
            ok + "Transfer-Encoding: chunked\r\nTrailer: A\r\n\r\n2\r\n{}\r\n0\r\n"
                 "A: b\r\nC: d\r\n\r\n",
            State::Whole, State::Whole, 200, "{}");
        row("length over the limit", ok + "Content-Length: 1001\r\n\r\n", State::TooLarge,
            State::TooLarge, 200);
        row("huge length", ok + "Content-Length: 99999999999999999999\r\n\r\n", State::TooLarge,
            State::TooLarge, 200);
        row("huge chunk",
            ok + "Transfer-Encoding: chunked\r\n\r\n7fffffffffffffff\r\n" + QByteArray(1001, 'x'),
            State::TooLarge, State::TooLarge, 200);
        row("endless body", ok + "\r\n" + QByteArray(1001, 'x'), State::TooLarge, State::TooLarge,
            200);
        row("endless line", ok + "X: " + QByteArray(120'000, 'x'), State::NotHttp, State::NotHttp);
        row("endless head", ok + QByteArray("X: y\r\n").repeated(70'000 / 6), State::NotHttp,
            State::NotHttp);
    }
    void answers()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(State, atOnce);
        QFETCH(State, atEnd);
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        for (const qsizetype piece :
             {bytes.size() + 1, qsizetype(bytes.size() > kLong ? 997 : 1)}) {
            if (atOnce != State::Wanting) {
                const auto answer = ask(bytes, piece, false);
                QCOMPARE(stateOf(answer), atOnce);
            }
            const auto answer = ask(bytes, piece, true);
            QCOMPARE(stateOf(answer), atEnd);
            if (!answer)
                continue;
            QCOMPARE(answer->status, status);
            QCOMPARE(answer->body, body);
        }
    }

    void headersAreFoundByTheirNamesInLowerCase()
    {
        const auto answer = ask("HTTP/1.1 429 Too Many\r\nRetry-After:  40 \r\nX-A: 1\r\nx-a: 2\r\n"
                                "X-Folded: 1\r\n  2: 3\r\nContent-Length: 0\r\n\r\n",
                                1000, false);
        QVERIFY(answer);
        QCOMPARE(answer->header("retry-after"), QByteArray("40"));
        QCOMPARE(answer->header("x-a"), QByteArray("1"));
        QCOMPARE(answer->header("x-folded"), QByteArray("1 2: 3"));
        QVERIFY(answer->header("absent").isEmpty());
        QVERIFY(answer->header("2").isEmpty());
    }

    void headersOfHintsAndTrailersAreNoneOfTheAnswer()
    {
        const auto answer = ask("HTTP/1.1 103 Early Hints\r\nX-A: 1\r\n\r\nHTTP/1.1 200 OK\r\n"
                                "Transfer-Encoding: chunked\r\n\r\n0\r\nX-B: 2\r\n\r\n",
                                1000, false);
        QVERIFY(answer);
        QVERIFY(answer->header("x-a").isEmpty());
        QVERIFY(answer->header("x-b").isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestHttpAnswers)
#include "tst_httpanswers.moc"
