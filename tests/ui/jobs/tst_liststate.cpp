// SPDX-License-Identifier: GPL-3.0-or-later
// Every combination of what can be known about a list: the worst is reported, and no rows are shown
// that were never read.
#include "ui/jobs/liststate.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck::ui;

class TestListState : public QObject
{
    Q_OBJECT

    static ListFacts facts(int bits)
    {
        ListFacts facts;
        facts.isLost = bits & 1;
        facts.failure = bits & 2 ? u"denied"_s : QString();
        facts.slowSeconds = bits & 4 ? 3 : 0;
        facts.isStopped = bits & 8;
        facts.isPaused = bits & 16;
        facts.readAt = bits & 32 ? QDateTime::currentDateTimeUtc() : QDateTime();
        facts.hasAnswer = bits & 64;
        facts.rows = bits & 128 ? 5 : 0;
        facts.isFiltered = bits & 256;
        facts.searchedTo = bits & 512 ? QDateTime::currentDateTimeUtc() : QDateTime();
        return facts;
    }

private Q_SLOTS:
    void theWorstWins()
    {
        for (int bits = 0; bits < 1024; ++bits) {
            const ListState right = bits & 1                   ? ListState::Lost
                                    : bits & 2                 ? ListState::Failed
                                    : bits & 4                 ? ListState::Slow
                                    : bits & 8                 ? ListState::Stopped
                                    : (bits & 16 && bits & 32) ? ListState::Paused
                                    : bits & 512               ? ListState::Searching
                                                               : ListState::Current;
            QCOMPARE(listState(facts(bits)), right);
        }
    }

    void whatWasNotReadIsNotShownAsEmpty()
    {
        for (int bits = 0; bits < 1024; ++bits) {
            const ListFacts known = facts(bits);
            const ListContent content = listContent(known);
            if (!known.hasAnswer)
                QCOMPARE(content,
                         bits & (1 | 2 | 8) ? ListContent::NothingRead : ListContent::Rows);
            else if (known.rows > 0)
                QCOMPARE(content, ListContent::Rows);
            else if (bits & 512)
                QCOMPARE(content, ListContent::NoMatchYet);
            else
                QCOMPARE(content,
                         known.isFiltered ? ListContent::NoMatch : ListContent::EmptyQueue);
        }
    }
};

QTEST_APPLESS_MAIN(TestListState)
#include "tst_liststate.moc"
