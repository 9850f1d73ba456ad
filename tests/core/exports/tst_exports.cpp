// SPDX-License-Identifier: GPL-3.0-or-later
// What an export wrote is read back by other programs and compared with the table.
#include "core/domain/safejson.h"
#include "core/exports/exportcells.h"
#include "core/exports/exportlook.h"
#include "core/exports/jobexport.h"
#include "core/store/jobstatement.h"
#include "tests/core/store/storefixture.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

#include <csignal>
#include <fcntl.h>
#include <sys/resource.h>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace queuedeck::exports;
using domain::ExportChoice;
using domain::ExportColumn;
using test::StoreFixture;
using test::StoreKind;
using test::value;

namespace {
const QString kSource = QStringLiteral(QUEUEDECK_SOURCE_DIR);

QByteArray outputOf(const QStringList& arguments)
{
    QProcess process;
    process.start(u"python3"_s, arguments);
    if (!process.waitForFinished(120'000) || process.exitCode() != 0)
        qFatal("python3: %s%s", qPrintable(process.errorString()),
               process.readAllStandardError().constData());
    return process.readAllStandardOutput();
}

QVector<QStringList> csvRows(const QString& file)
{
    QVector<QStringList> rows;
    const QByteArray json = outputOf({kSource + u"/tests/core/exports/readcsv.py"_s, file});
    for (const QJsonValue& line : QJsonDocument::fromJson(json).array()) {
        QStringList row;
        for (const QJsonValue& cell : line.toArray())
            row += cell.toString();
        rows += row;
    }
    return rows;
}

// The same jobs as the list of the window reads them.
QVector<domain::Job> listed(store::JobStore& store, const domain::JobFilter& filter)
{
    QVector<domain::Job> jobs;
    domain::PageRequest request{filter, {}, {}, 0, 400};
    for (bool isLast = false; !isLast;) {
        const domain::JobPage page = value(store.jobs.page(request));
        jobs += page.jobs;
        isLast = page.isLast;
        if (!page.keys.isEmpty())
            request.after = page.keys.back();
    }
    return jobs;
}

domain::JobIds exportedIds(store::JobStore& store, const domain::JobFilter& filter)
{
    domain::JobIds ids;
    const base::Status read =
        readJobs(store, {filter}, false, {}, [&ids](const QVector<domain::ExportedJob>& jobs) {
            for (const domain::ExportedJob& job : jobs)
                ids += job.job.id;
            return base::Status();
        });
    if (!read)
        qFatal("%s", qPrintable(read.error().detail));
    return ids;
}

domain::JobIds idsOf(const QVector<domain::Job>& jobs)
{
    domain::JobIds ids;
    for (const domain::Job& job : jobs)
        ids += job.id;
    return ids;
}

domain::JobFilter filterOf(const QString& text)
{
    return domain::JobFilter::parse(text).value();
}
} // namespace

class TestExports : public QObject
{
    Q_OBJECT

    StoreFixture m_fixture;
    QTemporaryDir m_folder;

    QString path(const QString& name) const { return m_folder.filePath(name); }
    QStringList left() const
    {
        return QDir(m_folder.path())
            .entryList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden);
    }
    static void kinds();
    static void fill(store::JobStore& store);
    base::Result<domain::ExportReport> write(store::JobStore& store, const ExportChoice& choice,
                                             const QString& name,
                                             const domain::ExportScope& scope = {},
                                             const std::stop_token& stop = {},
                                             const ExportProgress& progress = {});

private Q_SLOTS:
    void initTestCase();
    void init();
    void everyJobOnceInTheOrderOfTheList_data() { kinds(); }
    void everyJobOnceInTheOrderOfTheList();
    void csvHoldsTheTable_data() { kinds(); }
    void csvHoldsTheTable();
    void linesLoseNothing_data() { kinds(); }
    void linesLoseNothing();
    void workbookHoldsTheTable();
    void largePayloads_data() { kinds(); }
    void largePayloads();
    void attempts_data() { kinds(); }
    void attempts();
    void placesAndMasks();
    void zones();
    void namedJobs();
    void wholeOrNotAtAll();
    void whenTheDiskIsFull();
    void looksBeforehand();
    void statements_data() { kinds(); }
    void statements();
};

void TestExports::initTestCase()
{
    const QString trouble = m_fixture.start();
    QVERIFY2(trouble.isEmpty(), qPrintable(trouble));
}

void TestExports::init()
{
    for (const QString& name : left())
        QFile::remove(path(name));
}

void TestExports::kinds()
{
    QTest::addColumn<StoreKind>("kind");
    QTest::newRow("SQLite") << StoreKind::Sqlite;
    QTest::newRow("PostgreSQL") << StoreKind::Postgres;
    QTest::newRow("PgBouncer") << StoreKind::Pooled;
    QTest::newRow("deployed") << StoreKind::Deployed;
    QTest::newRow("text ids") << StoreKind::TextIds;
}

// More than one step of reading, in all states, with texts that are hard to write.
void TestExports::fill(store::JobStore& store)
{
    const domain::JobIds ids = StoreFixture::add(store, 1'150);
    const auto set = [&](const QVector<int>& places, const QString& assignments) {
        for (const int place : places)
            StoreFixture::set(store, ids[place], assignments);
    };
    set({0, 1, 700}, u"\"status\" = 'completed', \"attempts\" = 1"_s);
    set({400, 401, 403}, u"\"status\" = 'failed', \"attempts\" = 3, \"error\" = '=cmd,\"x\"'"_s);
    set({1'100, 1'101},
        u"\"status\" = 'failed', \"error\" = 'two\r\nlines, and \u00e4 \U0001f600'"_s);
    set({1'149}, u"\"error\" = ''"_s);
}

base::Result<domain::ExportReport>
TestExports::write(store::JobStore& store, const ExportChoice& choice, const QString& name,
                   const domain::ExportScope& scope, const std::stop_token& stop,
                   const ExportProgress& progress)
{
    auto target = ExportTarget::file(path(name), false);
    if (!target)
        return target.error();
    return exportJobs(store, scope, choice, **target, stop, progress);
}

void TestExports::everyJobOnceInTheOrderOfTheList()
{
    QFETCH(StoreKind, kind);
    const auto store = m_fixture.fresh(kind);
    fill(*store);
    for (const QString& text :
         {u""_s, u"status:failed"_s, u"error:lines"_s, u"-status:pending"_s, u"error:nowhere"_s}) {
        const domain::JobFilter filter = filterOf(text);
        QCOMPARE(exportedIds(*store, filter), idsOf(listed(*store, filter)));
    }
    // All of one moment, which no span of time divides.
    StoreFixture::sql(*store, u"UPDATE \"Job\" SET \"createdAt\" = (SELECT MAX(\"createdAt\") FROM "
                              "\"Job\")"_s);
    QCOMPARE(exportedIds(*store, {}), idsOf(listed(*store, {})));
    if (kind == StoreKind::Deployed) { // and without any
        StoreFixture::sql(*store, u"UPDATE \"Job\" SET \"createdAt\" = NULL"_s);
        QCOMPARE(exportedIds(*store, {}), idsOf(listed(*store, {})));
    }
    StoreFixture::sql(*store, u"DELETE FROM \"Job\""_s);
    QCOMPARE(exportedIds(*store, {}), domain::JobIds());
}

void TestExports::csvHoldsTheTable()
{
    QFETCH(StoreKind, kind);
    const auto store = m_fixture.fresh(kind);
    fill(*store);
    ExportChoice choice;
    choice.hasBom = true;
    const auto report = write(*store, choice, u"jobs.csv"_s);
    QVERIFY2(report, qPrintable(report ? QString() : QString(report.error().detail)));
    choice.hasBom = false;
    choice.isCompressed = true;
    QVERIFY(write(*store, choice, u"jobs.csv.gz"_s));
    QFile plain(path(u"jobs.csv"_s));
    QVERIFY(plain.open(QIODevice::ReadOnly));
    QVERIFY(plain.readAll().startsWith("\xEF\xBB\xBFid,type,status,"));
    QCOMPARE(plain.size(), report->bytes);
    QVERIFY(QFileInfo(path(u"jobs.csv.gz"_s)).size() < plain.size() / 3);

    const QVector<QStringList> rows = csvRows(path(u"jobs.csv"_s));
    QCOMPARE(csvRows(path(u"jobs.csv.gz"_s)), rows);
    const QVector<domain::Job> jobs = listed(*store, {});
    QCOMPARE(rows.size(), jobs.size() + 1);
    QCOMPARE(report->jobs, jobs.size());
    const auto contents = value(store->jobs.contents(idsOf(jobs)));
    for (qsizetype i = 0; i < jobs.size(); ++i) {
        const domain::JobContent& content = contents[jobs[i].id];
        const QStringList& row = rows[i + 1];
        QCOMPARE(row[0], jobs[i].id.value);
        QCOMPARE(row[1], jobs[i].type);
        QCOMPARE(row[2], jobs[i].rawStatus);
        QCOMPARE(row[3].toInt(), jobs[i].attempts.value_or(0));
        QCOMPARE(QDateTime::fromString(row[4], Qt::ISODateWithMs), jobs[i].createdAt);
        QVERIFY(row[4].endsWith(u'Z'));
        QCOMPARE(QDateTime::fromString(row[5], Qt::ISODateWithMs), jobs[i].completedAt);
        const QString error = content.job.error;
        QCOMPARE(row[6], error.startsWith(u'=') ? u'\'' + error : error);
        QCOMPARE(row[7], QString::fromUtf8(content.payload));
    }
}

void TestExports::linesLoseNothing()
{
    QFETCH(StoreKind, kind);
    const auto store = m_fixture.fresh(kind);
    fill(*store);
    ExportChoice choice;
    choice.format = domain::ExportFormat::Jsonl;
    const auto report = write(*store, choice, u"jobs.jsonl"_s);
    QVERIFY(report);
    QFile file(path(u"jobs.jsonl"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QVector<domain::Job> jobs = listed(*store, {});
    const auto contents = value(store->jobs.contents(idsOf(jobs)));
    for (const domain::Job& job : jobs) {
        const QByteArray line = file.readLine();
        const QJsonObject read = QJsonDocument::fromJson(line).object();
        const domain::JobContent& content = contents[job.id];
        QCOMPARE(read[u"id"_s].toString(), job.id.value);
        QCOMPARE(read[u"error"_s].isNull(), content.job.error.isNull());
        QCOMPARE(read[u"error"_s].toString(), content.job.error);
        QCOMPARE(read[u"completedAt"_s].isNull(), !job.completedAt.isValid());
        QVERIFY(line.contains("\"payload\":" + content.payload));
    }
    QVERIFY(file.atEnd());
}

void TestExports::workbookHoldsTheTable()
{
    const auto store = m_fixture.fresh(StoreKind::Sqlite);
    fill(*store);
    ExportChoice choice;
    choice.format = domain::ExportFormat::Xlsx;
    choice.zone = "Europe/Berlin";
    const auto report = write(*store, choice, u"jobs.xlsx"_s);
    QVERIFY2(report, qPrintable(report ? QString() : QString(report.error().detail)));
    QCOMPARE(report->bytes, QFileInfo(path(u"jobs.xlsx"_s)).size());
    QCOMPARE(left(), QStringList{u"jobs.xlsx"_s});
    const QJsonArray sheets =
        QJsonDocument::fromJson(
            outputOf({kSource + u"/tests/core/handlers/readxlsx.py"_s, path(u"jobs.xlsx"_s)}))
            .object()[u"sheets"_s]
            .toArray();
    QCOMPARE(sheets.size(), 1);
    QHash<QString, QJsonObject> cells;
    for (const QJsonValue& cell : sheets[0].toObject()[u"cells"_s].toArray()) {
        QVERIFY(cell[u"kind"_s].toString() != "formula"_L1);
        cells[cell[u"at"_s].toString()] = cell.toObject();
    }
    QCOMPARE(cells[u"E1"_s][u"text"_s].toString(), u"createdAt (Europe/Berlin)"_s);
    const QVector<domain::Job> jobs = listed(*store, {});
    const auto contents = value(store->jobs.contents(idsOf(jobs)));
    const QDateTime day0(QDate(1899, 12, 30), QTime(0, 0), Qt::UTC);
    for (qsizetype i = 0; i < jobs.size(); ++i) {
        const QString line = QString::number(i + 2);
        const auto text = [&](const QString& column) {
            return cells[column + line][u"text"_s].toString();
        };
        QCOMPARE(text(u"A"_s), jobs[i].id.value);
        QCOMPARE(cells[u"D"_s + line][u"kind"_s].toString(), u"number"_s);
        QCOMPARE(text(u"D"_s).toInt(), jobs[i].attempts.value_or(-1));
        QCOMPARE(cells[u"E"_s + line][u"kind"_s].toString(), u"number"_s);
        constexpr double kDay = 86'400'000;
        const QDateTime shown =
            day0.addMSecs(qRound64(text(u"E"_s).toDouble() * kDay)); // as if it were UTC
        const QDateTime there = jobs[i].createdAt.toTimeZone(QTimeZone("Europe/Berlin"));
        QVERIFY(std::abs(shown.msecsTo(QDateTime(there.date(), there.time(), Qt::UTC))) <= 1);
        QCOMPARE(text(u"G"_s).replace(u"\r\n"_s, u"\n"_s),
                 QString(contents[jobs[i].id].job.error).replace(u"\r\n"_s, u"\n"_s));
        QCOMPARE(text(u"H"_s), QString::fromUtf8(contents[jobs[i].id].payload));
    }
}

// Longer than what is read along with other rows, and than a cell of a workbook may be.
void TestExports::largePayloads()
{
    QFETCH(StoreKind, kind);
    const auto store = m_fixture.fresh(kind);
    const domain::JobIds ids = StoreFixture::add(*store, 5);
    QString large;
    for (int i = 0; i < 60'000; ++i)
        large += QString::number(i * 7919LL % 1'000'003, 36) + u' ';
    const bool isSqlite = kind == StoreKind::Sqlite;
    StoreFixture::sql(*store,
                      u"UPDATE \"Job\" SET \"payload\" = :payload%1, \"error\" = :error "
                      "WHERE \"id\" = :id%2"_s.arg(isSqlite ? u""_s : u"::jsonb"_s,
                                                   isSqlite ? u""_s : u"::{id_type}"_s),
                      {{u"payload"_s, u"{\"a\": \"%1\"}"_s.arg(large)},
                       {u"error"_s, large},
                       {u"id"_s, ids[2].value}});
    QVERIFY(write(*store, {}, u"jobs.csv"_s));
    const QVector<QStringList> rows = csvRows(path(u"jobs.csv"_s));
    QCOMPARE(rows.size(), 6);
    QCOMPARE(rows[3][0], ids[2].value);
    QCOMPARE(rows[3][6], large);
    QCOMPARE(QJsonDocument::fromJson(rows[3][7].toUtf8())[u"a"_s].toString(), large);
    ExportChoice choice;
    choice.format = domain::ExportFormat::Xlsx;
    QCOMPARE(value(write(*store, choice, u"jobs.xlsx"_s)).cut, 2);
}

void TestExports::attempts()
{
    QFETCH(StoreKind, kind);
    const auto store = m_fixture.fresh(kind);
    const domain::JobIds ids = StoreFixture::add(*store, 3);
    ExportChoice choice;
    choice.columns = {ExportColumn::Id, ExportColumn::StartedAt, ExportColumn::Ran,
                      ExportColumn::Waited};
    const qint64 created = listed(*store, {}).first().createdAt.toMSecsSinceEpoch();
    const auto add = [&](int number, qint64 started, qint64 ended) {
        if (kind == StoreKind::Sqlite)
            StoreFixture::sql(
                *store,
                u"INSERT INTO queuedeck_attempt (job_id, claim, attempt, "
                "started_at, ended_at, outcome) VALUES (:id, :n, :n, :s, :e, "
                "'failed')"_s,
                {{u"id"_s, ids[2].value}, {u"n"_s, number}, {u"s"_s, started}, {u"e"_s, ended}});
        else
            StoreFixture::sql(
                *store,
                u"INSERT INTO {own}attempt (job_id, token, attempt, engine, started_at, ended_at, "
                "outcome) VALUES (:id, :t, :n::int, 'e', to_timestamp(:s::bigint / 1000.0), "
                "to_timestamp(:e::bigint / 1000.0), 'failed')"_s,
                {{u"id"_s, ids[2].value},
                 {u"t"_s, QString::number(number)},
                 {u"n"_s, number},
                 {u"s"_s, started},
                 {u"e"_s, ended}});
    };
    add(1, created + 500, created + 700);
    add(2, created + 2'000, created + 3'250);
    QVERIFY(write(*store, choice, u"jobs.csv"_s));
    const QVector<QStringList> rows = csvRows(path(u"jobs.csv"_s));
    QCOMPARE(rows.size(), 4);
    QCOMPARE(rows[1][0], ids[2].value);
    QCOMPARE(QDateTime::fromString(rows[1][1], Qt::ISODateWithMs).toMSecsSinceEpoch(),
             created + 2'000);
    QCOMPARE(rows[1].mid(2), (QStringList{u"1.250"_s, u"2.000"_s}));
    QCOMPARE(rows[2].mid(1), (QStringList{{}, {}, {}}));
}

void TestExports::placesAndMasks()
{
    const auto store = m_fixture.fresh(StoreKind::Sqlite);
    const domain::JobIds ids = StoreFixture::add(*store, 4);
    const auto put = [&](int job, const QString& payload) {
        StoreFixture::sql(*store, u"UPDATE \"Job\" SET \"payload\" = :p WHERE \"id\" = :id"_s,
                          {{u"p"_s, payload}, {u"id"_s, ids[job].value}});
    };
    put(3, u"{\"n\": 1.0, \"who\": {\"email\": \"jo@secret.example\", \"x\": [1, 2]}}"_s);
    put(2, u"{\"who\": [{\"email\": \"a@secret.example\"}, {\"email\": \"b@secret.example\"}]}"_s);
    put(1, u"not json jo@secret.example"_s);
    put(0, u"{}"_s);
    ExportChoice choice;
    choice.columns = {ExportColumn::Id, ExportColumn::Payload};
    choice.paths = {{u"who.email"_s, domain::Masking::Hashed}};
    for (const auto format : {domain::ExportFormat::Csv, domain::ExportFormat::Jsonl}) {
        choice.format = format;
        const QString name = u"masked."_s + domain::exportFormatName(format);
        const auto report = write(*store, choice, name);
        QVERIFY(report);
        QCOMPARE(report->unread, 1);
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray all = file.readAll();
        QVERIFY2(!all.contains("secret"), all.constData());
        QVERIFY(all.contains("1.0"));
    }
    choice.format = domain::ExportFormat::Csv;
    choice.payload = ExportChoice::Payload::Paths;
    choice.paths = {{u"n"_s}, {u"who.email"_s, domain::Masking::Hidden}, {u"who"_s}, {u"who.x"_s}};
    QVERIFY(write(*store, choice, u"places.csv"_s));
    const QVector<QStringList> rows = csvRows(path(u"places.csv"_s));
    QCOMPARE(rows[0], (QStringList{u"id"_s, u"payload.n"_s, u"payload.who.email"_s,
                                   u"payload.who"_s, u"payload.who.x"_s}));
    QCOMPARE(rows[1].mid(1), (QStringList{u"1.0"_s, u"•••"_s,
                                          u"{\"email\": \"•••\", \"x\": [1, 2]}"_s, u"[1, 2]"_s}));
    QCOMPARE(rows[2].mid(1, 2), (QStringList{{}, u"[\"•••\",\"•••\"]"_s}));
    QCOMPARE(rows[3].mid(1), (QStringList{{}, {}, {}, {}}));
}

void TestExports::zones()
{
    TimeTexts utc("UTC", ExportChoice::Times::Iso);
    TimeTexts kolkata("Asia/Kolkata", ExportChoice::Times::Iso);
    TimeTexts newYork("America/New_York", ExportChoice::Times::Plain);
    const auto text = [](TimeTexts& times, const QDateTime& time) {
        QByteArray line;
        times.add(line, time);
        return line;
    };
    const QDateTime time(QDate(2026, 11, 1), QTime(5, 59, 59, 7), Qt::UTC);
    QCOMPARE(text(utc, time), "2026-11-01T05:59:59.007Z"_ba);
    QCOMPARE(text(utc, time.addMSecs(500)), "2026-11-01T05:59:59.507Z"_ba);
    QCOMPARE(text(kolkata, time), "2026-11-01T11:29:59.007+05:30"_ba);
    QCOMPARE(text(newYork, time), "2026-11-01 01:59:59"_ba); // the clock is set back a second later
    QCOMPARE(text(newYork, time.addSecs(1)), "2026-11-01 01:00:00"_ba);
    QCOMPARE(text(utc, QDateTime(QDate(1969, 12, 31), QTime(23, 59, 59, 999), Qt::UTC)),
             "1969-12-31T23:59:59.999Z"_ba);
    QCOMPARE(text(utc, {}), ""_ba);
}

void TestExports::namedJobs()
{
    const auto store = m_fixture.fresh(StoreKind::Sqlite);
    domain::JobIds ids = StoreFixture::add(*store, 120);
    std::reverse(ids.begin(), ids.end());
    ids.insert(7, {u"gone"_s});
    QCOMPARE(value(write(*store, {}, u"named.csv"_s, {{}, ids})).jobs, 120);
    const QVector<QStringList> rows = csvRows(path(u"named.csv"_s));
    ids.remove(7);
    for (qsizetype i = 0; i < ids.size(); ++i)
        QCOMPARE(rows[i + 1][0], ids[i].value);
}

void TestExports::wholeOrNotAtAll()
{
    const auto store = m_fixture.fresh(StoreKind::Sqlite);
    fill(*store);
    for (const auto format :
         {domain::ExportFormat::Csv, domain::ExportFormat::Jsonl, domain::ExportFormat::Xlsx}) {
        ExportChoice choice;
        choice.format = format;
        std::stop_source stop;
        const auto stopped = write(*store, choice, u"stopped"_s, {}, stop.get_token(),
                                   [&stop](qint64) { stop.request_stop(); });
        QVERIFY(!stopped);
        QCOMPARE(stopped.error().kind, base::ErrorKind::Cancelled);
        QCOMPARE(left(), QStringList());
        choice.zone = "Nowhere/At_All";
        QCOMPARE(write(*store, choice, u"wrong"_s).error().kind, base::ErrorKind::Invalid);
        QCOMPARE(left(), QStringList());
    }
    QVERIFY(write(*store, {}, u"there.csv"_s));
    QCOMPARE(write(*store, {}, u"there.csv"_s).error().kind, base::ErrorKind::Denied);
    QCOMPARE(write(*store, {}, u"no/such/folder.csv"_s).error().kind, base::ErrorKind::NotFound);
    QCOMPARE(left(), QStringList{u"there.csv"_s});
    ExportChoice book;
    book.format = domain::ExportFormat::Xlsx;
    const auto stream = ExportTarget::stream([](const QByteArray&) { return base::Status(); });
    QCOMPARE(exportJobs(*store, {}, book, *stream, {}, {}).error().kind, base::ErrorKind::Invalid);
}

void TestExports::whenTheDiskIsFull()
{
    const auto store = m_fixture.fresh(StoreKind::Sqlite);
    fill(*store);
    (void)StoreFixture::jobs(*store); // whatever the database still has to write
    const auto previous = std::signal(SIGXFSZ, SIG_IGN);
    rlimit limit{};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &limit), 0);
    for (const auto format :
         {domain::ExportFormat::Csv, domain::ExportFormat::Jsonl, domain::ExportFormat::Xlsx}) {
        ExportChoice choice;
        choice.format = format;
        const rlimit low{64 * 1024, limit.rlim_max};
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &low), 0);
        const auto report = write(*store, choice, u"full"_s);
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &limit), 0);
        QVERIFY(!report);
        QVERIFY2(report.error().detail.contains("no room"_L1), qPrintable(report.error().detail));
        QCOMPARE(left(), QStringList());
    }
    std::signal(SIGXFSZ, previous);
}

void TestExports::looksBeforehand()
{
    const auto store = m_fixture.fresh(StoreKind::Sqlite);
    const domain::JobIds ids = StoreFixture::add(*store, 2);
    StoreFixture::sql(*store,
                      u"UPDATE \"Job\" SET \"payload\" = '{\"a\": {\"b\": 1}, \"c\": null}'"_s);
    QVector<domain::ExportedJob> jobs = value(store->jobs.exported(ids, true));
    const QVector<domain::ExportPlace> places = placesOf(jobs);
    QCOMPARE(places.size(), 2);
    QCOMPARE(places[0].path, u"a.b"_s);
    QCOMPARE(places[0].example, "1"_ba);
    QCOMPARE(places[0].jobs, 2);
    QCOMPARE(places[1].example, ""_ba);
    ExportChoice choice;
    const domain::ExportPreview preview = value(previewOf(jobs, choice));
    QCOMPARE(preview.lines.size(), 3);
    QVERIFY(preview.lines[0].startsWith("id,type"_L1));
    QVERIFY(write(*store, choice, u"jobs.csv"_s, {{}, ids}));
    QCOMPARE(preview.bytes + preview.lines[0].size() + 2, QFileInfo(path(u"jobs.csv"_s)).size());
}

// Runs as it is, whatever the ids are.
void TestExports::statements()
{
    QFETCH(StoreKind, kind);
    const auto store = m_fixture.fresh(kind);
    const domain::JobIds ids = StoreFixture::add(*store, 3);
    QString statement = store::statementReading(*store, {ids[0], ids[2]});
    QVERIFY2(statement.endsWith(");\n"_L1), qPrintable(statement));
    statement.chop(2);
    QCOMPARE(StoreFixture::sql(*store, statement).size(), size_t(2));
    if (kind == StoreKind::Sqlite || kind == StoreKind::TextIds) {
        statement = store::statementReading(*store, {{u"x'); DROP TABLE \"Job\"; --{job}"_s}});
        statement.chop(2);
        QCOMPARE(StoreFixture::sql(*store, statement).size(), size_t(0));
    }
    QCOMPARE(listed(*store, {}).size(), 3);
}

QTEST_GUILESS_MAIN(TestExports)
#include "tst_exports.moc"
