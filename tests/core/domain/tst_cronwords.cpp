// SPDX-License-Identifier: GPL-3.0-or-later
// A cron expression in plain words says exactly what it does.
#include "core/domain/cronwords.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck::domain;

class tst_CronWords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void words_data();
    void words();
};

void tst_CronWords::words_data()
{
    QTest::addColumn<QString>("words");
    const auto row = [](const char* cron, const char* words) {
        QTest::newRow(cron) << QString::fromLatin1(words);
    };
    row("* * * * *", "every minute");
    row("*/5 * * * *", "every 5 minutes");
    row("0-59/5 * * * *", "every 5 minutes");
    row("0,30 * * * *", "every 30 minutes");
    row("*/7 * * * *", "every hour at minutes 0, 7, 14, 21, 28, 35, 42, 49 and 56");
    row("0 * * * *", "every hour");
    row("@hourly", "every hour");
    row("15 * * * *", "every hour at minute 15");
    row("0-4,30 * * * *", "every hour at minutes 0 to 4 and 30");
    row("0 */2 * * *", "every 2 hours from 00:00");
    row("15 */8 * * *", "every 8 hours from 00:15");
    row("0 */12 * * *", "at 00:00 and 12:00 every day");
    row("0 */5 * * *", "at 00:00, 05:00, 10:00, 15:00 and 20:00 every day");
    row("30 2 * * *", "at 02:30 every day");
    row("@daily", "at 00:00 every day");
    row("30 2 * * MON", "at 02:30 on Mondays");
    row("30 2 * * 7", "at 02:30 on Sundays");
    row("30 2 * * sun,mon", "at 02:30 on Mondays and Sundays");
    row("0,30 9,17 * * 1-5", "at 09:00, 09:30, 17:00 and 17:30 from Monday to Friday");
    row("0 9 * * FRI-SUN", "at 09:00 from Friday to Sunday");
    row("0 9 * * 0-6", "at 09:00 every day");
    row("*/5 9-17 * * 1-5", "every 5 minutes from 09:00 to 17:55 from Monday to Friday");
    row("15 9-17 * * *", "every hour from 09:15 to 17:15");
    row("* 2 * * *", "every minute from 02:00 to 02:59");
    row("*/20 1,2,5 * * *", "every 20 minutes of the hours 1, 2 and 5");
    row("1-9 1-3 * * *", "at minutes 1 to 9 of the hours 1 to 3");
    row("1-9 3 * * *", "at minutes 1 to 9 of the hour 3");
    row("0 0 1 * *", "at 00:00 on day 1 of the month");
    row("0 0 1,15 * *", "at 00:00 on days 1 and 15 of the month");
    row("0 0 13 * 5", "at 00:00 on day 13 of the month and on Fridays");
    row("0 0 13 * *", "at 00:00 on day 13 of the month");
    row("0 0 1-31 * 5", "at 00:00 every day");
    row("0 0 */10 * 5", "at 00:00 on days 1, 11, 21 and 31 of the month that are Fridays");
    row("0 0 */10 * 1,5", "at 00:00 on days 1, 11, 21 and 31 of the month that are Mondays or "
                          "Fridays");
    row("@yearly", "at 00:00 on 1 January");
    row("0 12 29 2 *", "at 12:00 on 29 February");
    row("0 12 29 2 1", "at 12:00 on day 29 of the month and on Mondays in February");
    row("0 12 * 6-8 *", "at 12:00 every day from June to August");
    row("*/5 * * 1,12 *", "every 5 minutes in January and December");
    row("0 8 1 JAN,JUL *", "at 08:00 on day 1 of the month in January and July");
}

void tst_CronWords::words()
{
    QFETCH(QString, words);
    const auto cron = Cron::parse(QString::fromLatin1(QTest::currentDataTag()));
    QVERIFY2(cron.has_value(), cron ? "" : qPrintable(cron.error().message));
    QCOMPARE(cronInWords(*cron), words);
}

QTEST_APPLESS_MAIN(tst_CronWords)
#include "tst_cronwords.moc"
