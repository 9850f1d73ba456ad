// SPDX-License-Identifier: GPL-3.0-or-later
// Short ids: families of ids as libraries make them, a thousand of each in one burst.
#include "core/domain/shortid.h"

#include <QRandomGenerator>
#include <QSet>
#include <QTest>

#include <functional>

using namespace Qt::StringLiterals;
using queuedeck::domain::shortId;

namespace {
constexpr int kBurst = 1000;
constexpr int kWidest = 15;

QRandomGenerator& chance()
{
    static QRandomGenerator s_random(2026);
    return s_random;
}

QString drawn(const QString& alphabet, int count)
{
    QString text;
    for (int i = 0; i < count; ++i)
        text += alphabet[chance().bounded(int(alphabet.size()))];
    return text;
}

const QString kHex = u"0123456789abcdef"_s;
const QString kBase36 = u"0123456789abcdefghijklmnopqrstuvwxyz"_s;
const QString kCrockford = u"0123456789ABCDEFGHJKMNPQRSTVWXYZ"_s;
const QString kBase62 = u"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"_s;

QString uuid(const QString& hex)
{
    return u"%1-%2-%3-%4-%5"_s.arg(hex.mid(0, 8), hex.mid(8, 4), hex.mid(12, 4), hex.mid(16, 4),
                                   hex.mid(20, 12));
}

QString padded(qint64 number, int base, int width)
{
    return QString::number(number, base).rightJustified(width, u'0');
}
} // namespace

Q_DECLARE_METATYPE(std::function<QString(int)>)

class tst_ShortId : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void forms_data();
    void forms();
    void neighboursDiffer_data();
    void neighboursDiffer();
};

void tst_ShortId::forms_data()
{
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* id, const QString& expected) { QTest::newRow(id) << expected; };
    row("6ba7b810-9dad-41d1-80b4-00c04fd430c8", u"6ba7b810"_s);
    row("6BA7B810-9DAD-11D1-80B4-00C04FD430C8", u"6BA7B810"_s);
    row("019aa1f2-7c1f-7909-be00-5d2a7c9e1b11", u"019a…9e1b11"_s);
    row("01JDX5Z8W3N4Q6R7S8T9V0W1X2", u"01JD…V0W1X2"_s);
    row("clh3am8k30000mh08x2g7v3k1", u"clh3…g7v3k1"_s);
    row("1732873846123456789", u"1732…456789"_s);
    row("6ba7b810-9dad-41d1-80b4-00c04fd430cX", u"6ba7…d430cX"_s); // not a uuid
    row("1", u"1"_s);
    row("-5", u"-5"_s);
    row("1000000001", u"1000000001"_s);
    row("twelve chars", u"twelve chars"_s);
    row("thirteen char", u"thir…n char"_s);
    row("", QString());
    row("ab😀😀😀😀😀😀😀😀", u"ab😀…😀😀😀"_s);
    row("abc😀😀😀😀😀😀😀😀x", u"abc…😀😀x"_s);
}

void tst_ShortId::forms()
{
    QFETCH(QString, expected);
    QCOMPARE(shortId(QString::fromUtf8(QTest::currentDataTag())), expected);
}

void tst_ShortId::neighboursDiffer_data()
{
    QTest::addColumn<std::function<QString(int)>>("make");
    const auto row = [](const char* name, const std::function<QString(int)>& make) {
        QTest::newRow(name) << make;
    };
    row("uuid 1", [](int i) {
        return uuid(padded(0x9a31'0000 + i * 10, 16, 8) + u"c2f111efb864"_s + u"0242ac120002"_s);
    });
    row("uuid 4",
        [](int) { return uuid(drawn(kHex, 12) + u'4' + drawn(kHex, 3) + u'a' + drawn(kHex, 15)); });
    row("uuid 6", [](int i) {
        return uuid(u"1ec9414c232a6"_s + padded(i % 4096, 16, 3) + u"8000"_s + u"0242ac120002"_s);
    });
    row("uuid 7", [](int i) {
        return uuid(padded(0x019a'a1f2'7c1f + i / 100, 16, 12) + u'7' + drawn(kHex, 3) + u'b' +
                    drawn(kHex, 15));
    });
    row("ulid", [](int) { return u"01JDX5Z8W3"_s + drawn(kCrockford, 16); });
    row("ulid that counts on", [](int i) { return u"01JDX5Z8W3N4Q6R7S8T9"_s + padded(i, 10, 6); });
    row("cuid",
        [](int i) { return u"clh3am8k3"_s + padded(i, 36, 4) + u"mh08"_s + drawn(kBase36, 8); });
    row("cuid 2",
        [](int) { return drawn(u"abcdefghijklmnopqrstuvwxyz"_s, 1) + drawn(kBase36, 23); });
    row("snowflake",
        [](int i) { return QString::number(1'193'828'374'659'182'592 + i * 4096 + i % 7); });
    row("nanosecond", [](int i) { return QString::number(1'732'873'846'123'456'789 + i * 1013); });
    row("bigserial", [](int i) { return QString::number(9'000'000'000'000 + i); });
    row("ksuid", [](int) { return u"2pH8mY"_s + drawn(kBase62, 21); });
    row("nanoid", [](int) { return drawn(kBase62 + u"_-"_s, 21); });
    row("ObjectId", [](int i) { return u"674989f6a1b2c3d4e5"_s + padded(0x10'0000 + i, 16, 6); });
    row("prefixed", [](int) { return u"job_01JDX5Z8W3"_s + drawn(kCrockford, 16); });
    row("dated",
        [](int i) { return u"2026-11-29T08:30:00Z/import/%1"_s.arg(i, 6, 10, QChar(u'0')); });
}

void tst_ShortId::neighboursDiffer()
{
    QFETCH(std::function<QString(int)>, make);
    QSet<QString> ids;
    QSet<QString> shorts;
    for (int i = 0; i < kBurst; ++i) {
        const QString id = make(i);
        const QString shown = shortId(id);
        QVERIFY2(shown.size() <= kWidest, qPrintable(shown));
        QCOMPARE(shortId(shown), shown);
        ids += id;
        shorts += shown;
    }
    QCOMPARE(ids.size(), kBurst);
    QVERIFY2(shorts.size() >= kBurst * 99 / 100, qPrintable(QString::number(shorts.size())));
}

QTEST_APPLESS_MAIN(tst_ShortId)
#include "tst_shortid.moc"
