// SPDX-License-Identifier: GPL-3.0-or-later
// Why RequestReader does not use Boost.Beast's parser: it refuses each of these requests and Beast
// accepts them, although two programs in a row may interpret them differently. Once Beast refuses
// them all, it can take over.
#include "core/endpoint/requestreader.h"

#include <QTest>

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

using namespace queuedeck::endpoint;
namespace http = boost::beast::http;

namespace {
const Limits kLimits;

struct Taken
{
    bool isWhole = false;
    size_t used = 0;
    std::string body;
    std::string key; ///< of x-api-key
};

Taken byBeast(const QByteArray& bytes)
{
    http::request_parser<http::string_body> parser;
    parser.eager(true);
    boost::system::error_code error;
    Taken taken;
    taken.used = parser.put(boost::asio::buffer(bytes.constData(), size_t(bytes.size())), error);
    taken.isWhole = !error && parser.is_done();
    taken.body = parser.get().body();
    taken.key = std::string(parser.get()["x-api-key"]);
    return taken;
}

bool isRefusedHere(const QByteArray& bytes)
{
    RequestReader reader(kLimits);
    reader.feed({bytes.constData(), size_t(bytes.size())});
    return reader.state() == RequestReader::State::Refused;
}

const QByteArray kPost = "POST /a HTTP/1.1\r\nHost: x\r\n";
const QByteArray kChunked = kPost + "Transfer-Encoding: chunked\r\n\r\n";
} // namespace

class TestBeastParser : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takenByBeastOnly_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        const auto row = [](const char* name, const QByteArray& bytes) {
            QTest::newRow(name) << bytes;
        };
        row("two lengths", kPost + "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello");
        row("a list of lengths", kPost + "Content-Length: 5, 5\r\n\r\nhello");
        row("two codings", kPost + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n");
        row("another coding", kPost + "Transfer-Encoding: xchunked\r\n\r\n");
        row("a coding behind", kPost + "Transfer-Encoding: chunked, gzip\r\n\r\n");
        row("identity", kPost + "Transfer-Encoding: identity\r\n\r\n");
        row("coding in HTTP/1.0",
            "POST /a HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        row("folded line", kPost + "A: b\r\n c\r\n\r\n");
        row("folded coding", kPost + "Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n");
        row("no Host", "GET /a HTTP/1.1\r\n\r\n");
        row("two Hosts", "GET /a HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n");
        row("absolute address", "GET http://y/a HTTP/1.1\r\nHost: x\r\n\r\n");
        row("authority", "CONNECT x:80 HTTP/1.1\r\nHost: x\r\n\r\n");
        row("address beyond ASCII", "GET /\xC3\xA4 HTTP/1.1\r\nHost: x\r\n\r\n");
        row("chunk extension", kChunked + "5;a=b\r\nhello\r\n0\r\n\r\n");
        row("trailer", kChunked + "0\r\nx-api-key: k\r\n\r\n");
    }
    void takenByBeastOnly()
    {
        QFETCH(QByteArray, bytes);
        QVERIFY(isRefusedHere(bytes));
        const Taken taken = byBeast(bytes);
        QVERIFY(taken.isWhole);
        QCOMPARE(taken.used, size_t(bytes.size()));
    }

    // A proxy that takes the last coding for chunked forwards what it considers the body, and Beast
    // takes that body for the next request.
    void aSmuggledRequest()
    {
        const QByteArray head = kPost + "Transfer-Encoding: xchunked\r\n\r\n";
        const QByteArray hidden = "GET /b HTTP/1.1\r\nHost: x\r\n\r\n";
        const QByteArray bytes =
            head + QByteArray::number(hidden.size(), 16) + "\r\n" + hidden + "\r\n0\r\n\r\n";
        QVERIFY(isRefusedHere(bytes));
        const Taken taken = byBeast(bytes);
        QVERIFY(taken.isWhole);
        QCOMPARE(taken.used, size_t(head.size()));
    }

    // Nor could we check its fields afterwards: trailers are mixed with the headers, and folded
    // lines are joined.
    void whatCannotBeToldAfterwards()
    {
        QCOMPARE(byBeast(kChunked + "0\r\nx-api-key: k\r\n\r\n").key, std::string("k"));
        QCOMPARE(byBeast(kPost + "x-api-key: a\r\n b\r\n\r\n").key, std::string("a b"));
    }
};

QTEST_APPLESS_MAIN(TestBeastParser)
#include "tst_beastparser.moc"
