// SPDX-License-Identifier: GPL-3.0-or-later
// What enrichments read and write in the application's tables, on every kind of database.
#include "tests/core/store/storefixture.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace queuedeck::test;
using base::ErrorKind;
using domain::Enrichment;
using domain::EnrichmentSubject;
using State = Enrichment::State;

namespace {
const QString kTenant = u"11111111-1111-4111-8111-111111111111"_s;
const QString kOther = u"22222222-2222-4222-8222-222222222222"_s;
const QString kCustomer = u"aaaaaaaa-0000-4000-8000-000000000001"_s;
const QString kProduct = u"bbbbbbbb-0000-4000-8000-000000000001"_s;

// As Prisma makes them; {text} and so on differ.
QString tables(StoreKind kind, bool isEnriched)
{
    const bool isSqlite = kind == StoreKind::Sqlite;
    const bool isText = isSqlite || kind == StoreKind::TextIds;
    QString sql = uR"(
CREATE TABLE "Customer" ("id" {id} PRIMARY KEY, "tenantId" {id} NOT NULL, "name" TEXT NOT NULL,
    "city" TEXT, "email" TEXT);
CREATE TABLE "Product" ("id" {id} PRIMARY KEY, "tenantId" {id} NOT NULL, "name" TEXT NOT NULL,
    "brand" TEXT, "category" TEXT{more}, "updatedAt" {time} NOT NULL);
CREATE TABLE "Sku" ("id" {id} PRIMARY KEY, "productId" {id} NOT NULL, "code" TEXT NOT NULL,
    "size" TEXT, "abv" {number});
CREATE TABLE "Order" ("id" {id} PRIMARY KEY, "customerId" {id} NOT NULL);
CREATE TABLE "OrderLine" ("id" {id} PRIMARY KEY, "orderId" {id} NOT NULL, "skuId" {id} NOT NULL);
INSERT INTO "Customer" VALUES ('{customer}', '{tenant}', 'Blue Door', 'Lyon', 'secret@door.example');
INSERT INTO "Product" ("id", "tenantId", "name", "brand", "category", "updatedAt") VALUES
    ('{product}', '{tenant}', 'Château d''Ô', 'Ô', 'Red wine', '2026-01-01 00:00:00'),
    ('bbbbbbbb-0000-4000-8000-000000000002', '{other}', 'Foreign', NULL, NULL, '2026-01-01 00:00:00');
INSERT INTO "Sku" VALUES ('cccccccc-0000-4000-8000-000000000001', '{product}', 'CDO75', '750 ml', 13.5);
INSERT INTO "Order" VALUES ('dddddddd-0000-4000-8000-000000000001', '{customer}');
INSERT INTO "OrderLine" VALUES ('eeeeeeee-0000-4000-8000-000000000001',
    'dddddddd-0000-4000-8000-000000000001', 'cccccccc-0000-4000-8000-000000000001');
)"_s;
    const QString json = isSqlite                     ? u"JSONB"_s
                         : kind == StoreKind::TextIds ? u"JSON"_s
                                                      : u"JSONB"_s;
    const QString list = isSqlite ? u"JSONB"_s : kind == StoreKind::Pooled ? json : u"TEXT[]"_s;
    const QString more = uR"(, "description" TEXT, "tastingNotes" {json}, "foodPairings" {list},
    "servingInfo" {json}, "wineDetails" {json}, "enrichedAt" {time}, "enrichedBy" VARCHAR(60))"_s;
    sql.replace(u"{more}"_s, isEnriched ? more : QString());
    for (const auto& [word, value] :
         {std::pair{u"{id}"_s, isText ? u"TEXT"_s : u"UUID"_s},
          std::pair{u"{time}"_s, isSqlite                     ? u"DATETIME"_s
                                 : kind == StoreKind::TextIds ? u"TIMESTAMPTZ"_s
                                                              : u"TIMESTAMP(3)"_s},
          std::pair{u"{number}"_s, isSqlite ? u"DECIMAL"_s : u"NUMERIC(5, 2)"_s},
          std::pair{u"{json}"_s, json}, std::pair{u"{list}"_s, list},
          std::pair{u"{customer}"_s, kCustomer}, std::pair{u"{product}"_s, kProduct},
          std::pair{u"{tenant}"_s, kTenant}, std::pair{u"{other}"_s, kOther}})
        sql.replace(word, value);
    return kind == StoreKind::TextIds ? u"SET search_path = \"leora app\";"_s + sql : sql;
}

const QJsonObject kFound{
    {u"description"_s, u"A \"dark\" wine, it's ü."_s},
    {u"tastingNotes"_s, QJsonObject{{u"aroma"_s, u"plum"_s}, {u"finish"_s, u"long"_s}}},
    {u"foodPairings"_s, QJsonArray{u"lamb, grilled"_s, u"{cheese}"_s}},
    {u"servingInfo"_s, QJsonObject{{u"temperature"_s, u"16-18 °C"_s}}}};
} // namespace

class TestEnrichment : public QObject
{
    Q_OBJECT

    StoreFixture m_fixture;
    db::DatabaseUrl m_url;

    std::unique_ptr<store::JobStore> fresh(StoreKind kind, bool isEnriched = true)
    {
        m_url = m_fixture.freshDatabase(kind);
        db::DatabaseUrl direct = m_url;
        if (kind == StoreKind::Pooled) {
            // Through the pooler, one statement at a time.
            auto store = m_fixture.open(m_url);
            for (const QString& statement : tables(kind, isEnriched).split(u";\n"_s)) {
                if (!statement.trimmed().isEmpty())
                    StoreFixture::sql(*store, statement);
            }
            return store;
        }
        const QString problem = kind == StoreKind::Sqlite
                                    ? StoreFixture::sqlite(m_url, tables(kind, isEnriched))
                                    : StoreFixture::psql(m_url, tables(kind, isEnriched));
        if (!problem.isEmpty())
            qFatal("%s", qPrintable(problem));
        return m_fixture.open(m_url);
    }
    static EnrichmentSubject product(store::JobStore& store, const QString& id = kProduct)
    {
        return value(store.enrichments.subject({kCustomer, id}));
    }
    static domain::Effect effect(const EnrichmentSubject& subject, const QJsonObject& values)
    {
        return {domain::kEnrichmentEffect,
                subject.id,
                {{u"kind"_s, domain::enrichedKindText(subject.kind)},
                 {u"name"_s, subject.name},
                 {u"version"_s, subject.version},
                 {u"image"_s, subject.image},
                 {u"before"_s, subject.fields},
                 {u"values"_s, values},
                 {u"edited"_s, QJsonArray::fromStringList(subject.edited)},
                 {u"model"_s, u"claude-test"_s}}};
    }
    // Settles a job with this effect, as an engine does.
    static domain::JobId settle(store::JobStore& store, const domain::Effect& effect)
    {
        const domain::JobId id = StoreFixture::add(store, 1, domain::kEnrichmentType).first();
        const auto claim = value(
            store.leases.claim(u"e"_s, {domain::kEnrichmentType}, 1, std::chrono::seconds(30)));
        store::Settlement result;
        result.id = claim.jobs.front().id;
        result.version = claim.jobs.front().version;
        result.address = claim.jobs.front().address;
        result.type = claim.jobs.front().type;
        result.payload = claim.jobs.front().payload;
        result.outcome = u"completed"_s;
        result.effects = {effect};
        const auto settled = value(store.leases.settle({claim.token, {result}}));
        if (settled.accepted != domain::JobIds{id})
            qFatal("The job was not settled.");
        return id;
    }
    static domain::JobId enrich(store::JobStore& store, const QJsonObject& values)
    {
        return settle(store, effect(product(store), values));
    }
    static Enrichment found(store::JobStore& store, const domain::JobId& job)
    {
        const auto found = value(store.enrichments.ofJob(job));
        if (!found)
            qFatal("Nothing is recorded.");
        return *found;
    }
    static QString products(store::JobStore& store)
    {
        return StoreFixture::dump(store, {u"\"Product\""_s});
    }
    static void change(store::JobStore& store, const QString& assignments)
    {
        StoreFixture::sql(
            store, u"UPDATE \"Product\" SET %1 WHERE \"id\" = '%2'"_s.arg(assignments, kProduct));
    }

private Q_SLOTS:
    void initTestCase()
    {
        const QString problem = m_fixture.start();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
    }

    void kinds_data()
    {
        QTest::addColumn<StoreKind>("kind");
        QTest::newRow("SQLite") << StoreKind::Sqlite;
        QTest::newRow("own") << StoreKind::Postgres;
        QTest::newRow("pooled") << StoreKind::Pooled;
        QTest::newRow("deployed") << StoreKind::Deployed;
        QTest::newRow("text ids") << StoreKind::TextIds;
    }

    void theRowsAreRead_data() { kinds_data(); }
    void theRowsAreRead()
    {
        QFETCH(StoreKind, kind);
        const auto store = fresh(kind);
        const EnrichmentSubject subject = product(*store);
        QCOMPARE(subject.name, u"Château d'Ô"_s);
        QCOMPARE(subject.facts["brand"_L1].toString(), u"Ô"_s);
        QCOMPARE(subject.facts["skus"_L1][0]["code"_L1].toString(), u"CDO75"_s);
        QCOMPARE(subject.facts["skus"_L1][0]["abv"_L1].toVariant().toDouble(), 13.5);
        QVERIFY(subject.fields.isEmpty());
        const auto customer = value(store->enrichments.subject({kCustomer, {}}));
        QCOMPARE(customer.kind, domain::EnrichedKind::Customer);
        QCOMPARE(customer.facts, (QJsonObject{{u"name"_s, u"Blue Door"_s},
                                              {u"city"_s, u"Lyon"_s},
                                              {u"buysMost"_s, QJsonArray{u"Château d'Ô"_s}}}));
        const auto kindOf = [&](const QString& who, const QString& what) {
            const auto read = store->enrichments.subject({who, what});
            return read ? ErrorKind::Internal : read.error().kind;
        };
        QCOMPARE(kindOf(kTenant, kProduct), ErrorKind::NotFound);
        QCOMPARE(kindOf(kCustomer, kTenant), ErrorKind::NotFound);
        QCOMPARE(kindOf(u"x' OR 1=1 --"_s, {}), ErrorKind::NotFound);
        QCOMPARE(kindOf(kCustomer, u"bbbbbbbb-0000-4000-8000-000000000002"_s), ErrorKind::Invalid);
    }

    void itIsWrittenRecordedAndUndone_data() { kinds_data(); }
    void itIsWrittenRecordedAndUndone()
    {
        QFETCH(StoreKind, kind);
        const auto store = fresh(kind);
        change(*store, u"\"description\" = 'old'"_s);
        const EnrichmentSubject before = product(*store);
        QCOMPARE(before.fields, (QJsonObject{{u"description"_s, u"old"_s}}));
        const domain::JobId job = enrich(*store, kFound);
        const EnrichmentSubject after = product(*store);
        QCOMPARE(after.fields, kFound);
        QVERIFY(after.edited.isEmpty());
        const Enrichment recorded = found(*store, job);
        QCOMPARE(recorded.state, State::Written);
        QCOMPARE(recorded.before, before.fields);
        QCOMPARE(recorded.after, kFound);
        QCOMPARE(recorded.id, kProduct);
        QCOMPARE(recorded.model, u"claude-test"_s);
        const db::Rows rows = StoreFixture::sql(
            *store, u"SELECT \"enrichedBy\", \"enrichedAt\", \"updatedAt\" FROM \"Product\" WHERE "
                    "\"id\" = '%1'"_s.arg(kProduct));
        QCOMPARE(rows[0].text(0), u"Queuedeck, claude-test"_s);
        QVERIFY(qAbs(rows[0].time(1).secsTo(QDateTime::currentDateTimeUtc())) < 60);
        QVERIFY(qAbs(rows[0].time(2).secsTo(QDateTime::currentDateTimeUtc())) < 60);

        const auto journal = value(store->changes.journal(10));
        QCOMPARE(journal.front().id, recorded.journal);
        QCOMPARE(journal.front().action, u"enrich"_s);
        QCOMPARE(journal.front().scope, u"product Château d'Ô"_s);
        QVERIFY(journal.front().canUndo);
        const auto undone = value(store->changes.undo(recorded.journal));
        QCOMPARE(undone.changed, 1);
        QVERIFY(undone.skipped.isEmpty());
        QCOMPARE(product(*store).fields, before.fields);
        QCOMPARE(product(*store).version, before.version);
        QCOMPARE(found(*store, job).state, State::Undone);
        QVERIFY(!store->changes.undo(recorded.journal)); // once
    }

    // Every column that was read, by anyone, between reading and settling.
    void whatSomebodyChangedIsNotOverwritten_data()
    {
        QTest::addColumn<StoreKind>("kind");
        QTest::addColumn<QString>("edit");
        for (const auto& [name, kind] :
             {std::pair{"SQLite", StoreKind::Sqlite}, std::pair{"own", StoreKind::Postgres},
              std::pair{"deployed", StoreKind::Deployed}}) {
            for (const QString& edit :
                 {u"\"description\" = 'by hand'"_s, u"\"name\" = 'Other'"_s,
                  u"\"tastingNotes\" = '{\"aroma\":\"by hand\"}'"_s, u"\"brand\" = NULL"_s})
                QTest::addRow("%s %s", name, qPrintable(edit)) << kind << edit;
        }
    }
    void whatSomebodyChangedIsNotOverwritten()
    {
        QFETCH(StoreKind, kind);
        QFETCH(QString, edit);
        const auto store = fresh(kind);
        const domain::Effect planned = effect(product(*store), kFound);
        change(*store, edit);
        const QString edited = products(*store);
        const domain::JobId job = settle(*store, planned);
        QCOMPARE(products(*store), edited);
        QCOMPARE(StoreFixture::job(*store, job).status, domain::JobStatus::Completed);
        QCOMPARE(found(*store, job).state, State::Overtaken);
        QVERIFY(found(*store, job).journal.isEmpty());
    }

    void whatWasEditedAfterwardsStays_data() { kinds_data(); }
    void whatWasEditedAfterwardsStays()
    {
        QFETCH(StoreKind, kind);
        const auto store = fresh(kind);
        const domain::JobId job = enrich(*store, kFound);
        change(*store, u"\"description\" = 'by hand'"_s);
        // The next enrichment leaves that field alone …
        QCOMPARE(product(*store).edited, QStringList{u"description"_s});
        // … and so does Undo, with all of it.
        const QString edited = products(*store);
        const auto undone = value(store->changes.undo(found(*store, job).journal));
        QCOMPARE(undone.changed, 0);
        QCOMPARE(undone.skipped.size(), 1);
        QCOMPARE(products(*store), edited);
        QCOMPARE(found(*store, job).state, State::Written);
    }

    // Columns that enrichments do not write do not keep them from being undone.
    void otherEditsDoNotMatterToUndo()
    {
        const auto store = fresh(StoreKind::Deployed);
        const domain::JobId job = enrich(*store, kFound);
        change(*store, u"\"name\" = 'Renamed'"_s);
        QCOMPARE(value(store->changes.undo(found(*store, job).journal)).changed, 1);
        QVERIFY(product(*store).fields.isEmpty());
        QCOMPARE(product(*store).name, u"Renamed"_s);
    }

    void withoutColumnsItIsKeptInOurTable_data() { kinds_data(); }
    void withoutColumnsItIsKeptInOurTable()
    {
        QFETCH(StoreKind, kind);
        const auto store = fresh(kind, false);
        const QString untouched = products(*store);
        const domain::JobId job = enrich(*store, kFound);
        QCOMPARE(products(*store), untouched);
        QCOMPARE(found(*store, job).state, State::Kept);
        QCOMPARE(product(*store).fields, kFound);
        QCOMPARE(value(store->changes.undo(found(*store, job).journal)).changed, 1);
        QVERIFY(product(*store).fields.isEmpty());
    }

    void aCustomerIsKeptInOurTable()
    {
        const auto store = fresh(StoreKind::Deployed);
        const auto subject = value(store->enrichments.subject({kCustomer, {}}));
        const QJsonObject said{{u"description"_s, u"A bar."_s},
                               {u"interests"_s, QJsonArray{u"wine"_s}}};
        const domain::JobId job = settle(*store, effect(subject, said));
        QCOMPARE(found(*store, job).state, State::Kept);
        QCOMPARE(value(store->enrichments.subject({kCustomer, {}})).fields, said);
    }

    void nothingNewIsNoEntry()
    {
        const auto store = fresh(StoreKind::Sqlite);
        const domain::JobId job = enrich(*store, {});
        QCOMPARE(found(*store, job).state, State::Unchanged);
        QVERIFY(found(*store, job).journal.isEmpty());
    }

    // "Undo" without an entry means what a person did last.
    void undoWithoutAnEntryMeansPeople()
    {
        const auto store = fresh(StoreKind::Postgres);
        const auto ids = StoreFixture::add(*store, 1);
        StoreFixture::set(*store, ids.front(), u"\"status\" = 'failed'"_s);
        QCOMPARE(
            value(store->changes.change(domain::JobAction::Retry, ids, note(u"retry"_s))).changed,
            1);
        const domain::JobId job = enrich(*store, kFound);
        QCOMPARE(value(store->changes.undo({})).changed, 1);
        QCOMPARE(found(*store, job).state, State::Written);
        QCOMPARE(StoreFixture::job(*store, ids.front()).status, domain::JobStatus::Failed);
        QVERIFY(!store->changes.undo({}));
    }

    // A claim that was overtaken writes nothing.
    void anOvertakenRunWritesNothing()
    {
        const auto store = fresh(StoreKind::Postgres);
        const domain::Effect planned = effect(product(*store), kFound);
        const domain::JobId id = StoreFixture::add(*store, 1, domain::kEnrichmentType).first();
        const auto claim = value(
            store->leases.claim(u"e"_s, {domain::kEnrichmentType}, 1, std::chrono::seconds(30)));
        value(store->changes.change(domain::JobAction::Cancel, {id}, note(u"cancel"_s)));
        store::Settlement result;
        result.id = id;
        result.version = claim.jobs.front().version;
        result.address = claim.jobs.front().address;
        result.type = domain::kEnrichmentType;
        result.outcome = u"completed"_s;
        result.effects = {planned};
        QVERIFY(value(store->leases.settle({claim.token, {result}})).accepted.isEmpty());
        QVERIFY(product(*store).fields.isEmpty());
        QVERIFY(!value(store->enrichments.ofJob(id)));
    }

    // The days of the report, and no others.
    void reportsReadThem_data() { kinds_data(); }
    void reportsReadThem()
    {
        QFETCH(StoreKind, kind);
        const auto store = fresh(kind);
        const QDate today = QDateTime::currentDateTimeUtc().date();
        const QDateTime start(today, QTime(0, 0), Qt::UTC);
        enrich(*store, kFound);
        enrich(*store, {});
        QVERIFY(store->spend.add({today, u"a"_s, u"m"_s, 100, 20}));
        QVERIFY(store->spend.add({today.addDays(-1), u"a"_s, u"m"_s, 7, 3}));
        QVERIFY(store->spend.add({today.addDays(-2), u"a"_s, u"m"_s, 1, 1}));
        QVERIFY(store->spend.add({today.addDays(1), u"a"_s, u"m"_s, 1, 1}));
        const domain::ReportSpan span{start, start.addDays(1), {}};
        const auto ended = value(store->reports.enrichments(span)).ended;
        QCOMPARE(ended.size(), size_t(2));
        QCOMPARE(ended[0].day, start.toSecsSinceEpoch() / 86'400);
        QCOMPARE(ended[0].jobs, 1);
        auto spent = value(store->reports.spend(span)).spent;
        std::sort(spent.begin(), spent.end(),
                  [](const auto& a, const auto& b) { return a.day > b.day; });
        QCOMPARE(spent.size(), size_t(2)); // and the span before
        QCOMPARE(spent[0].day, start.toSecsSinceEpoch() / 86'400);
        QCOMPARE(spent[0].tokensIn, 100);
        QCOMPARE(spent[1].tokensOut, 3);
        QVERIFY(value(store->reports.enrichments(span.before())).ended.empty());
    }

    void spendAddsUp_data() { kinds_data(); }
    void spendAddsUp()
    {
        QFETCH(StoreKind, kind);
        const auto store = m_fixture.fresh(kind);
        const QDate day(2026, 11, 29);
        QVERIFY(store->spend.add({day, u"a"_s, u"m"_s, 100, 20}));
        QVERIFY(store->spend.add({day, u"a"_s, u"m"_s, 1, 2}));
        QVERIFY(store->spend.add({day.addDays(1), u"a"_s, u"m"_s, 5, 5}));
        const bool isSqlite = kind == StoreKind::Sqlite;
        const db::Rows rows = StoreFixture::sql(
            *store, u"SELECT requests, tokens_in, tokens_out FROM %1spend ORDER BY day"_s.arg(
                        isSqlite ? u"queuedeck_"_s : u"queuedeck."_s));
        QCOMPARE(rows.size(), size_t(2));
        QCOMPARE(rows[0].integer(0), 2);
        QCOMPARE(rows[0].integer(1), 101);
        QCOMPARE(rows[0].integer(2), 22);
    }
};

QTEST_GUILESS_MAIN(TestEnrichment)
#include "tst_enrichment.moc"
