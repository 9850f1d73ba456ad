// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/jobfilter.h"
#include "core/domain/querycompletion.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck::domain;

namespace {
QueryVocabulary vocabulary()
{
    QueryVocabulary words;
    words.statuses = {{u"pending"_s, 5},
                      {u"processing"_s, 1},
                      {u"completed"_s, 900},
                      {u"failed"_s, 12},
                      {u"unknown"_s, 0}};
    words.conditions = {{u"dead"_s, 2}, {u"stuck"_s, 3}};
    words.types = {{u"image_extraction"_s, 700}, {u"bulk_import"_s, 20}, {u"two words"_s, 1},
                   {u"say \"no\""_s, 1},         {u"a,b"_s, 1},          {u"<b>(x)</b>"_s, 1}};
    const auto path = [](const QStringList& keys, const QVector<CountedWord>& values) {
        PayloadPath one;
        one.keys = keys;
        one.kind = PayloadPath::Kind::Text;
        one.found = 10;
        one.distinct = values.size();
        one.values = values;
        return one;
    };
    words.paths = {path({u"scanType"_s}, {{u"business_card"_s, 7}, {u"liquor_license"_s, 3}}),
                   path({u"scanId"_s}, {}),
                   path({u"customer"_s, u"last name"_s}, {{u"O'Neil \\ \"x\""_s, 2}}),
                   path({u"b.c"_s}, {{QString(), 1}, {u" "_s, 1}})};
    words.sampled = 10;
    words.recent = {u"status:failed age<1d"_s, u"timeout"_s};
    words.today = QDate(2026, 11, 30);
    return words;
}

QStringList shown(const Completions& completions)
{
    QStringList all;
    for (const Completion& one : completions.items)
        all += one.shown;
    return all;
}

QStringList shownAtEnd(const QString& text)
{
    return shown(completionsAt(text, text.size(), vocabulary()));
}

bool parses(const QString& text)
{
    return JobFilter::parse(text).has_value();
}
} // namespace

class TestQueryCompletion : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void offers_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("expected");
        const QStringList kStatus{u"status:"_s,           u"status:pending"_s,
                                  u"status:processing"_s, u"status:completed"_s,
                                  u"status:failed"_s,     u"status:unknown"_s};
        const auto row = [](const char* text, const QStringList& expected) {
            QTest::newRow(text) << QString::fromUtf8(text) << expected;
        };
        row("st", kStatus + QStringList{u"is:stuck"_s});
        row("type:x s", kStatus + QStringList{u"is:stuck"_s, u"type:\"say \\\"no\\\"\""_s,
                                              u"payload.scanType:"_s, u"payload.scanId:"_s});
        row("fail", {u"status:failed"_s});
        row("-fail", {u"status:failed"_s});
        row("(FAIL", {u"status:failed"_s});
        row("status:", kStatus.mid(1));
        row("status:p", {u"status:pending"_s, u"status:processing"_s});
        row("status:failed,pe", {u"status:failed,pending"_s});
        row("status!=f", {u"status!=failed"_s});
        row("status:failed", {});
        row("is:", {u"is:dead"_s, u"is:stuck"_s, u"is:pending"_s, u"is:processing"_s,
                    u"is:completed"_s, u"is:failed"_s, u"is:unknown"_s});
        row("has:", {u"has:error"_s});
        row("attempts", {u"attempts>="_s, u"attempts:"_s, u"attempts!="_s, u"attempts<"_s,
                         u"attempts<="_s, u"attempts>"_s});
        row("attempts>=", {u"attempts>=0"_s, u"attempts>=1"_s, u"attempts>=2"_s, u"attempts>=3"_s});
        row("age<1", {u"age<15min"_s, u"age<1h"_s, u"age<1d"_s});
        row("age:", {});
        row("created:2026-11-30", {});
        row("created:2026-11-2", {u"created:2026-11-29"_s, u"created:2026-11-24..2026-11-30"_s});
        row("type:im", {u"type:image_extraction"_s});
        row("type:tw", {u"type:\"two words\""_s});
        row("type:\"tw", {u"type:\"two words\""_s});
        row("payload.sc", {u"payload.scanType:"_s, u"payload.scanId:"_s});
        row("payload.scanType:",
            {u"payload.scanType:business_card"_s, u"payload.scanType:liquor_license"_s});
        row("payload.scanType:lq", {});
        row("last", {u"payload.customer.\"last name\":"_s});
        row("error:\"time", {});
        row("\"sta", {});
        row("and", {});
        row("nothing like it", {});
        row("status>", {});
    }
    void offers()
    {
        QFETCH(QString, text);
        QTEST(shownAtEnd(text), "expected");
    }

    void anEmptyTextOffersWhatWasUsed()
    {
        const QStringList all = shownAtEnd({});
        QCOMPARE(all.mid(0, 3),
                 (QStringList{u"status:failed age<1d"_s, u"timeout"_s, u"status:"_s}));
        QCOMPARE(shown(recentAt(u"fail"_s, vocabulary())), QStringList{u"status:failed age<1d"_s});
        QCOMPARE(shown(recentAt({}, vocabulary())).size(), 2);
    }

    void whatWasUsedIsKeptWithoutSecrets()
    {
        QStringList recent;
        for (const char* query : {"status:failed", "timeout", " status:failed "})
            recent = remembered(recent, QLatin1String(query));
        QCOMPARE(recent, (QStringList{u"status:failed"_s, u"timeout"_s}));
        for (const char* query :
             {"", "  ", "status:(", "payload.password:x", "type:a -(payload.auth.api_key=1)",
              "error:\"postgresql://me:s3cr3t@host/db\""})
            QCOMPARE(remembered(recent, QLatin1String(query)), recent);
        for (int i = 0; i < 100; ++i)
            recent = remembered(recent, u"id:%1"_s.arg(i));
        QCOMPARE(recent.size(), 50);
        QCOMPARE(recent.front(), u"id:99"_s);
    }

    void nothingWithinAWord()
    {
        QVERIFY(completionsAt(u"status:failed"_s, 3, vocabulary()).items.isEmpty());
        QVERIFY(completionsAt(u"status:failed"_s, 9, vocabulary()).items.isEmpty());
        QVERIFY(completionsAt(u"st"_s, 7, vocabulary()).items.isEmpty());
        QVERIFY(completionsAt(u"st"_s, -1, vocabulary()).items.isEmpty());
        const auto inside = completionsAt(u"(st) age<1h"_s, 3, vocabulary());
        QCOMPARE(inside.items.last().shown, u"is:stuck"_s);
        const CompletedQuery done = accepted(u"(st) age<1h"_s, inside, inside.items.last());
        QCOMPARE(done.text, u"(is:stuck) age<1h"_s);
        QCOMPARE(done.caret, 9);
    }

    void takesOnlyThePiece()
    {
        const QString text = u"error:\"a b\" status:failed,pe  or x"_s;
        const auto completions = completionsAt(text, 28, vocabulary());
        QCOMPARE(shown(completions), QStringList{u"status:failed,pending"_s});
        QCOMPARE(accepted(text, completions, completions.items.front()).text,
                 u"error:\"a b\" status:failed,pending  or x"_s);
    }

    void aLongTextStaysWithinItsLimit()
    {
        const QString text = QString(3990, u'x') + u" payload.sca"_s;
        QVERIFY(completionsAt(text, text.size(), vocabulary()).items.isEmpty());
    }

    void everyFieldIsExplained()
    {
        for (const Completion& one : completionsAt({}, 0, vocabulary()).items) {
            if (one.group == Completion::Group::Fields)
                QVERIFY2(!fieldHelp(one.field).isEmpty(), qPrintable(one.field));
        }
    }

    // Whatever was typed: what is taken parses wherever the rest does, at once or with a value, and
    // nothing but the piece at the caret changes.
    void whatIsTakenAlwaysParses()
    {
        QRandomGenerator random(17);
        static const QStringList kPieces{u"status"_s,
                                         u":"_s,
                                         u"="_s,
                                         u"!="_s,
                                         u">="_s,
                                         u"<"_s,
                                         u"failed"_s,
                                         u"fai"_s,
                                         u" "_s,
                                         u" "_s,
                                         u" "_s,
                                         u"("_s,
                                         u")"_s,
                                         u"-"_s,
                                         u"and "_s,
                                         u"or "_s,
                                         u"not "_s,
                                         u"\""_s,
                                         u"type:"_s,
                                         u"im"_s,
                                         u","_s,
                                         u"payload."_s,
                                         u"scan"_s,
                                         u"Type"_s,
                                         u"age>2h"_s,
                                         u"attempts"_s,
                                         u"created:"_s,
                                         u"2026-11"_s,
                                         u"\\"_s,
                                         u"s"_s,
                                         u"has:"_s,
                                         u"is:"_s,
                                         u"p"_s,
                                         u"ü"_s,
                                         u"\U0001F600"_s,
                                         u".."_s,
                                         u"payload.\"b.c\":"_s,
                                         u"type:\"tw"_s,
                                         u"status:failed "_s,
                                         u"error:timeout "_s};
        const QueryVocabulary words = vocabulary();
        int taken = 0;
        int wholes = 0;
        int follows = 0;
        for (int round = 0; round < 10'000; ++round) {
            QString text;
            for (int i = random.bounded(9); i >= 0; --i)
                text += kPieces[random.bounded(int(kPieces.size()))];
            const qsizetype caret =
                random.bounded(3) > 0 ? text.size() : random.bounded(int(text.size()) + 1);
            const Completions completions = completionsAt(text, caret, words);
            QVERIFY(completions.from >= 0 && completions.from + completions.length == caret);
            QString without = text; // the rest, with a word that says nothing in place of the piece
            without.replace(completions.from, completions.length, u"x"_s);
            const bool isRestValid = parses(without);
            for (const Completion& one : completions.items) {
                ++taken;
                const CompletedQuery done = accepted(text, completions, one);
                const QByteArray what = (text + u" → "_s + done.text).toUtf8();
                QVERIFY2(done.text.startsWith(text.left(completions.from)), what);
                QVERIFY2(done.text.mid(done.caret) == text.mid(caret), what);
                if (!isRestValid)
                    continue;
                if (one.isWhole) {
                    ++wholes;
                    QVERIFY2(parses(done.text), what);
                    continue;
                }
                // A value that is offered next makes it valid, wherever one is offered.
                const Completions next = completionsAt(done.text, done.caret, words);
                for (const Completion& value : next.items) {
                    if (value.group != Completion::Group::Values)
                        continue;
                    ++follows;
                    QVERIFY2(parses(accepted(done.text, next, value).text),
                             (what + " " + value.shown.toUtf8()));
                }
            }
        }
        QVERIFY2(taken > 5'000 && wholes > 1'000 && follows > 1'000,
                 qPrintable(u"%1 %2 %3"_s.arg(taken).arg(wholes).arg(follows)));
    }

    void anythingAtAllIsSurvived()
    {
        QRandomGenerator random(18);
        const QueryVocabulary words = vocabulary();
        for (int round = 0; round < 10'000; ++round) {
            QString text;
            for (int i = random.bounded(30); i > 0; --i)
                text += random.bounded(4) > 0 ? QChar(random.bounded(32, 127))
                                              : QChar(random.bounded(0x10000));
            const qsizetype caret = random.bounded(int(text.size()) + 1);
            const Completions completions = completionsAt(text, caret, words);
            for (const Completion& one : completions.items) {
                const CompletedQuery done = accepted(text, completions, one);
                QVERIFY(done.caret <= done.text.size());
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestQueryCompletion)
#include "tst_querycompletion.moc"
