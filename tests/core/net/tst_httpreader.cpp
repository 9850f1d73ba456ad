// SPDX-License-Identifier: GPL-3.0-or-later
// Answers as servers give them, whole and in single bytes, give the same; what is no answer is
// told from what is not whole yet.
#include "core/net/httpreader.h"

#include <QTest>

using namespace queuedeck::net;
using State = HttpReader::State;

Q_DECLARE_METATYPE(HttpReader::State)

class TestHttpReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answers_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<State>("atOnce"); // before the connection ends
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
        row("compressed", ok + "Transfer-Encoding: gzip, chunked\r\n\r\n2\r\n\x1F\x8B\r\n0\r\n\r\n",
            State::Whole, State::Whole, 200, "\x1F\x8B");
        row("compressed until the end", ok + "Transfer-Encoding: gzip\r\n\r\n\x1F\x8B",
            State::Wanting, State::Whole, 200, "\x1F\x8B");
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
        row("huge chunk", ok + "Transfer-Encoding: chunked\r\n\r\n7fffffffffffffff\r\n",
            State::TooLarge, State::TooLarge, 200);
        row("endless body", ok + "\r\n" + QByteArray(1001, 'x'), State::TooLarge, State::TooLarge,
            200);
        row("endless head", ok + "X: " + QByteArray(70'000, 'x'), State::NotHttp, State::NotHttp);
    }
    void answers()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(State, atOnce);
        QFETCH(State, atEnd);
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        for (const bool inBytes : {false, true}) {
            HttpReader reader(1000);
            if (inBytes) {
                for (const char byte : bytes)
                    reader.add(QByteArray(1, byte));
            } else {
                reader.add(bytes);
            }
            QCOMPARE(reader.state(), atOnce);
            QCOMPARE(reader.end(), atEnd);
            QCOMPARE(reader.answer().status, status);
            if (atEnd != State::TooLarge)
                QCOMPARE(reader.answer().body, body);
        }
    }

    void headersAreFoundByTheirNamesInLowerCase()
    {
        HttpReader reader(10);
        reader.add("HTTP/1.1 429 Too Many\r\nRetry-After:  40 \r\nX-A: 1\r\nx-a: 2\r\n"
                   "Content-Length: 0\r\n\r\n");
        QCOMPARE(reader.answer().header("retry-after"), QByteArray("40"));
        QCOMPARE(reader.answer().header("x-a"), QByteArray("1"));
        QVERIFY(reader.answer().header("absent").isEmpty());
    }
};

QTEST_APPLESS_MAIN(TestHttpReader)
#include "tst_httpreader.moc"
