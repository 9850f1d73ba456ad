// SPDX-License-Identifier: GPL-3.0-or-later
// Jobs grouped by error: counted exactly, part by part, in bounded memory.
#include "core/domain/errorgroups.h"
#include "core/domain/jobfilter.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTest>
#include <QTimeZone>
#include <QUuid>

#include <numeric>

using namespace Qt::StringLiterals;
using namespace queuedeck::domain;

namespace {
const QDateTime kNow(QDate(2026, 11, 23), QTime(14, 42), Qt::UTC);

QString uuid(QRandomGenerator& random)
{
    quint32 words[4];
    random.fillRange(words);
    return QUuid(words[0], ushort(words[1]), ushort(words[1] >> 16), uchar(words[2]),
                 uchar(words[2] >> 8), uchar(words[2] >> 16), uchar(words[2] >> 24),
                 uchar(words[3]), uchar(words[3] >> 8), uchar(words[3] >> 16),
                 uchar(words[3] >> 24))
        .toString(QUuid::WithoutBraces);
}

QString word(QRandomGenerator& random)
{
    QString made;
    for (int i = 0, n = 1 + random.bounded(12); i < n; ++i)
        made += QChar(char16_t(u'a' + random.bounded(26)));
    return made;
}

// An error of one of seven templates with other values each time.
QString errorOf(int which, QRandomGenerator& random)
{
    const auto number = [&](int below) { return QString::number(random.bounded(below)); };
    switch (which) {
    case 0:
        return u"Vision request: timeout after %1 s (attempt %2 of %3)"_s.arg(
            number(900), number(10), number(10));
    case 1: return u"CRM lookup: HTTP 404 for customer %1"_s.arg(uuid(random));
    case 2:
        return u"Image download: HTTP 403 from https://%1.example/%2.jpg?v=%3"_s.arg(
            word(random), word(random), number(1000));
    case 3: return u"Enrichment: the answer has no field \"%1\""_s.arg(word(random));
    case 4:
        return u"connect ECONNREFUSED 10.%1.%2.%3:5432"_s.arg(number(256), number(256),
                                                              number(256));
    case 5:
        return u"cannot open '/srv/%1/%2 %3': no space left"_s.arg(word(random), word(random),
                                                                   number(100));
    default:
        return u"Import: line %1 has %2 columns, %3 are expected (2026-11-23T%4:17:03Z)"_s
            .arg(number(1'000'000), number(40), number(40))
            .arg(random.bounded(24), 2, 10, QChar(u'0'));
    }
}

Job job(int number, const QString& error, const QDateTime& createdAt,
        const QString& type = u"image_extraction"_s)
{
    Job made;
    made.id.value = QString::number(number);
    made.type = type;
    made.status = JobStatus::Failed;
    made.error = error;
    made.createdAt = createdAt;
    return made;
}

QString asText(const ErrorTally& tally)
{
    QStringList lines{u"%1 %2"_s.arg(tally.total()).arg(tally.others())};
    for (const ErrorGroup& group : tally.groups()) {
        QString line = u"%1 %2 %3 %4"_s.arg(group.signature)
                           .arg(group.count)
                           .arg(group.first.toString(Qt::ISODateWithMs),
                                group.last.toString(Qt::ISODateWithMs));
        for (const auto& [type, count] : group.types)
            line += u" %1=%2"_s.arg(type).arg(count);
        for (const auto& [hour, count] : group.hours)
            line += u" %1:%2"_s.arg(hour).arg(count);
        for (const ErrorExample& example : group.examples)
            line += u' ' + example.createdAt.toString(Qt::ISODateWithMs);
        lines += line;
    }
    return lines.join(u'\n');
}
} // namespace

class TestErrorGroups : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sevenTemplatesAreSevenGroups();
    void partsAddUpHoweverTheyAreCut();
    void aPartIsTakenAway();
    void whatVaries();
    void memoryIsBounded();
    void jobsWithoutErrorOrTime();
    void barsOfTheLastDay();
    void filtersFindTheGroup();
    void oneSentence();
};

void TestErrorGroups::sevenTemplatesAreSevenGroups()
{
    QRandomGenerator random(1);
    std::array<qint64, 7> expected{};
    std::vector<Job> jobs;
    jobs.reserve(100'000);
    for (int i = 0; i < 100'000; ++i) {
        const int which = random.bounded(7);
        ++expected[size_t(which)];
        jobs.push_back(job(i, errorOf(which, random), kNow.addSecs(-i)));
    }
    QElapsedTimer clock;
    clock.start();
    ErrorTally tally;
    for (const Job& one : jobs)
        tally.add(one);
    qInfo("100,000 errors in %lld ms", clock.elapsed());
    QStringList found;
    for (const ErrorGroup& group : tally.groups())
        found += group.signature;
    QVERIFY2(found.size() == 7, qPrintable(found.join(u'\n')));
    QCOMPARE(tally.total(), 100'000);
    std::vector<qint64> counts;
    for (const ErrorGroup& group : tally.groups())
        counts.push_back(group.count);
    std::sort(expected.begin(), expected.end(), std::greater<>());
    QVERIFY(std::equal(counts.begin(), counts.end(), expected.begin(), expected.end()));
}

void TestErrorGroups::partsAddUpHoweverTheyAreCut()
{
    QRandomGenerator random(2);
    for (int round = 0; round < 20; ++round) {
        ErrorTally whole;
        std::vector<ErrorTally> parts(size_t(1 + random.bounded(9)));
        for (int i = 0; i < 500; ++i) {
            // A second apart and in any order, so that no two are equally new.
            const Job one =
                job(i, errorOf(random.bounded(7), random), kNow.addSecs(-(i * 7919 % 200'003)),
                    u"type %1"_s.arg(random.bounded(3)));
            whole.add(one);
            parts[size_t(random.bounded(int(parts.size())))].add(one);
        }
        ErrorTally sum;
        for (const ErrorTally& part : parts)
            sum.add(part);
        QCOMPARE(asText(sum), asText(whole));
    }
}

void TestErrorGroups::aPartIsTakenAway()
{
    QRandomGenerator random(3);
    ErrorTally kept;
    ErrorTally retried;
    ErrorTally counted;
    for (int i = 0; i < 300; ++i) {
        const Job one = job(i, errorOf(i % 7, random), kNow.addSecs(-i * 60));
        counted.add(one);
        (i % 7 == 2 ? retried : kept).add(one);
    }
    QCOMPARE(counted.groups().size(), 7U);
    QCOMPARE(kept.groups().size(), 6U);
    ErrorTally again;
    again.add(kept);
    again.add(retried);
    QCOMPARE(asText(again), asText(counted));
    ErrorTally without;
    without.add(kept);
    QCOMPARE(asText(without), asText(kept));
    QCOMPARE(without.total(), counted.total() - retried.total());
}

void TestErrorGroups::whatVaries()
{
    ErrorTally tally;
    for (int i = 0; i < 30; ++i)
        tally.add(job(i, u"timeout after %1 s (attempt 3 of 3)"_s.arg(i < 20 ? 60 : 58 + i % 2),
                      kNow.addSecs(-i)));
    const ErrorGroup* group = tally.group(u"timeout after # s (attempt # of #)"_s);
    QVERIFY(group);
    QCOMPARE(group->varies.size(), 3U);
    const auto seconds = group->varies[0].byCount();
    QCOMPARE(seconds.size(), 3);
    QCOMPARE(seconds[0], (std::pair<QString, qint64>(u"60"_s, 20)));
    QCOMPARE(group->varies[1].byCount().size(), 1);
    QCOMPARE(group->examples.size(), 4);
    QCOMPARE(group->examples[0].id.value, u"0"_s); // the newest first
    QCOMPARE(group->examples[0].values, QStringList({u"60"_s, u"3"_s, u"3"_s}));

    for (int i = 0; i < 1000; ++i)
        tally.add(job(i, u"timeout after %1 s (attempt 3 of 3)"_s.arg(1000 + i), kNow));
    group = tally.group(u"timeout after # s (attempt # of #)"_s);
    qint64 sum = group->varies[0].others;
    for (const auto& [text, count] : group->varies[0].values)
        sum += count;
    QCOMPARE(sum, 1030);
    QVERIFY(group->varies[0].values.size() <= 12);
}

void TestErrorGroups::memoryIsBounded()
{
    QRandomGenerator random(4);
    ErrorTally tally;
    ErrorTally second;
    for (int i = 0; i < 20'000; ++i) {
        QString error;
        for (int part = 0; part < 6; ++part)
            error += word(random) + u' ';
        (i % 2 ? tally : second).add(job(i, error, kNow.addSecs(-i * 3600)));
    }
    QCOMPARE(tally.size(), qsizetype(ErrorTally::kMostGroups));
    QCOMPARE(tally.total(), 10'000);
    QVERIFY(tally.others() >= 9'000);
    tally.add(second);
    QCOMPARE(tally.size(), qsizetype(ErrorTally::kMostGroups));
    QCOMPARE(tally.total(), 20'000);
    qint64 sum = tally.others();
    for (const ErrorGroup& group : tally.groups()) {
        sum += group.count;
        QVERIFY(group.hours.size() <= 48);
    }
    QCOMPARE(sum, 20'000);
}

void TestErrorGroups::jobsWithoutErrorOrTime()
{
    ErrorTally tally;
    tally.add(job(1, QString(), QDateTime()));
    tally.add(job(2, u" \n "_s, kNow));
    tally.add(job(3, u"x"_s, QDateTime()));
    QCOMPARE(tally.groups().size(), 2U);
    const ErrorGroup* none = tally.group(QString());
    QVERIFY(none);
    QCOMPARE(none->count, 2);
    QCOMPARE(none->first, kNow);
    QVERIFY(!tally.group(u"x"_s)->first.isValid());
    QCOMPARE(groupFilter(u"status:failed"_s, *none), u"status:failed -has:error"_s);
}

void TestErrorGroups::barsOfTheLastDay()
{
    ErrorTally tally;
    for (const int minutes : {0, 41, 43, 23 * 60 + 41, 24 * 60 + 43, -30, 60 * 24 * 9})
        tally.add(job(minutes, u"x"_s, kNow.addSecs(-minutes * 60)));
    const QVector<qint64> bars = tally.group(u"x"_s)->perHour(kNow);
    QCOMPARE(bars.size(), 24);
    QCOMPARE(bars[23], 2);
    QCOMPARE(bars[22], 1);
    QCOMPARE(bars[0], 1);
    QCOMPARE(std::accumulate(bars.begin(), bars.end(), qint64(0)), 4);
}

void TestErrorGroups::filtersFindTheGroup()
{
    ErrorTally tally;
    tally.add(job(1, u"timeout after 60 s"_s, kNow));
    tally.add(job(2, u"timeout after 60 s (attempt 3 of 3), \"x\\y\" was sent"_s, kNow));
    const ErrorGroup* shorter = tally.group(u"timeout after # s"_s);
    QVERIFY(shorter);
    const QString filter = groupFilter(u"status:failed"_s, *shorter, tally.groups());
    QCOMPARE(filter, u"status:failed error:\"timeout after\" -error:\"s (attempt\""_s);
    for (const ErrorGroup& group : tally.groups()) {
        const auto parsed =
            JobFilter::parse(groupFilter(u"status:failed or is:dead"_s, group, tally.groups()));
        QVERIFY(parsed);
        QCOMPARE(parsed->root().kind, FilterNode::Kind::All);
    }
}

void TestErrorGroups::oneSentence()
{
    QCOMPARE(whyItFailed(u"Boom #"_s, 3, 1000, false),
             u"3 of 1,000 failed jobs (0.3 %) have this error: Boom #"_s);
    QCOMPARE(whyItFailed(u"Boom %1"_s, 1, 12, true),
             u"The only one of the newest 12 failed jobs with this error: Boom %1"_s);
    QCOMPARE(whyItFailed(u"Boom"_s, 0, 12, true),
             u"None of the newest 12 failed jobs has this error: Boom"_s);
    QCOMPARE(whyItFailed({}, 2, 12, false),
             u"There is no error text, as with 2 of 12 failed jobs."_s);
}

QTEST_GUILESS_MAIN(TestErrorGroups)
#include "tst_errorgroups.moc"
