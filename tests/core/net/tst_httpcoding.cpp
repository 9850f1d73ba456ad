// SPDX-License-Identifier: GPL-3.0-or-later
// Compressed answers: what zlib writes is decoded, what is damaged or too large is refused.
#include "core/net/httpcoding.h"
#include "tests/support/deflated.h"

#include <QRandomGenerator>
#include <QTest>

using namespace queuedeck::net;
using namespace queuedeck::test;

namespace {
constexpr qint64 kMost = 1024 * 1024;

HttpAnswer answerOf(const QByteArray& body, const QByteArray& coding)
{
    HttpAnswer answer;
    answer.headers = {{"content-encoding", coding}};
    answer.body = body;
    return answer;
}

class Coded
{
public:
    Coded(const QByteArray& body, const QByteArray& coding, qint64 most = kMost)
        : m_answer(answerOf(body, coding))
        , m_done(decode(m_answer, most))
    {
    }
    bool is(const QByteArray& text) const
    {
        return m_done == Decoding::Done && m_answer.body == text;
    }
    bool failed(Decoding why) const { return m_done == why && m_answer.body.isEmpty(); }

private:
    HttpAnswer m_answer;
    Decoding m_done;
};
} // namespace

class tst_HttpCoding : public QObject
{
    Q_OBJECT

    const QByteArray m_text = R"({"processed":5,"failed":0})";

private Q_SLOTS:
    void codings()
    {
        QVERIFY(Coded(m_text, "").is(m_text));
        QVERIFY(Coded(m_text, "identity").is(m_text));
        QVERIFY(Coded(deflated(m_text, kGzip), "gzip").is(m_text));
        QVERIFY(Coded(deflated(m_text, kGzip), "X-GZip").is(m_text));
        QVERIFY(Coded(deflated(m_text, kZlib), "deflate").is(m_text));
        QVERIFY(Coded(deflated(m_text, kBare), "deflate").is(m_text));
        QVERIFY(Coded(deflated(m_text.left(5), kGzip) + deflated(m_text.mid(5), kGzip), "gzip")
                    .is(m_text));
        QVERIFY(Coded(deflated(deflated(m_text, kZlib), kGzip), "deflate, gzip").is(m_text));
        QVERIFY(Coded({}, "gzip").is({}));
        QVERIFY(Coded(deflated({}, kGzip), "gzip").is({}));
    }

    void whatIsNotKnown()
    {
        for (const char* coding : {"br", "zstd", "compress", "gzip, br", "gzip,gzip,gzip,gzip"})
            QVERIFY2(Coded(deflated(m_text, kGzip), coding).failed(Decoding::Unknown), coding);
    }

    // Truncation at every byte, and a change of every byte.
    void damaged()
    {
        const QByteArray whole = deflated(m_text.repeated(20), kGzip);
        for (qsizetype size = 1; size < whole.size(); ++size)
            QVERIFY(Coded(whole.left(size), "gzip").failed(Decoding::Damaged));
        for (qsizetype at = 10; at < whole.size(); ++at) {
            QByteArray wrong = whole;
            wrong[at] = char(wrong[at] ^ 0x55);
            QVERIFY(!Coded(wrong, "gzip").is(m_text.repeated(20) + ' '));
            QVERIFY(Coded(wrong, "gzip").failed(Decoding::Damaged) ||
                    Coded(wrong, "gzip").failed(Decoding::TooLarge));
        }
        QVERIFY(Coded(m_text, "gzip").failed(Decoding::Damaged));
        QVERIFY(Coded(m_text, "deflate").failed(Decoding::Damaged));
        QRandomGenerator random(3);
        for (int i = 0; i < 2'000; ++i) {
            QByteArray noise(random.bounded(200), '\0');
            for (char& c : noise)
                c = char(random.bounded(256));
            Coded(noise, i % 2 ? "gzip" : "deflate");
        }
    }

    void bombs()
    {
        const QByteArray large(kMost + 1, 'a');
        QVERIFY(Coded(deflated(large.left(kMost), kGzip), "gzip").is(large.left(kMost)));
        QVERIFY(Coded(deflated(large, kGzip), "gzip").failed(Decoding::TooLarge));
        const QByteArray bomb = deflated(QByteArray(64 * 1024 * 1024, '\0'), kGzip);
        QVERIFY(Coded(bomb, "gzip").failed(Decoding::TooLarge));
        QVERIFY(Coded(deflated(bomb, kGzip), "gzip, gzip").failed(Decoding::TooLarge));
    }
};

QTEST_APPLESS_MAIN(tst_HttpCoding)
#include "tst_httpcoding.moc"
