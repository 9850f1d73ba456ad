// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/keytable.h"

#include <QHash>
#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck::base;

class tst_KeyTable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // Half a million steps beside QHash, with more removals than a file ever has.
    void behavesLikeAHash()
    {
        KeyTable table;
        QHash<QString, quint32> known;
        QRandomGenerator random(4);
        for (int step = 0; step < 500'000; ++step) {
            const QString key = u"Weinhaus %1"_s.arg(random.bounded(60'000));
            if (random.bounded(3) == 0) {
                table.remove(key);
                known.remove(key);
            } else {
                auto number = quint32(step);
                const bool isNew = !known.contains(key);
                QCOMPARE(table.insert(key, number), isNew);
                if (isNew)
                    known.insert(key, quint32(step));
                QCOMPARE(number, known.value(key));
            }
        }
        QCOMPARE(table.size(), known.size());
        for (int i = 0; i < 60'000; ++i) {
            const QString key = u"Weinhaus %1"_s.arg(i);
            const quint32* found = table.find(key);
            QCOMPARE(found != nullptr, known.contains(key));
            if (found)
                QCOMPARE(*found, known.value(key));
        }
    }

    void tellsKeysApart()
    {
        KeyTable table;
        for (quint32 i = 0; i < 300'000; ++i) {
            quint32 number = i;
            QVERIFY(table.insert(QString::number(i), number));
        }
        quint32 number = 7;
        QVERIFY(table.insert(u""_s, number));
        QVERIFY(!table.insert(QString(), number));
        QCOMPARE(*table.find(u"299999"_s), 299'999U);
        QVERIFY(!table.find(u"0299999"_s));
    }
};

QTEST_APPLESS_MAIN(tst_KeyTable)
#include "tst_keytable.moc"
