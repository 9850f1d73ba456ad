// SPDX-License-Identifier: GPL-3.0-or-later
// Which addresses belong to the public internet: tables of both kinds, the edges of each block, and
// generated addresses compared with an independent implementation.
#include "core/net/publicaddress.h"

#include <QHostAddress>
#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck::net;

class TestPublicAddress : public QObject
{
    Q_OBJECT

    static QHostAddress parsed(const QString& text)
    {
        const QHostAddress address(text);
        if (address.isNull())
            qFatal("%s is no address", qPrintable(text));
        return address;
    }

private Q_SLOTS:
    void publicOnes_data()
    {
        QTest::addColumn<QString>("text");
        for (const char* text : {"1.1.1.1",         "8.8.8.8",          "9.255.255.255",
                                 "11.0.0.0",        "100.63.255.255",   "100.128.0.0",
                                 "126.255.255.255", "128.0.0.0",        "168.63.129.15",
                                 "168.63.129.17",   "169.253.255.255",  "169.255.0.0",
                                 "172.15.255.255",  "172.32.0.0",       "192.0.1.0",
                                 "192.0.3.0",       "192.167.255.255",  "192.169.0.0",
                                 "198.17.255.255",  "198.20.0.0",       "198.51.99.255",
                                 "198.51.101.0",    "203.0.112.255",    "203.0.114.0",
                                 "223.255.255.255", "2606:4700::1111",  "2a00:1450:4001:800::200e",
                                 "2000::",          "3ffe::1",          "2400::1",
                                 "::ffff:8.8.8.8",  "64:ff9b::8.8.8.8", "2002:808:808::1"})
            QTest::newRow(text) << QString::fromLatin1(text);
    }
    void publicOnes()
    {
        QFETCH(QString, text);
        QCOMPARE(whyNotPublic(parsed(text)), QString());
    }

    void othersSayWhy_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("why");
        const auto row = [](const char* text, const QString& why) {
            QTest::newRow(text) << QString::fromLatin1(text) << why;
        };
        for (const char* text :
             {"0.0.0.0", "0.1.2.3", "0.255.255.255", "127.0.0.1", "127.1.2.3", "127.255.255.255",
              "::", "::1", "::ffff:127.0.0.1", "::ffff:0.0.0.0", "::127.0.0.1",
              "::ffff:0:127.0.0.1", "64:ff9b::127.0.0.1", "2002:7f00:1::"})
            row(text, u"this computer"_s);
        for (const char* text :
             {"10.0.0.0", "10.255.255.255", "172.16.0.0", "172.31.255.255", "192.168.0.0",
              "192.168.255.255", "fc00::", "fd12:3456::1", "fdff:ffff::", "fec0::1",
              "::ffff:10.1.2.3", "::ffff:c0a8:101", "64:ff9b::10.0.0.1", "64:ff9b::a00:1",
              "64:ff9b:1::1", "2002:a00:1::1",
              "2002:c0a8:1::", "2001:0:4136:e378:8000:63bf:f5ff:fffe"}) // Teredo of 10.0.0.1
            row(text, u"a private network"_s);
        for (const char* text :
             {"169.254.0.0", "169.254.169.254", "169.254.255.255", "::ffff:169.254.169.254",
              "64:ff9b::a9fe:a9fe", "2002:a9fe:a9fe::", "fe80::1", "fe80::1%eth0", "febf::"})
            row(text, u"the local link"_s);
        for (const char* text :
             {"224.0.0.0", "239.255.255.255", "ff00::", "ff02::1", "ff0e::1", "::ffff:224.0.0.1"})
            row(text, u"a multicast address"_s);
        for (const char* text : {"100.64.0.0", "100.100.100.200", "100.127.255.255"})
            row(text, u"a provider's inner network"_s);
        for (const char* text :
             {"240.0.0.0", "255.255.255.255", "192.0.0.8", "192.0.0.192", "100::1", "4000::1",
              "1::", "fe00::1", "2001:10::1", "2001:2f:ffff::"})
            row(text, u"a reserved address"_s);
        for (const char* text :
             {"192.0.2.1", "198.51.100.7", "203.0.113.255", "2001:db8::1", "3fff::1"})
            row(text, u"an address for documentation"_s);
        for (const char* text : {"198.18.0.0", "198.19.255.255", "2001:2::1"})
            row(text, u"a network for tests"_s);
        row("168.63.129.16", u"a cloud's own service"_s);
        row("fd00:ec2::254", u"a private network"_s); // the metadata service of a cloud
        row("192.88.99.1", u"a relay"_s);
    }
    void othersSayWhy()
    {
        QFETCH(QString, text);
        QFETCH(QString, why);
        const QString said = whyNotPublic(parsed(text));
        QVERIFY2(said.contains(why), qPrintable(text + u": "_s + said));
        QVERIFY2(said.startsWith(parsed(text).toString()), qPrintable(said));
    }

    void eachInnerAddressIsJudgedLikeTheOuter()
    {
        QRandomGenerator random(7);
        for (int i = 0; i < 20'000; ++i) {
            const quint32 four = random.generate();
            const auto hex = [](quint32 word) { return QString::number(word, 16); };
            const QString plain = u"%1.%2.%3.%4"_s.arg(four >> 24)
                                      .arg(four >> 16 & 255)
                                      .arg(four >> 8 & 255)
                                      .arg(four & 255);
            const bool isPublic = whyNotPublic(parsed(plain)).isEmpty();
            const QString halves = hex(four >> 16) + u':' + hex(four & 0xFFFF);
            const quint32 inverted = ~four;
            for (const QString& outer :
                 {u"::ffff:"_s + plain, u"64:ff9b::"_s + plain, u"::ffff:0:"_s + plain,
                  u"2002:"_s + halves + u"::1"_s,
                  u"2001:0:808:808:0:0:"_s + hex(inverted >> 16) + u':' + hex(inverted & 0xFFFF)}) {
                QVERIFY2(whyNotPublic(parsed(outer)).isEmpty() == isPublic, qPrintable(outer));
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestPublicAddress)
#include "tst_publicaddress.moc"
