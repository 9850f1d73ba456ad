// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/palette/fuzzymatch.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck::ui;

class TestFuzzyMatch : public QObject
{
    Q_OBJECT

    static int score(const QString& typed, const QString& text)
    {
        const auto match = fuzzyMatch(typed, text);
        return match ? match->score : -1;
    }

private Q_SLOTS:
    void findsLettersInOrder()
    {
        const auto match = fuzzyMatch(u"rall"_s, u"Retry All That Match…"_s);
        QVERIFY(match);
        QCOMPARE(match->letters, (QVector<qsizetype>{0, 6, 7, 8}));
        QVERIFY(!fuzzyMatch(u"allr"_s, u"Retry All"_s)); // not in this order
        QVERIFY(!fuzzyMatch(u"retryx"_s, u"Retry"_s));
        QVERIFY(fuzzyMatch({}, u"Retry"_s));
        QVERIFY(!fuzzyMatch(u"r"_s, {}));
        QVERIFY(fuzzyMatch(u"ÜBER"_s, u"Überblick"_s));
        QVERIFY(fuzzyMatch(u"clean up"_s, u"Clean Up…"_s)); // blanks are not letters
    }

    void theBetterOneIsFirst_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("better");
        QTest::addColumn<QString>("worse");
        QTest::newRow("begins the text") << u"en"_s << u"Engine"_s << u"Open the Engine"_s;
        QTest::newRow("begins words") << u"cu"_s << u"Clean Up…"_s << u"Occupied"_s;
        QTest::newRow("follow each other") << u"key"_s << u"Claude Key"_s << u"Kept every day"_s;
        QTest::newRow("shorter") << u"jobs"_s << u"Jobs"_s << u"Jobs that nobody has ever seen"_s;
        QTest::newRow("within a word") << u"ps"_s << u"PostgreSQL Shop"_s << u"taps"_s;
    }
    void theBetterOneIsFirst()
    {
        QFETCH(QString, typed);
        QFETCH(QString, better);
        QFETCH(QString, worse);
        QVERIFY2(score(typed, better) > score(typed, worse),
                 qPrintable(u"%1 > %2"_s.arg(score(typed, better)).arg(score(typed, worse))));
    }

    // Whatever is typed: the letters are those, in order and within the text, and it is quick.
    void holdsForAnything()
    {
        QRandomGenerator random(20261129);
        const QString letters = u"abcABC -äß😀é\u0130ﬁ"_s;
        const auto text = [&](int most) {
            QString made;
            for (int i = random.bounded(most); i > 0; --i)
                made += letters[random.bounded(letters.size())];
            return made;
        };
        for (int i = 0; i < 5000; ++i) {
            const QString typed = text(8);
            const QString in = text(40);
            const auto match = fuzzyMatch(typed, in);
            if (!match)
                continue;
            QString wanted;
            for (const QChar one : typed) {
                if (!one.isSpace())
                    wanted += one.toCaseFolded();
            }
            QString found;
            qsizetype last = -1;
            for (const qsizetype at : match->letters) {
                QVERIFY(at > last && at < in.size());
                last = at;
                found += in[at].toCaseFolded();
            }
            QCOMPARE(found, wanted);
        }
        const QString endless(100'000, u'a');
        QVERIFY(fuzzyMatch(endless, endless)); // cut, not counted for minutes
    }
};

QTEST_APPLESS_MAIN(TestFuzzyMatch)
#include "tst_fuzzymatch.moc"
