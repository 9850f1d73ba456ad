// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/jobfilter.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck::domain;

namespace {
QString describe(const FilterTerm& term)
{
    static const char* const kFields[] = {"status",  "type",     "id",  "error",   "attempts",
                                          "created", "finished", "age", "payload", "dead",
                                          "stuck",   "hasError", "text"};
    static const char* const kCompares[] = {"=", "~", "^", "<", "<=", ">", ">=", " in "};
    QString words = QLatin1String(kFields[int(term.field)]);
    if (term.field == FilterTerm::Field::Dead || term.field == FilterTerm::Field::Stuck ||
        term.field == FilterTerm::Field::HasError)
        return words;
    for (const QString& key : term.path)
        words += u'.' + key;
    words += QLatin1String(kCompares[int(term.compare)]);
    const auto time = [](const QDateTime& t) {
        return t.isValid() ? t.toString(Qt::ISODateWithMs) : u"*"_s;
    };
    switch (term.field) {
    case FilterTerm::Field::Attempts:
    case FilterTerm::Field::Age: return words + QString::number(term.number);
    case FilterTerm::Field::Created:
    case FilterTerm::Field::Finished: return words + time(term.from) + u'/' + time(term.to);
    default: return words + term.text;
    }
}

QString describe(const FilterNode& node)
{
    static const char* const kKinds[] = {"all", "any", "not"};
    if (node.kind == FilterNode::Kind::Term)
        return describe(node.term);
    QStringList children;
    for (const FilterNode& child : node.children)
        children.append(describe(child));
    return QLatin1String(kKinds[int(node.kind)]) + u'(' + children.join(u", "_s) + u')';
}
} // namespace

class TestJobFilter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void understands_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("tree");
        const auto row = [](const char* text, const char* tree) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(tree);
        };
        row("", "all()");
        row("   ", "all()");
        row("status:failed", "status=failed");
        row("STATUS:Failed", "status=failed");
        row("status:failed,pending", "any(status=failed, status=pending)");
        row("status:failed,", "status=failed");
        row("status:unknown", "status=unknown");
        row("is:unknown", "status=unknown");
        row("status:\"retrying now\"", "status=retrying now");
        row("is:dead", "dead");
        row("-is:Stuck", "not(stuck)");
        row("has:error", "hasError");
        row("is:failed,dead", "any(status=failed, dead)");
        row("type:image_extraction", "type=image_extraction");
        row("type!=bulk_import", "not(type=bulk_import)");
        row("-type:bulk_import", "not(type=bulk_import)");
        row("-(type:a or type:b)", "not(any(type=a, type=b))");
        row("not not type:a", "not(not(type=a))");
        row("id:3fa8", "id^3fa8");
        row("id=3fa8", "id=3fa8");
        row("error:\"time out\"", "error~time out");
        row("error:\"say \\\"no\\\" C:\\\\x \\n\"", "error~say \"no\" C:\\x \\n");
        row("error:timeout,refused", "any(error~timeout, error~refused)");
        row("attempts:3", "attempts=3");
        row("attempts=3", "attempts=3");
        row("attempts>=3", "attempts>=3");
        row("attempts:>=3", "attempts>=3");
        row("attempts<2", "attempts<2");
        row("attempts:0,1", "any(attempts=0, attempts=1)");
        row("age>2h", "age>7200000");
        row("age<=1d", "age<=86400000");
        row("age<1h30min", "age<5400000");
        row("created:2026-11-01", "created in 2026-11-01T00:00:00.000Z/2026-11-02T00:00:00.000Z");
        row("created:2026-11-01..2026-11-05",
            "created in 2026-11-01T00:00:00.000Z/2026-11-06T00:00:00.000Z");
        row("created:2026-11-01..", "created in 2026-11-01T00:00:00.000Z/*");
        row("created:..2026-11-01", "created in */2026-11-02T00:00:00.000Z");
        row("created>=2026-11-01", "created in 2026-11-01T00:00:00.000Z/*");
        row("created>2026-11-01", "created in 2026-11-02T00:00:00.000Z/*");
        row("created<2026-11-01", "created in */2026-11-01T00:00:00.000Z");
        row("created<=2026-11-01", "created in */2026-11-02T00:00:00.000Z");
        row("finished:2026-11-01T14:30",
            "finished in 2026-11-01T14:30:00.000Z/2026-11-01T14:31:00.000Z");
        row("finished>=2026-11-01T14:30:05.25Z", "finished in 2026-11-01T14:30:05.250Z/*");
        row("payload.scanId:42", "payload.scanId=42");
        row("payload.a.b.0:\"x y\"", "payload.a.b.0=x y");
        row("payload.\"odd key\":1", "payload.odd key=1");
        row("payload.note:\"\"", "payload.note=");
        row("timeout", "text~timeout");
        row("\"or\"", "text~or");
        row("3fa8-17", "text~3fa8-17");
        row("12:30", "text~12:30");
        row("android order", "all(text~android, text~order)");
        row("a b or c", "any(all(text~a, text~b), text~c)");
        row("a and (b or c)", "all(text~a, any(text~b, text~c))");
        row("a AND NOT b", "all(text~a, not(text~b))");
        row("status:failed type:image_extraction error:\"timeout\" attempts>=3 -type:bulk_import",
            "all(status=failed, type=image_extraction, error~timeout, attempts>=3, "
            "not(type=bulk_import))");
        row("Müller", "text~Müller");
    }
    void understands()
    {
        QFETCH(QString, text);
        QFETCH(QString, tree);
        const auto filter = JobFilter::parse(text);
        QVERIFY2(filter.has_value(), filter ? "" : qPrintable(filter.error().message));
        QCOMPARE(describe(filter->root()), tree);
        QCOMPARE(filter->text(), text);
        QCOMPARE(filter->matchesAll(), tree == "all()"_L1);
    }

    void explains_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("position");
        QTest::addColumn<int>("length");
        QTest::addColumn<QString>("message");
        const auto row = [](const char* text, int position, int length, const char* message) {
            QTest::newRow(text) << QString::fromUtf8(text) << position << length
                                << QString::fromUtf8(message);
        };
        row("attempts>=many", 10, 4, "attempts needs a number, as in attempts>=3.");
        row("attempts:-1", 9, 2, "attempts needs a number, as in attempts>=3.");
        row("attempts:99999999999", 9, 11, "attempts needs a number, as in attempts>=3.");
        row("a attempts>=", 2, 10, "attempts needs a value, as in attempts>=3.");
        row("attempts >= 3", 9, 2,
            "A comparison follows its field without a space, as in attempts>=3.");
        row("attempts>1,2", 0, 12, "A comparison takes one value, as in attempts>=3.");
        row("status:faild", 7, 5, "status is pending, processing, completed, failed or unknown.");
        row("status>failed", 0, 13,
            "status cannot be compared with < or >; it is written as in status:failed.");
        row("status: failed", 0, 7, "status needs a value, as in status:failed.");
        row("has:lost", 4, 4, "has knows error, as in has:error.");
        row("is:lost", 3, 4, "is knows dead, stuck, unknown and the statuses, as in is:dead.");
        row("created:yesterday", 8, 9,
            "created needs a date or a time in UTC, as in created>=2026-11-01 or "
            "created:2026-11-01T14:30..2026-11-05.");
        row("finished:2026-02-30", 9, 10,
            "finished needs a date or a time in UTC, as in finished>=2026-11-01 or "
            "finished:2026-11-01T14:30..2026-11-05.");
        row("created:2026-11-05..2026-11-01", 8, 22, "The range of created ends before it begins.");
        row("age:2h", 4, 2,
            "age needs a comparison and a duration in s, min, h, d or w, as in age>2h.");
        row("age>2y", 4, 2,
            "age needs a comparison and a duration in s, min, h, d or w, as in age>2h.");
        row("payload:x", 0, 9, "payload needs a key, as in payload.scanId:3fa8.");
        row("payload..a:x", 0, 12, "payload needs a key, as in payload.scanId:3fa8.");
        row("error:\"time", 6, 5, "This quote is not closed.");
        row("\"\"", 0, 2, "There is nothing between these quotes.");
        row("a (b or c", 2, 1, "This parenthesis is not closed.");
        row("a)", 1, 1, "This parenthesis was never opened.");
        row(")", 0, 1, "This parenthesis was never opened.");
        row("()", 0, 1, "A condition must follow this parenthesis.");
        row("a or", 2, 2, "A condition must follow or.");
        row("and a", 0, 3, "A condition must stand before and.");
        row("a and or b", 2, 3, "A condition must follow and.");
        row("-", 0, 1, "A condition must follow -, as in -type:bulk_import.");
        row("a not", 2, 3, "A condition must follow not.");
        row("colour:red", 0, 6,
            "There is no field colour. The fields are status, type, id, error, attempts, created, "
            "finished, age, payload, is and has; a word in quotes is searched for.");
    }
    void explains()
    {
        QFETCH(QString, text);
        const auto filter = JobFilter::parse(text);
        QVERIFY(!filter);
        QTEST(QString(filter.error().message), "message");
        QTEST(int(filter.error().position), "position");
        QTEST(int(filter.error().length), "length");
    }

    void hasLimits()
    {
        QVERIFY(JobFilter::parse(QString(4000, u'a')));
        const auto tooLong = JobFilter::parse(QString(4001, u'a'));
        QVERIFY(!tooLong);
        QCOMPARE(tooLong.error().message,
                 u"The filter has 4,001 characters; 4,000 is the limit."_s);
        QVERIFY(JobFilter::parse(QString(100, u'(') + u'a' + QString(100, u')')));
        for (const QString& deep :
             {QString(101, u'('), QString(1000, u'-'), u"not "_s.repeated(900)}) {
            const auto filter = JobFilter::parse(deep + u'a');
            QVERIFY(!filter);
            QCOMPARE(filter.error().message, u"The filter is nested deeper than 100 levels."_s);
        }
        QVERIFY(!JobFilter::parse(u"a"_s + QChar(u'\0')));
    }

    void forStatusReadsBack()
    {
        for (const QString& status :
             {u"pending"_s, u"failed"_s, u"unknown"_s, u"my \"own\" \\ one"_s}) {
            const JobFilter made = JobFilter::forStatus(status);
            const auto read = JobFilter::parse(made.text());
            QVERIFY2(read.has_value(), qPrintable(made.text()));
            QCOMPARE(describe(read->root()), describe(made.root()));
        }
    }

    // Random combinations of the language's elements: always a filter, or an error inside the text.
    void survivesAnything()
    {
        static const QStringList kPieces{u"status"_s,
                                         u"attempts"_s,
                                         u"payload."_s,
                                         u"created"_s,
                                         u"age"_s,
                                         u"is"_s,
                                         u":"_s,
                                         u"="_s,
                                         u"<"_s,
                                         u">="_s,
                                         u"!="_s,
                                         u"("_s,
                                         u")"_s,
                                         u"-"_s,
                                         u"\""_s,
                                         u"\\"_s,
                                         u","_s,
                                         u" "_s,
                                         u" or "_s,
                                         u" and "_s,
                                         u" not "_s,
                                         u"failed"_s,
                                         u"3"_s,
                                         u"2h"_s,
                                         u"2026-11-01"_s,
                                         u".."_s,
                                         u"."_s,
                                         u"';--"_s,
                                         u"\u00e9"_s,
                                         u"\U0001F600"_s,
                                         QString(QChar(0xD800)),
                                         QString(QChar(0)),
                                         u"999999999999"_s,
                                         u"\t"_s};
        QRandomGenerator random(20261123);
        int good = 0;
        for (int i = 0; i < 10'000; ++i) {
            QString text;
            for (int n = random.bounded(40); n > 0; --n) {
                text += random.bounded(10) == 0 ? QString(QChar(ushort(random.bounded(0x10000))))
                                                : kPieces[random.bounded(kPieces.size())];
            }
            const auto filter = JobFilter::parse(text);
            if (filter) {
                ++good;
                QCOMPARE(filter->text(), text);
                continue;
            }
            const TextError& error = filter.error();
            QVERIFY2(!error.message.isEmpty(), qPrintable(text));
            QVERIFY2(error.position >= 0 && error.length >= 0 &&
                         error.position + error.length <= text.size(),
                     qPrintable(text));
        }
        QVERIFY2(good > 300 && good < 9'000, qPrintable(QString::number(good)));
    }
};

QTEST_APPLESS_MAIN(TestJobFilter)
#include "tst_jobfilter.moc"
