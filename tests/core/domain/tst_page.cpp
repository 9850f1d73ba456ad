// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/page.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck::domain;

class TestPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cursorsReadBack_data()
    {
        QTest::addColumn<QString>("createdAt");
        QTest::addColumn<QString>("id");
        QTest::newRow("usual") << u"2026-11-01 12:00:00.123"_s
                               << u"3fa85f64-5717-4562-b3fc-2c963f66afa6"_s;
        QTest::newRow("number") << u"1793534400123"_s << u"7"_s;
        QTest::newRow("no time") << QString() << u"7"_s;
        QTest::newRow("odd id") << u"x"_s << u"a\nb ü \U0001F600"_s;
    }
    void cursorsReadBack()
    {
        QFETCH(QString, createdAt);
        QFETCH(QString, id);
        const Keyset place{createdAt, id};
        static const QRegularExpression kOneWord(u"^[A-Za-z0-9_-]+$"_s);
        QVERIFY(kOneWord.match(place.toCursor()).hasMatch());
        const auto read = Keyset::fromCursor(place.toCursor());
        QVERIFY(read.has_value());
        QCOMPARE(*read, place);
    }

    void strangersAreRefused()
    {
        for (const QString& cursor :
             {QString(), u"!"_s, u"abc"_s, u"päng"_s, u"YWJj"_s, u"YWJjCg"_s}) {
            const auto read = Keyset::fromCursor(cursor);
            QVERIFY2(!read, qPrintable(cursor));
            QCOMPARE(read.error().kind, queuedeck::base::ErrorKind::Invalid);
        }
    }

    void aDefaultOneIsTheTop()
    {
        QVERIFY(Keyset().isTop());
        QVERIFY(!(Keyset{{}, u"7"_s}).isTop());
    }
};

QTEST_APPLESS_MAIN(TestPage)
#include "tst_page.moc"
