// SPDX-License-Identifier: GPL-3.0-or-later
// Untrusted text made visible: characters that control a terminal, change the direction of text or
// show nothing.
#include "core/base/visibletext.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck::base;

namespace {
QString ofCode(char32_t code)
{
    return code > 0xFFFF
               ? QString(QChar(QChar::highSurrogate(code))) + QChar(QChar::lowSurrogate(code))
               : QString(QChar(char16_t(code)));
}
} // namespace

class tst_VisibleText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void harmfulIsShown()
    {
        QList<std::pair<char32_t, char32_t>> harmful{
            {0x00, 0x1F},     {0x7F, 0x9F},       {0x061C, 0x061C}, {0x200B, 0x200F},
            {0x202A, 0x202E}, {0x2028, 0x2029},   {0x2060, 0x2064}, {0x2066, 0x2069},
            {0xFEFF, 0xFEFF}, {0xE0000, 0xE007F}, {0xD800, 0xDFFF}, {0x3164, 0x3164}};
        for (const auto& [first, last] : harmful) {
            for (char32_t code = first; code <= last; ++code) {
                const QString text = u"a"_s + ofCode(code) + u"b"_s;
                const QString shown = visibleText(text);
                QVERIFY2(!isHarmless(code), qPrintable(QString::number(uint(code), 16)));
                QVERIFY(shown.startsWith(u'a') && shown.endsWith(u'b'));
                QVERIFY2(!shown.contains(ofCode(code)), qPrintable(shown));
                QCOMPARE(visibleText(shown), shown);
                QCOMPARE(visibleLines(text) == text, code == U'\n' || code == U'\t');
            }
        }
    }

    void forms()
    {
        QCOMPARE(visibleText(u"a\u001Bb"_s), u"a\u241Bb"_s);
        QCOMPARE(visibleText(u"a\u007Fb"_s), u"a\u2421b"_s);
        QCOMPARE(visibleText(u"a\u202Eb"_s), u"a\\u202Eb"_s);
        QCOMPARE(visibleText(u"a\u0085"_s), u"a\\u0085"_s);
        QCOMPARE(visibleText(QString::fromUtf8("\xF3\xA0\x81\x81")), u"\\u{E0041}"_s);
        QCOMPARE(visibleText(QString(QChar(0xD83D))), u"\\uD83D"_s);
        QCOMPARE(visibleText(QString(QChar(0xDE00)) + u"x"_s), u"\\uDE00x"_s);
        QCOMPARE(visibleLines(u"a\tb\r\n\u0007"_s), u"a\tb\u240D\n\u2407"_s);
    }

    void harmlessStays()
    {
        for (const QString& text : {u""_s, u"plain"_s, u"Käse 東京 עברית العربية"_s,
                                    u"😀👍🏽"_s, u"✔️ e\u0301"_s, u"1 000"_s})
            QCOMPARE(visibleText(text), text);
    }
};

QTEST_APPLESS_MAIN(tst_VisibleText)
#include "tst_visibletext.moc"
