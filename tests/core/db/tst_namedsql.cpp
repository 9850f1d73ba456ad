// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/db/namedsql.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck::db;

class TestNamedSql : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void numbersNames_data();
    void numbersNames();
    void splitsAStepAtLinesWithASemicolon();
    void writesIdsAsAJsonArray();
};

void TestNamedSql::numbersNames_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QString>("numbered");
    QTest::addColumn<QStringList>("names");

    QTest::newRow("none") << u"SELECT 1"_s << u"SELECT 1"_s << QStringList();
    QTest::newRow("one name twice has one number")
        << u"a = :id OR b = :other OR c = :id"_s << u"a = $1 OR b = $2 OR c = $1"_s
        << QStringList{u"id"_s, u"other"_s};
    QTest::newRow("casts") << u":id::uuid, x::text"_s << u"$1::uuid, x::text"_s
                           << QStringList{u"id"_s};
    QTest::newRow("quoted text") << u"':no' || :yes || 'it''s :no'"_s
                                 << u"':no' || $1 || 'it''s :no'"_s << QStringList{u"yes"_s};
    QTest::newRow("quoted names") << u"\"a:b\" = :c"_s << u"\"a:b\" = $1"_s << QStringList{u"c"_s};
    QTest::newRow("comments") << u"1 -- :no\n+ :yes"_s << u"1 -- :no\n+ $1"_s
                              << QStringList{u"yes"_s};
    QTest::newRow("names hold digits and underscores")
        << u":v1_a,:v1"_s << u"$1,$2"_s << QStringList{u"v1_a"_s, u"v1"_s};
    QTest::newRow("a colon alone") << u"a[1 : 2], :"_s << u"a[1 : 2], :"_s << QStringList();
    QTest::newRow("an open quote ends with the text")
        << u"'abc :no"_s << u"'abc :no"_s << QStringList();
}

void TestNamedSql::numbersNames()
{
    QFETCH(QString, sql);
    const NamedSql parsed = NamedSql::parse(sql);
    QTEST(parsed.numbered, "numbered");
    QTEST(parsed.names, "names");
}

void TestNamedSql::splitsAStepAtLinesWithASemicolon()
{
    const std::vector<QString> parts = splitStep(u"SELECT ';'\n;\n  \nDO 'a;\nb'\n  ;  \n"_s);
    QCOMPARE(parts.size(), size_t(2));
    QCOMPARE(parts[0], u"SELECT ';'"_s);
    QCOMPARE(parts[1], u"DO 'a;\nb'"_s);
}

void TestNamedSql::writesIdsAsAJsonArray()
{
    QCOMPARE(jsonArray({}), u"[]"_s);
    QCOMPARE(jsonArray({u"a\"b"_s, u"ü"_s}), u"[\"a\\\"b\",\"ü\"]"_s);
}

QTEST_GUILESS_MAIN(TestNamedSql)
#include "tst_namedsql.moc"
