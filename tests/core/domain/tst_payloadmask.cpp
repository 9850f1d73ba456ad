// SPDX-License-Identifier: GPL-3.0-or-later
// What is masked is in no form in what is written, and the rest is as it was.
#include "core/domain/payloadmask.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck::domain;

namespace {
QByteArray masked(const QByteArray& payload, const QVector<ExportPath>& paths,
                  const QByteArray& key = "key")
{
    return PayloadMask(paths, key).masked(payload).value_or("none");
}
} // namespace

class TestPayloadMask : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theRestStays();
    void everyPlaceOfThatName();
    void whatContainsAnother();
    void hosts();
    void hashes();
    void whatCannotBeRead();
};

void TestPayloadMask::theRestStays()
{
    const QByteArray payload =
        "{ \"z\": 1.0, \"email\" : \"jo@x.example\", \"a\":12345678901234567890}";
    QCOMPARE(masked(payload, {{u"email"_s, Masking::Hidden}}),
             "{ \"z\": 1.0, \"email\" : \"•••\", \"a\":12345678901234567890}"_ba);
    QCOMPARE(masked(payload, {{u"email"_s, Masking::AsStored}}), payload);
    QCOMPARE(masked(payload, {{u"other"_s, Masking::Hidden}}), payload);
}

void TestPayloadMask::everyPlaceOfThatName()
{
    const QByteArray payload =
        R"({"people":[{"email":"secret1"},{"email":["secret2"]},[{"email":"secret3"}]],)"
        R"("people":{"e\u006dail":"secret4"}})";
    const QByteArray result = masked(payload, {{u"people.email"_s, Masking::Hidden}});
    QVERIFY2(!result.contains("secret"), result.constData());
    QVERIFY(QJsonDocument::fromJson(result).isObject());
}

void TestPayloadMask::whatContainsAnother()
{
    const QByteArray payload = R"({"a":{"b":"secret","c":2},"d":3})";
    const QByteArray both =
        masked(payload, {{u"a.b"_s, Masking::Hashed}, {u"a"_s, Masking::Hidden}});
    QCOMPARE(both, "{\"a\":\"•••\",\"d\":3}"_ba);
}

void TestPayloadMask::hosts()
{
    const PayloadMask mask({{u"u"_s, Masking::HostOnly}}, "key");
    QCOMPARE(mask.value("\"https://user:secret@cdn.example:8443/a?key=1\"", Masking::HostOnly),
             "\"cdn.example\""_ba);
    for (const QByteArray& none : {"\"no address\""_ba, "12"_ba, "[\"https://x.example\"]"_ba})
        QCOMPARE(mask.value(none, Masking::HostOnly), "\"•••\""_ba);
    QCOMPARE(mask.value("null", Masking::HostOnly), "null"_ba);
}

void TestPayloadMask::hashes()
{
    const QVector<ExportPath> paths{{u"a"_s, Masking::Hashed}};
    const QByteArray one = masked(R"({"a":"jo"})", paths);
    QVERIFY2(one.startsWith("{\"a\":\"h:") && !one.contains("jo"), one.constData());
    QCOMPARE(masked(R"({"a":"\u006ao"})", paths), one); // the same text, written otherwise
    QVERIFY(masked(R"({"a":"Jo"})", paths) != one);
    QVERIFY(masked(R"({"a":"jo"})", paths, "another") != one);
    QVERIFY(PayloadMask::randomKey() != PayloadMask::randomKey());
    QCOMPARE(PayloadMask::randomKey().size(), 32);
}

void TestPayloadMask::whatCannotBeRead()
{
    const QVector<ExportPath> paths{{u"a"_s, Masking::Hidden}};
    for (const QByteArray& payload :
         {"{\"a\":\"secret\""_ba, "\"{\\\"a\\\":\\\"secret\\\"}\""_ba, "secret"_ba, ""_ba})
        QCOMPARE(masked(payload, paths), "none"_ba);
    QVERIFY(PayloadMask(paths).masked(QByteArray())->isNull());
    QCOMPARE(masked("null", paths), "null"_ba);
    QCOMPARE(masked("broken {", {{u"a"_s, Masking::AsStored}}), "broken {"_ba);
}

QTEST_GUILESS_MAIN(TestPayloadMask)
#include "tst_payloadmask.moc"
