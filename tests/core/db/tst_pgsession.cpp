// SPDX-License-Identifier: GPL-3.0-or-later
// Settings that do not hold in a session are found, one by one.
#include "core/db/pgsession.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck::db;

class TestPgSession : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsWhatDoesNotHold()
    {
        DatabaseUrl url;
        url.schema = u"App"_s;
        const PgSession session(url, OpenMode::ReadOnly);
        const auto judged = [&](const QVariantList& cells) {
            return session.judge(Rows(size_t(cells.size()), {cells.begin(), cells.end()}, 0)).wrong;
        };
        const QVariantList good{1,
                                u""_s,
                                u"App"_s,
                                u"on"_s,
                                u"read committed"_s,
                                u"\"App\", pg_temp"_s,
                                u"UTC"_s,
                                u"ISO, DMY"_s,
                                u"postgres"_s,
                                u"UTF8"_s,
                                u"on"_s,
                                u"3"_s,
                                u"on"_s};
        QCOMPARE(judged(good), QStringList());
        const QList<std::pair<int, QString>> faults{
            {2, u"public"_s},       {2, u"app"_s},          {3, u"off"_s},
            {4, u"serializable"_s}, {5, u"app, pg_temp"_s}, {5, u"\"$user\", public"_s},
            {6, u"Asia/Bangkok"_s}, {7, u"German, DMY"_s},  {8, u"iso_8601"_s},
            {9, u"LATIN1"_s},       {10, u"off"_s},         {11, u"0"_s},
            {12, u"off"_s}};
        for (const auto& [column, value] : faults) {
            QVariantList cells = good;
            cells[column] = value;
            const QStringList wrong = judged(cells);
            QCOMPARE(wrong.size(), 1);
            QVERIFY2(wrong.front().contains(value), qPrintable(wrong.front()));
        }
    }
};

QTEST_GUILESS_MAIN(TestPgSession)
#include "tst_pgsession.moc"
