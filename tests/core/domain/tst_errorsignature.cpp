// SPDX-License-Identifier: GPL-3.0-or-later
// What of an error says what went wrong, and what differs from job to job.
#include "core/domain/errorsignature.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck::domain;

class TestErrorSignature : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void leavesOut_data();
    void leavesOut();
    void valuesAreKept();
    void placesAreWhereTheTextSays();
    void literals();
    void anythingIsBounded_data();
    void anythingIsBounded();
    void anyTextIsHarmless();
};

void TestErrorSignature::leavesOut_data()
{
    QTest::addColumn<QString>("error");
    QTest::addColumn<QString>("signature");
    const auto row = [](const char* name, const QString& error, const QString& signature) {
        QTest::newRow(name) << error << signature;
    };
    row("numbers", u"Vision request: timeout after 60 s (attempt 3 of 3)"_s,
        u"Vision request: timeout after # s (attempt # of #)"_s);
    row("units", u"Image is 12.5MB, the limit is 1,024 KB, took 30s"_s,
        u"Image is #MB, the limit is # KB, took #s"_s);
    row("signs", u"offset -5 and +7"_s, u"offset # and #"_s);
    row("codes stay", u"CRM lookup: HTTP 404 for customer 3fa85f64-5717-4562-b3fc-2c963f66afa6"_s,
        u"CRM lookup: HTTP 404 for customer {id}"_s);
    row("more codes", u"Request failed with status code 503"_s,
        u"Request failed with status code 503"_s);
    row("version", u"HTTP/1.1 504 Gateway Timeout"_s, u"HTTP/1.1 504 Gateway Timeout"_s);
    row("SQLSTATE", u"The database refused it (SQLSTATE 23505)"_s,
        u"The database refused it (SQLSTATE 23505)"_s);
    row("exit code", u"The program ended with exit code 137"_s,
        u"The program ended with exit code 137"_s);
    row("a count is no code", u"Import error: 12 columns"_s, u"Import error: # columns"_s);
    row("cuid", u"No customer clh3k2j9x0000qz8m4c5d6e7f"_s, u"No customer {id}"_s);
    row("ULID", u"scan 01JDX5Z8W3N4Q6R7S8T9V0W1X2 is gone"_s, u"scan {id} is gone"_s);
    row("hex", u"commit 7f3a9c2e11 or 0x7ffe12"_s, u"commit {id}"_s);
    row("prefixed", u"request req_011CSHoEeqs5C35K2UUqR7Fy failed"_s, u"request req_{id} failed"_s);
    row("nanoid", u"Token V1StGXR8_Z5jdHi6B-myT expired"_s, u"Token {id} expired"_s);
    row("words with digits", u"sha256 of utf8 text, worker-12"_s,
        u"sha256 of utf8 text, worker-#"_s);
    row("url", u"GET https://api.example.com:8443/v1/x?a=1&b=(2) failed"_s, u"GET {url} failed"_s);
    row("url ends a sentence", u"See https://a.example/b."_s, u"See {url}."_s);
    row("host", u"getaddrinfo ENOTFOUND db-3.internal:5432"_s, u"getaddrinfo ENOTFOUND {host}"_s);
    row("ipv4", u"connect ECONNREFUSED 10.0.12.7:5432"_s, u"connect ECONNREFUSED {host}"_s);
    row("ipv6", u"connect to 2001:db8::1 failed"_s, u"connect to {host} failed"_s);
    row("no host", u"prisma.job.update is not a function"_s,
        u"prisma.job.update is not a function"_s);
    row("scope", u"std::bad_alloc"_s, u"std::bad_alloc"_s);
    row("path", u"cannot open /srv/cards/17/a.png: no such file"_s,
        u"cannot open {path}: no such file"_s);
    row("windows path", u"cannot open C:\\cards\\a.png now"_s, u"cannot open {path} now"_s);
    row("file and line", u"at src/jobs/run.ts:12:5 in run"_s, u"at {path} in run"_s);
    row("file name", u"card-0012.png is empty"_s, u"{path} is empty"_s);
    row("media type", u"image/png is not read"_s, u"image/png is not read"_s);
    row("times", u"expired at 2026-11-23T14:27:03.119Z, seen 14:27:03"_s,
        u"expired at {time}, seen {time}"_s);
    row("date", u"not before 2026-11-16."_s, u"not before {time}."_s);
    row("quotes", u"the answer has no field 'name' or \"id\""_s,
        u"the answer has no field {text}"_s);
    row("other quotes", u"„Größe“ fehlt, «x» aussi"_s, u"{text} fehlt, {text} aussi"_s);
    row("apostrophes", u"can't read the user's file"_s, u"can't read the user's file"_s);
    row("open quote", u"unexpected \" at 7"_s, u"unexpected \" at #"_s);
    row("lists", u"scanType must be one of 'a', 'b', 'c'"_s, u"scanType must be one of {text}"_s);
    row("mail", u"no mailbox for zoe@example.org"_s, u"no mailbox for {text}"_s);
    row("JSON", u"{\"type\":\"overloaded_error\",\"message\":\"Over 7 limits.\",\"id\":\"x\"}"_s,
        u"{\"type\":\"overloaded_error\",\"message\":\"Over # limits.\",\"id\":{text}}"_s);
    row("first line", u"\n  \n Boom 1\n    at /x/y.js:1"_s, u"Boom #"_s);
    row("colon", u"Invalid `prisma.job.update()` invocation:\n\n\nRecord 7 is missing"_s,
        u"Invalid {text} invocation: Record # is missing"_s);
    row("traceback",
        u"Traceback (most recent call last):\n  File \"a.py\", line 3, in f\n    x()\n"
        "ValueError: bad value 7\n"_s,
        u"ValueError: bad value #"_s);
    row("invisible", u"a\u202Eb\u200B  c"_s + QChar(0) + u"d\te"_s, u"ab cd e"_s);
    row("other digits", u"nach ٣٤ Versuchen"_s, u"nach # Versuchen"_s);
    row("emoji", u"💥 failed 😀"_s, u"💥 failed 😀"_s);
    row("nothing", QString(), QString());
    row("blank", u" \n\t\r\n "_s, QString());
}

void TestErrorSignature::leavesOut()
{
    QFETCH(QString, error);
    QFETCH(QString, signature);
    QCOMPARE(signatureOf(error).text, signature);
}

void TestErrorSignature::valuesAreKept()
{
    const ErrorSignature made =
        signatureOf(u"timeout after 60 s at api.example.com (attempt 3 of 3)"_s);
    QCOMPARE(made.text, u"timeout after # s at {host} (attempt # of #)"_s);
    QStringList values;
    for (const ErrorSignature::Place& place : made.places)
        values += place.value;
    QCOMPARE(values, QStringList({u"60"_s, u"api.example.com"_s, u"3"_s, u"3"_s}));
}

void TestErrorSignature::placesAreWhereTheTextSays()
{
    QRandomGenerator random(7);
    const QStringList words{u"timeout"_s,  u"17"_s,   u"'x'"_s,       u"/a/b"_s,
                            u"HTTP 504"_s, u"a, b"_s, u"10.0.0.1"_s,  u"\"k\":"_s,
                            u"{id}"_s,     u"#"_s,    u"2026-11-23"_s};
    for (int i = 0; i < 5000; ++i) {
        QString error;
        for (int word = 0; word < 12; ++word)
            error += words[random.bounded(words.size())] + u' ';
        const ErrorSignature made = signatureOf(error);
        QVERIFY(made.places.size() <= kMostPlaces);
        for (const ErrorSignature::Place& place : made.places)
            QVERIFY2(QStringView(made.text).mid(place.at).startsWith(placeholder(place.kind)),
                     qPrintable(error + u" → "_s + made.text));
        QCOMPARE(signatureOf(error), made);
    }
}

void TestErrorSignature::literals()
{
    QCOMPARE(literalsOf(signatureOf(u"Vision request: timeout after 60 s (attempt 3 of 3)"_s)),
             QStringList({u"Vision request: timeout after"_s, u"s (attempt"_s}));
    QVERIFY(literalsOf(signatureOf(u"7"_s)).isEmpty());
}

void TestErrorSignature::anythingIsBounded_data()
{
    QTest::addColumn<QString>("error");
    constexpr qsizetype kMegabyte = 1 << 20;
    QTest::newRow("letters") << QString(kMegabyte, u'x');
    QTest::newRow("digits") << QString(kMegabyte, u'7');
    QTest::newRow("quotes") << QString(kMegabyte, u'"');
    QTest::newRow("colons") << u"a:"_s.repeated(kMegabyte / 2);
    QTest::newRow("slashes") << QString(kMegabyte, u'/');
    QTest::newRow("dots") << u"a."_s.repeated(kMegabyte / 2);
    QTest::newRow("lines") << QString(kMegabyte, u'\n');
    QTest::newRow("controls") << QString(kMegabyte, QChar(1));
    QTest::newRow("halves") << QString(kMegabyte, QChar(0xD83D));
    QTest::newRow("at") << u"a@b."_s.repeated(kMegabyte / 4);
    QTest::newRow("ids") << u"a1b2c3d4 "_s.repeated(kMegabyte / 9);
    QTest::newRow("backslashes") << u"'\\"_s.repeated(kMegabyte / 2);
}

void TestErrorSignature::anythingIsBounded()
{
    QFETCH(QString, error);
    QElapsedTimer clock;
    clock.start();
    const ErrorSignature made = signatureOf(error);
    QVERIFY2(clock.elapsed() < 1000, qPrintable(QString::number(clock.elapsed())));
    QVERIFY(made.text.size() <= kMostOfASignature + 1);
    for (const ErrorSignature::Place& place : made.places)
        QVERIFY(place.value.size() <= kMostOfAValue);
    // A list reads the beginning only, and must find the same group.
    QCOMPARE(signatureOf(error.left(2000)).text, made.text);
}

void TestErrorSignature::anyTextIsHarmless()
{
    QRandomGenerator random(42);
    for (int i = 0; i < 20'000; ++i) {
        QString error;
        const int length = random.bounded(60);
        for (int at = 0; at < length; ++at) {
            const int kind = random.bounded(4);
            error += QChar(char16_t(kind == 0   ? random.bounded(0x10000)
                                    : kind == 1 ? random.bounded(0x80)
                                    : kind == 2 ? u'0' + random.bounded(10)
                                                : u'a' + random.bounded(26)));
        }
        const ErrorSignature made = signatureOf(error);
        QVERIFY(made.text.size() <= kMostOfASignature + 1);
        for (const QChar c : made.text)
            QVERIFY2(c.unicode() >= 0x20 && (c.unicode() < 0x202A || c.unicode() > 0x202E),
                     qPrintable(made.text));
    }
}

QTEST_GUILESS_MAIN(TestErrorSignature)
#include "tst_errorsignature.moc"
