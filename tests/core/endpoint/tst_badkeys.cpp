// SPDX-License-Identifier: GPL-3.0-or-later
// Five wrong keys per minute and address, in bounded memory.
#include "core/endpoint/badkeys.h"

#include <QTest>

using namespace queuedeck::endpoint;
using namespace std::chrono_literals;

class tst_BadKeys : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fiveAMinute();
    void theWindowSlides();
    void addressesAreApart();
    void anIpv6NetworkIsOneClient();
    void memoryIsBounded();
    void onlyGuessesAreNotCompared();
    void theSameWrongKeyIsNoGuess();
    void whereTheRightKeyWasShown();
};

void tst_BadKeys::fiveAMinute()
{
    BadKeys keys(5);
    const BadKeys::Time start{};
    for (int i = 0; i < 5; ++i)
        QCOMPARE(keys.note("192.0.2.1", start + i * 1s), 0);
    QCOMPARE(keys.note("192.0.2.1", start + 5s), 55);
    QCOMPARE(keys.note("192.0.2.1", start + 59500ms), 1);
    QCOMPARE(keys.note("192.0.2.1", start + 60s), 0);
    QVERIFY(keys.note("192.0.2.1", start + 60s) > 0);
}

void tst_BadKeys::theWindowSlides()
{
    BadKeys keys(5);
    const BadKeys::Time start{};
    for (int i = 0; i < 100; ++i)
        QCOMPARE(keys.note("192.0.2.1", start + i * 12s), 0); // five a minute, indefinitely
}

void tst_BadKeys::addressesAreApart()
{
    BadKeys keys(1);
    const BadKeys::Time start{};
    QCOMPARE(keys.note("192.0.2.1", start), 0);
    QVERIFY(keys.note("192.0.2.1", start) > 0);
    QCOMPARE(keys.note("192.0.2.2", start), 0);
}

void tst_BadKeys::anIpv6NetworkIsOneClient()
{
    QCOMPARE(BadKeys::clientOf("2001:db8:1:2::1"), BadKeys::clientOf("2001:db8:1:2:ffff::9"));
    QVERIFY(BadKeys::clientOf("2001:db8:1:2::1") != BadKeys::clientOf("2001:db8:1:3::1"));
    QVERIFY(BadKeys::clientOf("::ffff:192.0.2.1") != BadKeys::clientOf("::ffff:192.0.2.2"));
    QCOMPARE(BadKeys::clientOf("192.0.2.1"), "192.0.2.1");
}

void tst_BadKeys::memoryIsBounded()
{
    BadKeys keys(5);
    const BadKeys::Time start{};
    for (int i = 0; i < 100'000; ++i)
        keys.note("192.0." + QByteArray::number(i / 250) + '.' + QByteArray::number(i % 250),
                  start + i * 10us);
    QVERIFY(keys.addresses() <= 1024);
    keys.note("198.51.100.1", start + 2min);
    QCOMPARE(keys.addresses(), 1); // the others have long expired
}

void tst_BadKeys::onlyGuessesAreNotCompared()
{
    BadKeys keys(5);
    const BadKeys::Time start{};
    for (int i = 0; i < 5; ++i)
        QCOMPARE(keys.tries("192.0.2.1", "guess " + QByteArray::number(i), start + i * 1s), 0);
    QCOMPARE(keys.tries("192.0.2.1", "right", start + 10s), 50);
    QCOMPARE(keys.tries("192.0.2.2", "right", start + 10s), 0);
    QCOMPARE(keys.tries("192.0.2.1", "right", start + 60s), 0); // the first one is a minute old
    QVERIFY(keys.tries("192.0.2.1", "another", start + 60s) > 0);
    // No more than five a minute, however long and fast the attempts are.
    int compared = 0;
    for (int i = 0; i < 10'000; ++i)
        compared += keys.tries("192.0.2.3", QByteArray::number(i), start + i * 30ms) == 0 ? 1 : 0;
    QCOMPARE(compared, 25);
}

void tst_BadKeys::theSameWrongKeyIsNoGuess()
{
    BadKeys keys(5);
    const BadKeys::Time start{};
    for (int i = 0; i < 1'000; ++i) {
        QCOMPARE(keys.tries("192.0.2.1", "an old key", start + i * 100ms), 0);
        keys.note("192.0.2.1", start + i * 100ms);
    }
    QCOMPARE(keys.tries("192.0.2.1", "right", start + 100s), 0);
}

void tst_BadKeys::whereTheRightKeyWasShown()
{
    BadKeys keys(5);
    const BadKeys::Time start{};
    QCOMPARE(keys.tries("192.0.2.1", "right", start), 0);
    keys.wasRight("192.0.2.1", "right");
    for (int i = 0; i < 100; ++i)
        keys.tries("192.0.2.1", QByteArray::number(i), start + 1s);
    QCOMPARE(keys.tries("192.0.2.1", "right", start + 1s), 0);
    // Not even ten thousand other clients make it forgotten.
    for (int i = 0; i < 10'000; ++i)
        keys.tries("198.51." + QByteArray::number(i / 250) + '.' + QByteArray::number(i % 250), "x",
                   start + 2s);
    QVERIFY(keys.addresses() <= 1024);
    QCOMPARE(keys.tries("192.0.2.1", "right", start + 2s), 0);
    for (int i = 0; i < 100; ++i)
        keys.tries("192.0.2.1", QByteArray::number(i), start + 3s);
    QCOMPARE(keys.tries("192.0.2.1", "right", start + 3s), 0);
}

QTEST_APPLESS_MAIN(tst_BadKeys)
#include "tst_badkeys.moc"
