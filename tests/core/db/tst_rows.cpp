// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/db/rows.h"

#include <QTest>
#include <QTimeZone>

using namespace Qt::StringLiterals;
using namespace queuedeck::db;

class TestRows : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTimes_data();
    void readsTimes();
    void unreadableTimesAreInvalid_data();
    void unreadableTimesAreInvalid();
    void writesOneForm();
    void readsBothDatabasesCells();
};

void TestRows::readsTimes_data()
{
    QTest::addColumn<QVariant>("stored");
    QTest::addColumn<QString>("utc");
    const QString expected = u"2026-11-23T13:52:59.119Z"_s;
    const auto row = [](const char* name, const QVariant& stored, const QString& utc) {
        QTest::newRow(name) << stored << utc;
    };
    row("our own form", u"2026-11-23T13:52:59.119+00:00"_s, expected);
    row("Z", u"2026-11-23T13:52:59.119Z"_s, expected);
    row("no zone is UTC", u"2026-11-23T13:52:59.119"_s, expected);
    row("PostgreSQL, zone-less", u"2026-11-23 13:52:59.119"_s, expected);
    row("PostgreSQL, microseconds", u"2026-11-23 13:52:59.119000"_s, expected);
    row("microseconds are cut or rounded", u"2026-11-23 13:52:59.1190004"_s, expected);
    row("PostgreSQL, fewer digits", u"2026-11-23 13:52:59.5"_s, u"2026-11-23T13:52:59.500Z"_s);
    row("PostgreSQL with zone", u"2026-11-23 13:52:59.119+00"_s, expected);
    row("another zone", u"2026-11-23 20:52:59.119+07"_s, expected);
    row("a zone with minutes", u"2026-11-23 19:22:59.119+05:30"_s, expected);
    row("a zone without colon", u"2026-11-23T19:22:59.119+0530"_s, expected);
    row("west", u"2026-11-23 08:52:59.119-05"_s, expected);
    row("SQLite's CURRENT_TIMESTAMP", u"2026-11-23 13:52:59"_s, u"2026-11-23T13:52:59.000Z"_s);
    row("milliseconds", qint64(1795441979119), u"2026-11-23T13:52:59.119Z"_s);
    row("milliseconds as text", u"1795441979119"_s, u"2026-11-23T13:52:59.119Z"_s);
    row("before 1970", qint64(-1000), u"1969-12-31T23:59:59.000Z"_s);
    row("a leap day", u"2024-02-29 00:00:00"_s, u"2024-02-29T00:00:00.000Z"_s);
}

void TestRows::readsTimes()
{
    QFETCH(QVariant, stored);
    QFETCH(QString, utc);
    const QDateTime time = parseTime(stored);
    QVERIFY(time.isValid());
    QCOMPARE(time.timeSpec(), Qt::UTC);
    QCOMPARE(time.toString(Qt::ISODateWithMs), utc);
}

void TestRows::unreadableTimesAreInvalid_data()
{
    QTest::addColumn<QVariant>("stored");
    QTest::newRow("NULL") << QVariant();
    for (const char* text : {"", "infinity", "-infinity", "0044-03-15 00:00:00 BC",
                             "2026-02-30 00:00:00", "yesterday", "2026-11-23 25:00:00"})
        QTest::newRow(text) << QVariant(QString::fromLatin1(text));
}

void TestRows::unreadableTimesAreInvalid()
{
    QFETCH(QVariant, stored);
    QVERIFY(!parseTime(stored).isValid());
}

void TestRows::writesOneForm()
{
    const QDateTime time(QDate(2026, 11, 23), QTime(20, 52, 59, 119), QTimeZone("Asia/Bangkok"));
    QCOMPARE(timeText(time), u"2026-11-23T13:52:59.119+00:00"_s);
    QCOMPARE(parseTime(timeText(time)), time);
}

void TestRows::readsBothDatabasesCells()
{
    // One row as SQLite returns it, one as PostgreSQL does, one of NULLs.
    const Rows rows(5,
                    {1,
                     QByteArray("ab"),
                     qint64(7),
                     u"x"_s,
                     1.0,
                     u"t"_s,
                     QByteArray("ab"),
                     u"7"_s,
                     u"x"_s,
                     u"f"_s,
                     {},
                     {},
                     {},
                     {},
                     {}},
                    3);
    QCOMPARE(rows.size(), size_t(3));
    QCOMPARE(rows.changed(), 3);
    for (size_t i = 0; i < 2; ++i) {
        QVERIFY(rows[i].boolean(0));
        QCOMPARE(rows[i].bytes(1), QByteArray("ab"));
        QCOMPARE(rows[i].integer(2), 7);
        QCOMPARE(rows[i].optionalInteger(2), std::optional(7));
        QCOMPARE(rows[i].text(3), u"x"_s);
    }
    QVERIFY(!rows[1].boolean(4));
    QVERIFY(rows[2].isNull(0));
    QVERIFY(rows[2].text(3).isNull());
    QVERIFY(!rows[2].boolean(0));
    QCOMPARE(rows[2].optionalInteger(2), std::nullopt);
    QVERIFY(rows[2].bytes(1).isEmpty());
}

QTEST_GUILESS_MAIN(TestRows)
#include "tst_rows.moc"
