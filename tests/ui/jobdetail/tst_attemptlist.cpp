// SPDX-License-Identifier: GPL-3.0-or-later
// When attempts ran: the date is shown unless it is today, and both dates where midnight lies
// between.
#include "ui/jobdetail/attemptlist.h"
#include "ui/widgets/format.h"
#include "ui/widgets/theme.h"

#include <QLabel>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace queuedeck::ui;

class TestAttemptList : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { Appearance::instance().install(*qApp, ThemeChoice::Light); }

    void timesTellTheirDay_data()
    {
        QTest::addColumn<QDateTime>("started");
        QTest::addColumn<QDateTime>("ended");
        QTest::addColumn<QString>("text");
        const QDateTime now = QDateTime::currentDateTimeUtc();
        const QDateTime old(QDate(2026, 3, 4), QTime(22, 59, 58), Qt::UTC);
        QTest::newRow("still running") << now << QDateTime() << u"since "_s + formatClock(now);
        QTest::newRow("an earlier day")
            << old << old.addSecs(5) << u"2026-03-04 22:59:58 to 23:00:03, 5.0 s"_s;
        QTest::newRow("past midnight")
            << old << old.addSecs(2 * 3600) << u"2026-03-04 22:59:58 to 2026-03-05 00:59:58"_s;
        QTest::newRow("no beginning known") << QDateTime() << old << u"2026-03-04 22:59:58"_s;
    }
    void timesTellTheirDay()
    {
        QFETCH(QDateTime, started);
        QFETCH(QDateTime, ended);
        QFETCH(QString, text);
        domain::JobDetail detail;
        domain::Attempt attempt;
        attempt.number = 1;
        attempt.startedAt = started;
        attempt.endedAt = ended;
        attempt.outcome = ended.isValid() ? u"completed"_s : QString();
        detail.history = {attempt};
        AttemptList list;
        list.setAttempts(detail);
        QStringList texts;
        for (const QLabel* label : list.findChildren<QLabel*>())
            texts += label->text();
        QVERIFY2(texts.join(u'\n').contains(text), qPrintable(texts.join(u" | "_s)));
    }
};

QTEST_MAIN(TestAttemptList)
#include "tst_attemptlist.moc"
