// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/ids.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

#include <thread>

using namespace Qt::StringLiterals;
using namespace queuedeck::domain;

class TestIds : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void looksLikeVersion7()
    {
        static const QRegularExpression kForm(
            u"^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"_s);
        const qint64 now = 4'000'000'000'000; // later than any other id in this program
        const QString id = newUuid(now);
        QVERIFY2(kForm.match(id).hasMatch(), qPrintable(id));
        QCOMPARE(id.left(13).remove(u'-').toLongLong(nullptr, 16), now);
    }

    void tellsWhenItWasMade()
    {
        const qint64 then = 4'000'000'000'123;
        QCOMPARE(timeOfUuid(newUuid(then)), QDateTime::fromMSecsSinceEpoch(then, Qt::UTC));
        QVERIFY(!timeOfUuid(u"ae00fb9b-8800-498f-bcb1-93dc78cec63c"_s).isValid()); // version 4
        QVERIFY(!timeOfUuid(u"engine"_s).isValid());
        QVERIFY(!timeOfUuid({}).isValid());
    }

    void tenThousandRiseAndDiffer()
    {
        QString previous;
        QSet<QString> seen;
        for (int i = 0; i < 10'000; ++i) {
            const QString id = newUuid(i % 7); // the clock may even go back
            QVERIFY2(previous < id, qPrintable(previous + u" < "_s + id));
            seen.insert(id);
            previous = id;
        }
        QCOMPARE(seen.size(), 10'000);
    }

    void fourThreadsNeverCollide()
    {
        std::array<QStringList, 4> made;
        {
            std::vector<std::jthread> threads;
            for (QStringList& mine : made)
                threads.emplace_back([&mine] {
                    for (int i = 0; i < 5'000; ++i)
                        mine.append(newUuid(1));
                });
        }
        QSet<QString> all;
        for (const QStringList& mine : made) {
            QVERIFY(std::is_sorted(mine.begin(), mine.end()));
            all.unite(QSet<QString>(mine.begin(), mine.end()));
        }
        QCOMPARE(all.size(), 20'000);
    }

    void kindsOfIdAreDifferentTypes()
    {
        static_assert(!std::is_convertible_v<JobId, ScanId>);
        QCOMPARE(JobId{u"a"_s}, JobId{u"a"_s});
        QVERIFY(JobId{u"a"_s} < JobId{u"b"_s});
        QVERIFY(JobId().isEmpty());
        QCOMPARE((QSet<JobId>{JobId{u"a"_s}, JobId{u"a"_s}}).size(), 1);
    }
};

QTEST_APPLESS_MAIN(TestIds)
#include "tst_ids.moc"
