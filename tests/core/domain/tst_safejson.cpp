// SPDX-License-Identifier: GPL-3.0-or-later
// JSON from untrusted data on output: that it is JSON, and which of its characters may reach a
// terminal.
#include "core/base/visibletext.h"
#include "core/domain/safejson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using domain::isOneJsonValue;
using domain::safeJson;

namespace {
bool isSafe(const QByteArray& json)
{
    const QString text = QString::fromUtf8(json);
    return text.toUtf8() == json && base::visibleText(text) == text;
}

QJsonArray read(const QByteArray& json)
{
    return QJsonDocument::fromJson('[' + json + ']').array();
}
} // namespace

class tst_SafeJson : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void values_data();
    void values();
    void depthCostsNothing();
    void safe_data();
    void safe();
    void anyString();
    void anyBytes();
};

void tst_SafeJson::values_data()
{
    QTest::addColumn<bool>("isJson");
    for (const char* text :
         {"{}", "[]", "null", "true", "false", "0", "-0", "1.10", "1e5", "-1.5E-7", "\"\"",
          " { \"a\" : [ 1 , 2 ] } ", "\"\\u00e9\\n\\\"\"", "[[],{},\"\"]",
          "12345678901234567890123", "\"\\ud800\"", "{\"a\":1,\"a\":2}", "\"a\tb\""})
        QTest::newRow(text) << true;
    for (const char* text : {"",          " ",
                             "{",         "}",
                             "[1,]",      "{\"a\":1,}",
                             "{\"a\"}",   "{a:1}",
                             "{'a':1}",   "01",
                             "1.",        ".5",
                             "+1",        "1e",
                             "-",         "--1",
                             "NaN",       "Infinity",
                             "nul",       "truefalse",
                             "1 2",       "1,2",
                             "1],[2",     "\"a",
                             "\"\\x\"",   "\"\\u12\"",
                             "\"\\",      "[1}",
                             "{\"a\":1]", "\xEF\xBB\xBF{}",
                             "// x",      "{\"a\":1}}",
                             "0x10",      "[\"a\" \"b\"]",
                             "{\"a\" 1}", "{1:2}"})
        QTest::newRow(text) << false;
}

void tst_SafeJson::values()
{
    QFETCH(bool, isJson);
    QCOMPARE(isOneJsonValue(QTest::currentDataTag()), isJson);
}

void tst_SafeJson::depthCostsNothing()
{
    const QByteArray deep = QByteArray(1'000'000, '[') + QByteArray(1'000'000, ']');
    QVERIFY(isOneJsonValue(deep));
    QVERIFY(!isOneJsonValue(deep.chopped(1)));
    QVERIFY(
        isOneJsonValue(QByteArray("{\"a\":").repeated(100'000) + '1' + QByteArray(100'000, '}')));
}

void tst_SafeJson::safe_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* name, const QByteArray& text, const QByteArray& expected) {
        QTest::newRow(name) << text << expected;
    };
    row("as it is", R"({"b":1.10,"a":12345678901234567890})",
        R"({"b":1.10,"a":12345678901234567890})");
    row("a tab inside", "{\"a\":\"x\ty\"}", R"({"a":"x\u0009y"})");
    row("lines between", "{\n\t\"a\": 1\r\n}", "{  \"a\": 1  }");
    row("lines inside", "\"a\nb\"", R"("a\u000ab")");
    row("escape", "\"\x1B[31m\"", R"("\u001b[31m")");
    row("delete", "\"\x7F\"", R"("\u007f")");
    row("C1", "\"\xC2\x9B\"", R"("\u009b")");
    row("turned around", "\"\xE2\x80\xAE\"", R"("\u202e")");
    row("zero width", "\"a\xE2\x80\x8B\"", R"("a\u200b")");
    row("tag", "\"\xF3\xA0\x81\x81\"", R"("\udb40\udc41")");
    row("no UTF-8", "\"a\xFFz\"", R"("a\ufffdz")");
    row("cut off", "\"a\xE2\x80\"", R"("a\ufffd\ufffd")");
    row("too long a form", "\"\xC0\xAF\"", R"("\ufffd\ufffd")");
    row("a surrogate as UTF-8", "\"\xED\xA0\x80\"", R"("\ufffd\ufffd\ufffd")");
    row("escaped already", R"("\u202e\\\"")", R"("\u202e\\\"")");
    row("quote behind a backslash", "\"\\\\\t\"", R"("\\\u0009")");
    row("letters", "\"Käse 東京 😀\"", "\"Käse 東京 😀\"");
}

void tst_SafeJson::safe()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    const QByteArray made = safeJson(text);
    QCOMPARE(made, expected);
    QVERIFY(isSafe(made));
    QCOMPARE(safeJson(made), made);
}

// Whatever bytes a string contains, the document remains one value with the same meaning.
void tst_SafeJson::anyString()
{
    QRandomGenerator random(7);
    for (int i = 0; i < 20'000; ++i) {
        QString text;
        for (int n = random.bounded(12); n > 0; --n) {
            const int form = random.bounded(5);
            const char32_t code = form == 0   ? char32_t(random.bounded(0x20))
                                  : form == 1 ? char32_t(0x2000 + random.bounded(0x70))
                                  : form == 2 ? char32_t(0xE0000 + random.bounded(0x80))
                                  : form == 3 ? char32_t(0x20 + random.bounded(0x400))
                                              : char32_t(0x1F600 + random.bounded(0x40));
            text += QString::fromUcs4(&code, 1);
        }
        const QByteArray raw =
            '"' + QString(text).replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s).toUtf8() + '"';
        QVERIFY(isOneJsonValue(raw));
        const QByteArray made = safeJson(raw);
        QVERIFY2(isSafe(made), made);
        QVERIFY(isOneJsonValue(made));
        QCOMPARE(read(made).first().toString(), text);
    }
}

void tst_SafeJson::anyBytes()
{
    QRandomGenerator random(11);
    const QByteArray alphabet("{}[]\",:\\u0123e+-.tfn \t\n\x1B\xE2\x80\xAE\xFF\xF3");
    for (int i = 0; i < 200'000; ++i) {
        QByteArray text;
        for (int n = random.bounded(16); n > 0; --n)
            text += alphabet[random.bounded(int(alphabet.size()))];
        const QByteArray made = safeJson(text);
        QVERIFY(QString::fromUtf8(made).toUtf8() == made);
        if (!isOneJsonValue(text))
            continue;
        QVERIFY2(isSafe(made), made);
        if (!text.contains('e')) // Qt does not read 1e999
            QCOMPARE(read(made).size(), 1);
    }
}

QTEST_APPLESS_MAIN(tst_SafeJson)
#include "tst_safejson.moc"
