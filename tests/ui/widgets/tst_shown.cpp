// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/shown.h"

#include <QTest>
#include <QTextDocument>

using namespace Qt::StringLiterals;
using namespace queuedeck;

class TestShown : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingUnseenStays()
    {
        // Every character there is: none that is invisible or changes direction remains.
        for (char32_t sign = 0; sign <= 0x10ffff; ++sign) {
            const QString text = QString::fromUcs4(&sign, 1);
            if (text.isEmpty()) // taken for a byte order mark
                continue;
            const QString visible = ui::showControls(text);
            QCOMPARE(ui::showControls(visible), visible);
            const auto category = QChar::category(sign);
            const auto direction = QChar::direction(sign);
            const bool turns = direction >= QChar::DirLRE && direction != QChar::DirNSM &&
                               direction != QChar::DirAL && direction != QChar::DirBN;
            if (category == QChar::Other_Control || category == QChar::Other_Format || turns)
                QVERIFY2(visible != text, qPrintable(QString::number(sign, 16)));
        }
    }

    void whatIsSeenStays_data()
    {
        QTest::addColumn<QString>("text");
        for (const QString& text :
             {u"Zürich, 5 €"_s, u"العربية"_s, u"日本語"_s, u"😀🇩🇪"_s, u"a\u0301"_s, u"हिन्दी"_s,
              u"\u00a0\u2009x"_s, u"<b>&amp;</b>"_s})
            QTest::newRow(qPrintable(text)) << text;
    }
    void whatIsSeenStays()
    {
        QFETCH(QString, text);
        QCOMPARE(ui::showControls(text), text);
        QCOMPARE(ui::shown(text), text);
    }

    void unseen_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("visible");
        QTest::newRow("override") << u"a\u202Eb"_s << u"a\uFFFDb"_s;
        QTest::newRow("zero width")
            << u"a\u200B\u200C\u200D\u2060\uFEFFb"_s << u"a\uFFFD\uFFFD\uFFFD\uFFFD\uFFFDb"_s;
        QTest::newRow("tags") << u"a\U000E0001\U000E0041\U000E007Fb"_s << u"a\uFFFD\uFFFD\uFFFDb"_s;
        QTest::newRow("filler") << u"a\u3164\u115Fb"_s << u"a\uFFFD\uFFFDb"_s;
        QTest::newRow("escape") << u"a\u001b[1mb\u0000"_s.left(7) << u"a␛[1mb␀"_s;
        QTest::newRow("half a pair") << (u"a"_s + QChar(0xd800) + u'b') << u"a\uFFFDb"_s;
    }
    void unseen()
    {
        QFETCH(QString, text);
        QTEST(ui::showControls(text), "visible");
        QTEST(ui::shown(text), "visible");
        const ui::Label label(text);
        QTEST(label.text(), "visible");
    }

    void linesStayLines()
    {
        QCOMPARE(ui::shown(u"a\nb\u202E\n"_s), u"a\nb\uFFFD\n"_s);
        QCOMPARE(ui::showControls(u"a\nb"_s), u"a␊b"_s);
    }

    void tipsAreNeverMarkup_data()
    {
        QTest::addColumn<QString>("text");
        for (const QString& text :
             {u"<img src=http://canary/x>"_s, u"<b>bold</b>"_s, u"a <b>b</b> & c &lt;"_s,
              u"<qt>rich</qt>"_s, u"<!-- x -->"_s, u"a\n<b>b</b>"_s, u"plain & simple"_s,
              u"&lt;b&gt;"_s, u"</qt><img src='x'><qt>"_s, u"<?xml version='1.0'?><a/>"_s,
              QString(300, u'x'), u"x "_s.repeated(200) + u"<b>"_s})
            QTest::newRow(qPrintable(text.left(30))) << text;
    }
    void tipsAreNeverMarkup()
    {
        QFETCH(QString, text);
        const QString tip = ui::tip(text);
        QString seen = tip;
        if (Qt::mightBeRichText(tip)) {
            QTextDocument document;
            document.setHtml(tip);
            seen = document.toPlainText();
        }
        QCOMPARE(seen.simplified(), text.simplified());
    }

    void lengths()
    {
        QCOMPARE(ui::tip(u"a\n"_s.repeated(5'000)).size(), 1'001);
        QCOMPARE(ui::shown(QString(50'000, u'x')).size(), 20'001);
        QVERIFY(!ui::tip(u"a"_s + u"😀"_s.repeated(5'000)).contains(QChar(0xfffd)));
    }
};

QTEST_MAIN(TestShown)
#include "tst_shown.moc"
