// SPDX-License-Identifier: GPL-3.0-or-later
// What is accepted, and that everything two programs could interpret differently is refused,
// however the bytes are split.
#include "core/endpoint/requestreader.h"

#include <QTest>

using namespace queuedeck::endpoint;
using State = RequestReader::State;

namespace {
const Limits kLimits;

struct Read
{
    State state;
    size_t used;
    Request request;
    int refused;
};

Read readInPieces(const QByteArray& bytes, size_t piece)
{
    RequestReader reader(kLimits);
    size_t used = 0;
    while (used < size_t(bytes.size()) &&
           (reader.state() == State::Head || reader.state() == State::Body)) {
        const size_t size = std::min(piece, size_t(bytes.size()) - used);
        used += reader.feed({bytes.constData() + used, size});
    }
    const bool isRefused = reader.state() == State::Refused;
    return {reader.state(), used, reader.request(), isRefused ? reader.refusal().status : 0};
}
} // namespace

class tst_RequestReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void accepted_data();
    void accepted();
    void refused_data();
    void refused();
    void unfinished_data();
    void unfinished();
    void whatFollowsIsLeft();
    void keepsConnections_data();
    void keepsConnections();
    void theBodyIsSkipped();
    void saysContinue();
    void refusalsClose();
};

void tst_RequestReader::accepted_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("path");
    QTest::newRow("plain") << QByteArray("GET /a HTTP/1.1\r\nHost: x\r\n\r\n") << QByteArray("/a");
    QTest::newRow("old") << QByteArray("GET /a HTTP/1.0\r\n\r\n") << QByteArray("/a");
    QTest::newRow("query") << QByteArray("GET /a?b=c?d HTTP/1.1\r\nHost: x\r\n\r\n")
                           << QByteArray("/a");
    QTest::newRow("blanks round a value")
        << QByteArray("GET /a HTTP/1.1\r\nHost: \t x \t\r\n\r\n") << QByteArray("/a");
    QTest::newRow("empty value") << QByteArray("GET /a HTTP/1.1\r\nHost: x\r\nA:\r\n\r\n")
                                 << QByteArray("/a");
    QTest::newRow("a body") << QByteArray(
                                   "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello")
                            << QByteArray("/a");
    QTest::newRow("no body") << QByteArray(
                                    "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n")
                             << QByteArray("/a");
    QTest::newRow("chunks")
        << QByteArray("POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: Chunked\r\n\r\n"
                      "5\r\nhello\r\nA\r\n0123456789\r\n0\r\n\r\n")
        << QByteArray("/a");
    QTest::newRow("a long line") << "GET /" + QByteArray(8000, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n"
                                 << "/" + QByteArray(8000, 'a');
    QByteArray many = "GET /a HTTP/1.1\r\nHost: x\r\n";
    for (int i = 0; i < 63; ++i)
        many += "H" + QByteArray::number(i) + ": v\r\n";
    QTest::newRow("64 headers") << many + "\r\n" << QByteArray("/a");
    QTest::newRow("the largest body")
        << "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 65536\r\n\r\n" + QByteArray(65536, 'b')
        << QByteArray("/a");
}

void tst_RequestReader::accepted()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, path);
    for (const size_t piece : {size_t(1), size_t(7), size_t(bytes.size())}) {
        const Read read = readInPieces(bytes, piece);
        QVERIFY2(read.state == State::Done, QByteArray::number(read.refused));
        QCOMPARE(read.used, size_t(bytes.size()));
        QCOMPARE(read.request.path, path);
    }
}

void tst_RequestReader::refused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    const auto row = [](const char* name, const QByteArray& bytes, int status = 400) {
        QTest::newRow(name) << bytes << status;
    };
    const QByteArray post = "POST /a HTTP/1.1\r\nHost: x\r\n";
    row("length and coding",
        post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
    row("coding and length",
        post + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n");
    row("two lengths", post + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello");
    row("two equal lengths", post + "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello");
    row("a list of lengths", post + "Content-Length: 5, 5\r\n\r\nhello");
    row("negative length", post + "Content-Length: -1\r\n\r\n");
    row("signed length", post + "Content-Length: +5\r\n\r\nhello");
    row("hexadecimal length", post + "Content-Length: 0x5\r\n\r\nhello");
    row("no length", post + "Content-Length:\r\n\r\n");
    row("length of 2^64", post + "Content-Length: 18446744073709551616\r\n\r\n");
    row("length of 2^64 + 5", post + "Content-Length: 18446744073709551621\r\n\r\nhello");
    row("large body", post + "Content-Length: 65537\r\n\r\n", 413);
    row("100 MB", post + "Content-Length: 100000000\r\n\r\n", 413);
    row("two codings", post + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n");
    row("coding twice",
        post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
    row("hidden coding", post + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n");
    row("coding with a tab inside", post + "Transfer-Encoding: chu\tnked\r\n\r\n0\r\n\r\n");
    row("identity", post + "Transfer-Encoding: identity\r\n\r\n");
    row("coding in HTTP/1.0", "POST /a HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
    row("blank before the colon", post + "Content-Length : 5\r\n\r\nhello");
    row("blank before the name", post + " Content-Length: 5\r\n\r\nhello");
    row("folded line", post + "A: b\r\n c\r\n\r\n");
    row("folded by a tab", post + "A: b\r\n\tc\r\n\r\n");
    row("folded first line", "GET /a HTTP/1.1\r\n Host: x\r\n\r\n");
    row("name without colon", post + "Host\r\n\r\n");
    row("no name", post + ": b\r\n\r\n");
    row("name with a bracket", post + "A(: b\r\n\r\n");
    row("name with 0", post + QByteArray("A\0: b\r\n\r\n", 9));
    row("name beyond ASCII", post + "\xC3\xA4: b\r\n\r\n");
    row("value with 0", post + QByteArray("A: b\0c\r\n\r\n", 11));
    row("value with CR", post + "A: b\rX: c\r\n\r\n");
    row("value with DEL", post + "A: b\x7F\r\n\r\n");
    row("LF only", "GET /a HTTP/1.1\nHost: x\n\n");
    row("LF in the headers", "GET /a HTTP/1.1\r\nHost: x\nA: b\r\n\r\n");
    row("LF at the end", "GET /a HTTP/1.1\r\nHost: x\r\n\n");
    row("CR CR LF", "GET /a HTTP/1.1\r\nHost: x\r\r\n\r\n");
    row("empty line first", "\r\nGET /a HTTP/1.1\r\nHost: x\r\n\r\n");
    row("two blanks", "GET  /a HTTP/1.1\r\nHost: x\r\n\r\n");
    row("a tab", "GET\t/a HTTP/1.1\r\nHost: x\r\n\r\n");
    row("blank at the end", "GET /a HTTP/1.1 \r\nHost: x\r\n\r\n");
    row("no version", "GET /a\r\nHost: x\r\n\r\n");
    row("HTTP/0.9", "GET /a HTTP/0.9\r\n\r\n", 505);
    row("HTTP/2.0", "GET /a HTTP/2.0\r\nHost: x\r\n\r\n", 505);
    row("preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    row("small letters", "GET /a http/1.1\r\nHost: x\r\n\r\n");
    row("HTTP/1.10", "GET /a HTTP/1.10\r\nHost: x\r\n\r\n");
    row("absolute address", "GET http://x/a HTTP/1.1\r\nHost: x\r\n\r\n");
    row("authority", "CONNECT x:80 HTTP/1.1\r\nHost: x\r\n\r\n");
    row("asterisk", "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n");
    row("address beyond ASCII", "GET /\xC3\xA4 HTTP/1.1\r\nHost: x\r\n\r\n");
    row("method with a bracket", "GE(T /a HTTP/1.1\r\nHost: x\r\n\r\n");
    row("a long method", QByteArray(17, 'G') + " /a HTTP/1.1\r\nHost: x\r\n\r\n");
    row("no Host", "GET /a HTTP/1.1\r\n\r\n");
    row("two Hosts", "GET /a HTTP/1.1\r\nHost: x\r\nHost: x\r\n\r\n");
    row("TLS", QByteArray("\x16\x03\x01\x02\x00\x01\x00\x01\n", 9));
    row("an unknown expectation", post + "Expect: 200-ok\r\nContent-Length: 5\r\n\r\n", 417);
    row("a long line", "GET /" + QByteArray(8192, 'a') + " HTTP/1.1\r\n\r\n", 414);
    row("a line without end", QByteArray(9000, 'a'), 414);
    row("a long header", "GET /a HTTP/1.1\r\nA: " + QByteArray(17000, 'a'), 431);
    QByteArray many = "GET /a HTTP/1.1\r\nHost: x\r\n";
    for (int i = 0; i < 10'000; ++i)
        many += "a: b\r\n";
    row("10,000 headers", many + "\r\n", 431);
    QByteArray large = "GET /a HTTP/1.1\r\nHost: x\r\n";
    for (int i = 0; i < 20; ++i)
        large += "a: " + QByteArray(1000, 'b') + "\r\n";
    row("20 KB of headers", large + "\r\n", 431);
    const QByteArray chunked = post + "Transfer-Encoding: chunked\r\n\r\n";
    row("chunk overflow", chunked + "FFFFFFFFFFFFFFFF\r\nhello");
    row("chunk of 2^64 + 5", chunked + "10000000000000005\r\nhello\r\n0\r\n\r\n");
    row("large chunk", chunked + "10001\r\n", 413);
    row("4 GB chunk", chunked + "FFFFFFFF\r\n", 413);
    row("chunk without digits", chunked + "\r\nhello\r\n0\r\n\r\n");
    row("chunk with 0x", chunked + "0x5\r\nhello\r\n0\r\n\r\n");
    row("negative chunk", chunked + "-5\r\nhello\r\n0\r\n\r\n");
    row("chunk extension", chunked + "5;a=b\r\nhello\r\n0\r\n\r\n");
    row("chunk with LF", chunked + "5\nhello\r\n0\r\n\r\n");
    row("chunk too long", chunked + "5\r\nhello!\r\n0\r\n\r\n");
    row("trailer", chunked + "0\r\nx-api-key: k\r\n\r\n");
    QByteArray dripping = chunked;
    for (int i = 0; i < 65'537; ++i)
        dripping += "1\r\na\r\n";
    row("small chunks without end", dripping, 413);
}

void tst_RequestReader::refused()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, status);
    for (const size_t piece : {size_t(1), size_t(3), size_t(bytes.size())}) {
        const Read read = readInPieces(bytes, piece);
        QVERIFY(read.state == State::Refused);
        QCOMPARE(read.refused, status);
    }
}

void tst_RequestReader::unfinished_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("a line") << QByteArray("GET /a HTTP/1.1\r\n");
    QTest::newRow("no end of the head") << QByteArray("GET /a HTTP/1.1\r\nHost: x\r\n\r");
    QTest::newRow("half a body") << QByteArray(
        "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhel");
    QTest::newRow("no last chunk") << QByteArray(
        "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
    QTest::newRow("no end behind the last chunk")
        << QByteArray("POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n");
}

void tst_RequestReader::unfinished()
{
    QFETCH(QByteArray, bytes);
    const Read read = readInPieces(bytes, 2);
    QVERIFY(read.state == State::Head || read.state == State::Body);
    QCOMPARE(read.used, size_t(bytes.size()));
}

void tst_RequestReader::whatFollowsIsLeft()
{
    const QByteArray first = "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello";
    const Read read = readInPieces(first + "GET /b HTTP/1.1\r\nHost: x\r\n\r\n", 1000);
    QVERIFY(read.state == State::Done);
    QCOMPARE(read.used, size_t(first.size()));
    QCOMPARE(read.request.path, "/a");
}

void tst_RequestReader::keepsConnections_data()
{
    QTest::addColumn<QByteArray>("rest");
    QTest::addColumn<bool>("isKept");
    QTest::newRow("1.1") << QByteArray("1.1\r\nHost: x\r\n\r\n") << true;
    QTest::newRow("1.1 close") << QByteArray("1.1\r\nHost: x\r\nConnection: Close\r\n\r\n")
                               << false;
    QTest::newRow("1.1 list") << QByteArray("1.1\r\nHost: x\r\nConnection: a, close\r\n\r\n")
                              << false;
    QTest::newRow("1.1 twice")
        << QByteArray("1.1\r\nHost: x\r\nConnection: close\r\nConnection: keep-alive\r\n\r\n")
        << false;
    QTest::newRow("1.0") << QByteArray("1.0\r\n\r\n") << false;
    QTest::newRow("1.0 keep") << QByteArray("1.0\r\nConnection: keep-alive\r\n\r\n") << true;
}

void tst_RequestReader::keepsConnections()
{
    QFETCH(QByteArray, rest);
    QFETCH(bool, isKept);
    const Read read = readInPieces("GET / HTTP/" + rest, 1000);
    QVERIFY(read.state == State::Done);
    QCOMPARE(read.request.keepAlive, isKept);
}

void tst_RequestReader::theBodyIsSkipped()
{
    // What looks like a request inside a body is not a request.
    const QByteArray inside = "GET /b HTTP/1.1\r\nHost: x\r\n\r\n";
    const Read read = readInPieces("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: " +
                                       QByteArray::number(inside.size()) + "\r\n\r\n" + inside,
                                   5);
    QVERIFY(read.state == State::Done);
    QCOMPARE(read.request.path, "/a");
    QCOMPARE(read.request.headers.size(), size_t(2));
}

void tst_RequestReader::saysContinue()
{
    RequestReader reader(kLimits);
    reader.feed("POST /a HTTP/1.1\r\nHost: x\r\nExpect: 100-Continue\r\nContent-Length: 5\r\n\r\n");
    QVERIFY(reader.state() == State::Body);
    QVERIFY(reader.wantsContinue());
    RequestReader without(kLimits);
    without.feed("POST /a HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n\r\n");
    QVERIFY(without.state() == State::Done);
    QVERIFY(!without.wantsContinue());
}

void tst_RequestReader::refusalsClose()
{
    RequestReader reader(kLimits);
    reader.feed("nonsense\r\n");
    QVERIFY(reader.state() == State::Refused);
    QVERIFY(reader.refusal().close);
    QVERIFY(reader.refusal().body.startsWith("{\"error\":\""));
    QCOMPARE(reader.feed("GET / HTTP/1.1\r\nHost: x\r\n\r\n"), size_t(0));
}

QTEST_APPLESS_MAIN(tst_RequestReader)
#include "tst_requestreader.moc"
