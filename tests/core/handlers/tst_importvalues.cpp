// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/bulk_import/columnmapping.h"
#include "core/handlers/bulk_import/importvalues.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace queuedeck::handlers;
using domain::ImportKind;
using domain::ImportTarget;

namespace {
QString read(ImportKind kind, const QString& text, const ValueStyle& style = {})
{
    const auto value = convertedValue(kind, text, style);
    return value ? *value : u"? "_s + value.error();
}

QString proposal(ImportTarget target, const QStringList& columns)
{
    QStringList words;
    for (const ColumnMatch& match : proposedColumns(target, columns))
        words += match.how == ColumnMatch::How::None        ? u"-"_s
                 : match.how == ColumnMatch::How::Suggested ? u"~"_s + match.field
                                                            : match.field;
    return words.join(u' ');
}
} // namespace

class TestImportValues : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // Every amount in every way of writing it is read as itself.
    void numbersAreReadAsWritten()
    {
        const auto grouped = [](QString digits, QChar group) {
            for (qsizetype at = digits.size() - 3; at > 0; at -= 3)
                digits.insert(at, group);
            return digits;
        };
        for (const qint64 whole : {0LL, 7LL, 42LL, 999LL, 1'000LL, 65'536LL, 1'204'300LL}) {
            for (const QString& fraction : {u""_s, u"5"_s, u"05"_s, u"50"_s, u"125"_s, u"0625"_s}) {
                for (const bool comma : {false, true}) {
                    const QChar decimal = comma ? u',' : u'.';
                    const QString tail = fraction.isEmpty() ? QString() : decimal + fraction;
                    QString expected = QString::number(whole);
                    QString significant = fraction;
                    while (significant.endsWith(u'0'))
                        significant.chop(1);
                    if (!significant.isEmpty())
                        expected += u'.' + significant;
                    const QString digits = QString::number(whole);
                    for (const QString& text :
                         {digits + tail, grouped(digits, comma ? u'.' : u',') + tail,
                          grouped(digits, u'\'') + tail, grouped(digits, u'\u00A0') + tail}) {
                        const ValueStyle style{comma, false};
                        const QString minus = expected == "0"_L1 ? expected : u'-' + expected;
                        QCOMPARE(read(ImportKind::Number, text, style), expected);
                        QCOMPARE(read(ImportKind::Number, u"€ "_s + text, style), expected);
                        QCOMPARE(read(ImportKind::Number, text + u" USD"_s, style), expected);
                        QCOMPARE(read(ImportKind::Number, u'-' + text, style), minus);
                        QCOMPARE(read(ImportKind::Number, text + u'-', style), minus);
                        QCOMPARE(read(ImportKind::Number, u'(' + text + u')', style), minus);
                    }
                }
            }
        }
    }

    void othersAreNoNumbers_data()
    {
        QTest::addColumn<QString>("text");
        for (const char* text : {"abc", "1,2,3", "1.2.3", "1,23,456.7", "12a", "--5", "1e5", "0x10",
                                 ".", ",", "-", "$", "1.234,567,8", "NaN", "Infinity"})
            QTest::newRow(text) << QString::fromLatin1(text);
    }
    void othersAreNoNumbers()
    {
        QFETCH(QString, text);
        QCOMPARE(read(ImportKind::Number, text, {false, false}), u"? not a number"_s);
        QCOMPARE(read(ImportKind::Number, text, {true, false}), u"? not a number"_s);
    }

    void theStyleIsFoundOut()
    {
        const auto styleOf = [](const QStringList& numbers, const QStringList& days,
                                const ValueStyle& usual = {}) {
            StyleEvidence evidence;
            for (const QString& number : numbers)
                evidence.add(ImportKind::Number, number);
            for (const QString& day : days)
                evidence.add(ImportKind::Date, day);
            return evidence.style(usual);
        };
        QCOMPARE(styleOf({u"1.234"_s, u"12,50"_s}, {}), (ValueStyle{true, false}));
        QCOMPARE(styleOf({u"1,234"_s, u"12.50"_s}, {}), (ValueStyle{false, false}));
        QCOMPARE(styleOf({u"1,234"_s, u"7"_s}, {}, {true, true}), (ValueStyle{true, true}));
        QCOMPARE(styleOf({}, {u"3/4/2026"_s, u"13/4/2026"_s}), (ValueStyle{false, true}));
        QCOMPARE(styleOf({}, {u"3/4/2026"_s, u"4/13/2026"_s}, {false, true}),
                 (ValueStyle{false, false}));
    }

    // Every day of two years, one of them a leap year, in every form.
    void daysAreReadAsWritten()
    {
        for (QDate day(2027, 1, 1); day.year() < 2029; day = day.addDays(1)) {
            const QString iso = day.toString(Qt::ISODate);
            for (const QString& form :
                 {u"yyyy-MM-dd"_s, u"yyyy/M/d"_s, u"d.M.yyyy"_s, u"dd.MM.yy"_s,
                  u"yyyy-MM-dd'T'HH:mm:ss'Z'"_s, u"yyyy-MM-dd HH:mm"_s})
                QCOMPARE(read(ImportKind::Date, day.toString(form)), iso);
            QCOMPARE(read(ImportKind::Date, day.toString(u"M/d/yyyy"_s)), iso);
            QCOMPARE(read(ImportKind::Date, day.toString(u"MM/dd/yy"_s) + u" 8:00 AM"_s), iso);
            QCOMPARE(read(ImportKind::Date, day.toString(u"d/M/yyyy"_s), {false, true}), iso);
            const QLocale english(QLocale::English);
            QCOMPARE(read(ImportKind::Date, english.toString(day, u"MMM d, yyyy"_s)), iso);
            QCOMPARE(read(ImportKind::Date, english.toString(day, u"d MMMM yyyy"_s)), iso);
            QCOMPARE(read(ImportKind::Date, english.toString(day, u"dd-MMM-yyyy"_s)), iso);
            QCOMPARE(read(ImportKind::Date, QString::number(QDate(1899, 12, 30).daysTo(day))),
                     iso); // as a spreadsheet counts days
        }
        for (const QString& text : {u"2026-02-29"_s, u"13/13/2026"_s, u"0/1/2026"_s, u"yesterday"_s,
                                    u"31.4.2026"_s, u"2026"_s, u"1/2"_s, u"1/1/1492"_s})
            QCOMPARE(read(ImportKind::Date, text), u"? not a day of the calendar"_s);
    }

    void otherKinds()
    {
        QCOMPARE(read(ImportKind::Email, u" a.b+c@d-e.example "_s), u"a.b+c@d-e.example"_s);
        for (const QString& text : {u"a@b"_s, u"a b@c.d"_s, u"a@b@c.d"_s, u"@c.d"_s, u"a@c."_s,
                                    u"a@c.d, e@f.g"_s, u"almendra(at)cafe.example"_s})
            QCOMPARE(read(ImportKind::Email, text), u"? not an email address"_s);
        QCOMPARE(read(ImportKind::WebAddress, u"https://x.example/a.jpg?b=1"_s),
                 u"https://x.example/a.jpg?b=1"_s);
        for (const QString& text :
             {u"x.example/a.jpg"_s, u"file:///etc/passwd"_s, u"https://"_s,
              u"https://u:p@x.example/"_s, u"javascript:alert(1)"_s, u"https://x.example/a b"_s})
            QCOMPARE(read(ImportKind::WebAddress, text), u"? not a web address"_s);
        QCOMPARE(read(ImportKind::ScanKind, u"Business Card"_s), u"business_card"_s);
        QCOMPARE(read(ImportKind::Text, u" 007 "_s), u"007"_s);
        QVERIFY(convertedValue(ImportKind::Number, u"  "_s, {})->isNull());
        QCOMPARE(read(ImportKind::Text, QString(10'001, u'x')),
                 u"? longer than 10,000 characters"_s);
    }

    void amountsAreExact()
    {
        for (qint64 units = -30'000; units <= 30'000; units += 7)
            QCOMPARE(decimalUnits(decimalText(units)), units);
        QCOMPARE(decimalUnits(u"0.10005"_s), 1'001);
        QCOMPARE(decimalText(decimalUnits(u"0.1"_s) + decimalUnits(u"0.2"_s)), u"0.3"_s);
    }

    void columnsAreProposed_data()
    {
        QTest::addColumn<ImportTarget>("target");
        QTest::addColumn<QString>("columns");
        QTest::addColumn<QString>("fields");
        QTest::newRow("german") << ImportTarget::Customers
                                << u"Kundennr|Firma|E-Mail|Tel.|PLZ|Ort|Bundesland|Straße|Notiz"_s
                                << u"externalId name email phone postalCode city state street1 -"_s;
        QTest::newRow("english") << ImportTarget::Customers
                                 << u"Customer ID|Company Name|Billing Email|ZIP Code|Portland"_s
                                 << u"externalId name ~email postalCode -"_s;
        QTest::newRow("own name first")
            << ImportTarget::Customers << u"Customer|Name"_s << u"- name"_s;
        QTest::newRow("once") << ImportTarget::Customers << u"email|E-Mail|email 2"_s
                              << u"email - -"_s;
        QTest::newRow("french") << ImportTarget::Customers
                                << u"Société|Téléphone|Ville|Code postal"_s
                                << u"name phone city postalCode"_s;
        QTest::newRow("products") << ImportTarget::Products
                                  << u"Artikelnr|Bezeichnung|Marke|Vol %"_s
                                  << u"code name brand abv"_s;
        QTest::newRow("sales") << ImportTarget::SalesReport
                               << u"Invoice number|Special instrcutions|Qty.|Customer|line 2"_s
                               << u"invoiceNumber specialInstructions quantity customer street2"_s;
    }
    void columnsAreProposed()
    {
        QFETCH(ImportTarget, target);
        QFETCH(QString, columns);
        QFETCH(QString, fields);
        QCOMPARE(proposal(target, columns.split(u'|')), fields);
    }

    void aChoiceReplacesTheProposal()
    {
        const QStringList columns{u"Name"_s, u"Firma"_s, u"Nr"_s};
        const auto numbers = [&columns](const ColumnMapping& chosen) {
            const auto found = columnsOfFields(ImportTarget::Customers, columns, chosen);
            return found ? found->mid(0, 2) : QVector<int>();
        };
        QCOMPARE(numbers({}), QVector<int>({-1, 0}));
        QCOMPARE(numbers({{u"name"_s, u"Firma"_s}, {u"externalId"_s, u"Nr"_s}}),
                 QVector<int>({2, 1}));
        QCOMPARE(numbers({{u"externalId"_s, u"Name"_s}, {u"name"_s, u"Firma"_s}}),
                 QVector<int>({0, 1}));
        QCOMPARE(numbers({{u"name"_s, QString()}}), QVector<int>());
        QCOMPARE(numbers({{u"externalId"_s, u"Name"_s}}),
                 QVector<int>()); // then nothing is the name
    }
};

QTEST_GUILESS_MAIN(TestImportValues)
#include "tst_importvalues.moc"
