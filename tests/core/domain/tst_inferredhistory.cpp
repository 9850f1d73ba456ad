// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/inferredhistory.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck::domain;

class TestInferredHistory : public QObject
{
    Q_OBJECT

    static QueueSnapshot snapshot(const QTime& time, const QMap<QString, TypeCounts>& byType)
    {
        QueueSnapshot snapshot;
        snapshot.takenAt = QDateTime(QDate(2026, 11, 29), time, Qt::UTC);
        snapshot.byType = byType;
        for (const TypeCounts& counts : byType)
            snapshot.counts.processing += counts.processing;
        return snapshot;
    }
    static qint64 at(const QTime& time)
    {
        return QDateTime(QDate(2026, 11, 29), time, Qt::UTC).toMSecsSinceEpoch();
    }

private Q_SLOTS:
    void countsWhatRose()
    {
        QueueSnapshot before = snapshot({14, 0, 58}, {{u"a"_s, {5, 1, 10, 2}}, {u"b"_s, {1}}});
        QueueSnapshot after = snapshot({14, 1, 2}, {{u"a"_s, {4, 2, 13, 3}}, {u"c"_s, {0, 0, 1}}});
        after.oldestPending = after.takenAt.addSecs(-90);
        const InferredHistory inferred = inferHistory(before, after);
        QCOMPARE(inferred.parts.size(), size_t(2));
        QCOMPARE(inferred.parts[0].type, u"a"_s);
        QCOMPARE(inferred.parts[0].minute, at({14, 1}));
        QCOMPARE(inferred.parts[0].figures.completed, 3);
        QCOMPARE(inferred.parts[0].figures.failed, 1);
        QVERIFY(inferred.parts[0].figures.run.isEmpty());
        QCOMPARE(inferred.parts[1].figures.completed, 1);
        QCOMPARE(inferred.seen.running, 2);
        QCOMPARE(inferred.seen.oldestPending, std::chrono::seconds(90));
        QCOMPARE(inferred.seen.created, (std::map<qint64, qint64>{{at({14, 1}), 5}}));
    }

    // Cleaned up, retried: nothing was finished, and nothing is below zero.
    void fallsAreNothing()
    {
        const InferredHistory inferred =
            inferHistory(snapshot({14, 0}, {{u"a"_s, {5, 1, 10, 2}}}),
                         snapshot({14, 0, 30}, {{u"a"_s, {7, 1, 4, 0}}}));
        QVERIFY(inferred.parts.empty());
        QCOMPARE(inferred.seen.created.begin()->second, 0);
    }

    void looksFarApartSayNothing()
    {
        const QMap<QString, TypeCounts> none, some{{u"a"_s, {0, 3, 10, 2}}};
        for (const auto& [before, after] :
             {std::pair{QTime(14, 0), QTime(14, 5, 1)}, std::pair{QTime(14, 1), QTime(14, 0)}}) {
            const InferredHistory inferred =
                inferHistory(snapshot(before, none), snapshot(after, some));
            QVERIFY(inferred.parts.empty() && inferred.seen.created.empty());
            QCOMPARE(inferred.seen.running, 3); // measured all the same
        }
        QVERIFY(inferHistory({}, snapshot({14, 0}, some)).parts.empty()); // the first look
    }
};

QTEST_APPLESS_MAIN(TestInferredHistory)
#include "tst_inferredhistory.moc"
