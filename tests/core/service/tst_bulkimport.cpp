// SPDX-License-Identifier: GPL-3.0-or-later
// The handler of bulk_import on a real PostgreSQL with the application's tables. What rows must
// result is computed from what the files were generated from, not from the files.
#include "core/handlers/bulk_import/bulkimporthandler.h"
#include "core/handlers/bulk_import/importfile.h"
#include "core/store/imports/importwriter.h"
#include "tests/core/store/storefixture.h"
#include "tests/support/apptables.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <map>
#include <thread>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using engine::TaskResult;
using test::kTenant;
using test::StoreFixture;
using test::value;

namespace {
QString csvCell(QString text)
{
    return u'"' + text.replace(u"\""_s, u"\"\""_s) + u'"';
}

QString pick(QRandomGenerator& random, const QStringList& words)
{
    return words[random.bounded(words.size())];
}

/// An amount in cents, as a file and as a table has it.
QString centsText(qint64 cents)
{
    return u"%1.%2"_s.arg(cents / 100).arg(cents % 100, 2, 10, QChar(u'0'));
}

struct SaleLine
{
    QString sku;
    int quantity = 1;
    qint64 price = 0; // cents
    qint64 net = 0;
    int cases = 0;
    int liters = 0;
};

struct Sale
{
    QString number;
    QString customer;
    QDate invoiced;
    QDate posted;
    int terms = 30;
    QString status;
    QString po;
    QVector<SaleLine> lines;
};

/// The application's file: with a title, american dates, dollars, the misspelt column.
QByteArray salesFile(const QVector<Sale>& sales, QRandomGenerator& random)
{
    QStringList lines;
    const auto day = [](const QDate& date) { return date.toString(u"M/d/yyyy"_s); };
    for (const Sale& sale : sales) {
        for (const SaleLine& line : sale.lines) {
            const QString price =
                line.price > 100'000
                    ? u"\"$%1,%2\""_s.arg(line.price / 100'000)
                          .arg(centsText(line.price % 100'000).rightJustified(6, u'0'))
                    : u'$' + centsText(line.price);
            lines += QStringList{sale.number,
                                 line.sku,
                                 day(sale.invoiced),
                                 day(sale.posted),
                                 day(sale.invoiced.addDays(sale.terms)),
                                 sale.status,
                                 sale.po,
                                 u"8:00 AM"_s,
                                 u"5:00 PM"_s,
                                 u"\"Ring, then \"\"wait\"\"\""_s,
                                 csvCell(sale.customer),
                                 u"Ann"_s,
                                 u"\"1 Main St, Door 2\""_s,
                                 QString(),
                                 u"Austin"_s,
                                 u"TX"_s,
                                 u"07301"_s,
                                 u"US"_s,
                                 u"\"Red\nwine\""_s,
                                 u"Bodega"_s,
                                 QString::number(line.quantity),
                                 QString::number(line.cases),
                                 QString::number(line.liters),
                                 price,
                                 centsText(line.net)}
                         .join(u',');
        }
    }
    for (qsizetype i = lines.size() - 1; i > 0; --i) // an order's lines may stand anywhere
        lines.swapItemsAt(i, random.bounded(i + 1));
    const QString head = u"Invoice number,SKU,Invoice date,Posted date,Due date,Status,Purchase "
                         "order number,Delivery start time,Delivery end time,Special instrcutions,"
                         "Customer,Salesperson,Shipping address line 1,Shipping address line 2,"
                         "Shipping address city,Shipping address province,Shipping address postal "
                         "code,Shipping address country,Item,Supplier,Qty.,Cases,Liters,Unit price,"
                         "Net price"_s;
    return (u"sep=,\r\nSales report\r\nExport\r\n"_s + head + u"\r\n"_s + lines.join(u"\r\n"_s) +
            u"\r\n"_s)
        .toUtf8();
}

QVector<Sale> someSales(QRandomGenerator& random, int count, int from)
{
    QVector<Sale> sales;
    for (int i = 0; i < count; ++i) {
        Sale sale;
        sale.number = u"INV-%1"_s.arg(from + i);
        sale.customer = pick(random, {u"Café Süß"_s, u"Odell & Sons, \"Liquors\""_s,
                                      u"Blue Heron"_s, u"Known by hand"_s, u"中 House"_s});
        sale.invoiced = QDate(2026, 1, 1).addDays(random.bounded(330));
        sale.posted = sale.invoiced.addDays(random.bounded(5));
        sale.terms = 10 * random.bounded(7);
        sale.status = pick(random, {u"Paid"_s, u"Void"_s, u"Open"_s, u"Partially fulfilled"_s,
                                    u"Delivered"_s, u"cancelled"_s, u"Unpaid"_s});
        sale.po = u"PO%1"_s.arg(random.bounded(1000));
        for (int line = 0; line <= random.bounded(4); ++line) {
            SaleLine one;
            one.sku = u"SKU%1"_s.arg(random.bounded(20));
            one.quantity = 1 + random.bounded(40);
            one.price = random.bounded(300'000);
            one.net = one.price * one.quantity - random.bounded(100);
            one.net = std::max<qint64>(0, one.net);
            one.cases = random.bounded(9);
            one.liters = random.bounded(90);
            sale.lines += one;
        }
        sales += sale;
    }
    return sales;
}

/// The status words of the facts, by the status in the file.
std::pair<QString, QString> statuses(const QString& inFile)
{
    static const std::map<QString, std::pair<QString, QString>> kKnown{
        {u"Paid"_s, {u"FULFILLED"_s, u"PAID"_s}},
        {u"Void"_s, {u"CANCELLED"_s, u"VOID"_s}},
        {u"cancelled"_s, {u"CANCELLED"_s, u"VOID"_s}},
        {u"Open"_s, {u"SUBMITTED"_s, u"SENT"_s}},
        {u"Unpaid"_s, {u"SUBMITTED"_s, u"SENT"_s}},
        {u"Partially fulfilled"_s, {u"PARTIALLY_FULFILLED"_s, u"SENT"_s}},
        {u"Delivered"_s, {u"FULFILLED"_s, u"SENT"_s}}};
    return kKnown.at(inFile);
}
} // namespace

class TestBulkImport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const QString error = m_fixture.start();
        QVERIFY2(error.isEmpty(), qPrintable(error));
    }

    void init()
    {
        m_url = m_fixture.freshDatabase(test::StoreKind::Postgres);
        QCOMPARE(StoreFixture::psql(m_url, test::appTables()), QString());
        m_store = m_fixture.open(m_url);
        m_folder = std::make_unique<QTemporaryDir>();
        m_jobs = 0;
    }

    // Forty files, each run twice, the second time by another job with other amounts.
    void importsSalesReportsAsTheApplicationDoes()
    {
        addSkus();
        sql(u"INSERT INTO \"Customer\" (\"id\", \"tenantId\", \"name\", \"updatedAt\") VALUES "
            "(gen_random_uuid(), '%1', 'Known by hand', now())"_s.arg(kTenant));
        QRandomGenerator random(16);
        std::map<QString, Sale> expected;
        for (int round = 0; round < 40; ++round) {
            // Numbers overlap with the last file's, so that orders are updated too.
            const QVector<Sale> sales = someSales(random, 1 + random.bounded(40), round * 20);
            write(u"sales.csv"_s, salesFile(sales, random));
            for (const Sale& sale : sales)
                expected[sale.number] = sale;
            QCOMPARE(run({{u"file"_s, u"sales.csv"_s}, {u"dataType"_s, u"sales_report"_s}}),
                     u"completed"_s);
        }
        QStringList orders, lines, invoices;
        for (const auto& [number, sale] : expected) {
            const auto [order, invoice] = statuses(sale.status);
            qint64 total = 0;
            qint64 liters = 0;
            QStringList ordered;
            for (const SaleLine& line : sale.lines) {
                total += line.net;
                liters += line.liters;
                ordered += QStringList{number,
                                       line.sku,
                                       QString::number(line.quantity),
                                       centsText(line.price),
                                       QString::number(line.cases),
                                       QString::number(line.liters)}
                               .join(u'|');
            }
            lines += ordered;
            const bool isDone = order.contains(u"FULFILLED"_s);
            const QString posted = sale.posted.toString(Qt::ISODate);
            const QString due = sale.invoiced.addDays(sale.terms).toString(Qt::ISODate);
            orders += QStringList{number,
                                  sale.customer,
                                  sale.invoiced.toString(Qt::ISODate),
                                  isDone ? posted : u"-"_s,
                                  isDone ? posted : u"-"_s,
                                  order,
                                  QString::number(sale.posted.weekNumber()),
                                  u"8:00 AM - 5:00 PM"_s,
                                  centsText(total),
                                  u"USD"_s,
                                  posted,
                                  posted,
                                  u"Ring, then \"wait\""_s}
                          .join(u'|');
            invoices += QStringList{number,
                                    sale.customer,
                                    number,
                                    invoice,
                                    centsText(total),
                                    centsText(total),
                                    due,
                                    sale.invoiced.toString(Qt::ISODate),
                                    posted,
                                    u"Ann"_s,
                                    QString::number(liters),
                                    sale.po,
                                    u"Net %1"_s.arg(sale.terms)}
                            .join(u'|');
        }
        const auto compare = [this](QStringList wanted, const QString& query) {
            QStringList found = texts(query);
            wanted.sort();
            found.sort();
            QCOMPARE(found.size(), wanted.size());
            for (qsizetype i = 0; i < wanted.size(); ++i)
                QCOMPARE(found[i], wanted[i]);
        };
        compare(orders, u"SELECT concat_ws('|', o.\"orderNumber\", c.name, o.\"orderedAt\"::date, "
                        "COALESCE(o.\"fulfilledAt\"::date::text, '-'), "
                        "COALESCE(o.\"deliveredAt\"::date::text, '-'), o.status, "
                        "o.\"deliveryWeek\", o.\"deliveryTimeWindow\", o.total, o.currency, "
                        "o.\"deliveryDate\"::date, o.\"requestedDeliveryDate\"::date, "
                        "o.\"specialInstructions\") FROM \"Order\" o JOIN \"Customer\" c ON c.id = "
                        "o.\"customerId\""_s);
        compare(lines,
                u"SELECT concat_ws('|', o.\"orderNumber\", s.code, l.quantity, "
                "l.\"unitPrice\", l.\"casesQuantity\"::int, l.\"totalLiters\"::int) "
                "FROM \"OrderLine\" l JOIN \"Order\" o ON o.id = l.\"orderId\" JOIN \"Sku\" s "
                "ON s.id = l.\"skuId\""_s);
        compare(invoices, u"SELECT concat_ws('|', o.\"orderNumber\", c.name, i.\"invoiceNumber\", "
                          "i.status, i.subtotal, i.total, i.\"dueDate\"::date, "
                          "i.\"issuedAt\"::date, i.\"shipDate\"::date, i.salesperson, "
                          "i.\"totalLiters\"::int, i.\"poNumber\", i.\"paymentTermsText\") "
                          "FROM \"Invoice\" i JOIN \"Order\" o ON o.id = i.\"orderId\" JOIN "
                          "\"Customer\" c ON c.id = i.\"customerId\""_s);
        compare({u"Blue Heron|Blue Heron|Net 30|1 Main St, Door 2|Austin|TX|07301|US"_s,
                 u"Café Süß|Café Süß|Net 30|1 Main St, Door 2|Austin|TX|07301|US"_s,
                 u"Known by hand"_s,
                 u"Odell & Sons, \"Liquors\"|Odell & Sons, \"Liquors\"|Net 30|1 Main St, Door "
                 "2|Austin|TX|07301|US"_s,
                 u"中 House|中 House|Net 30|1 Main St, Door 2|Austin|TX|07301|US"_s},
                u"SELECT concat_ws('|', name, \"externalId\", \"paymentTerms\", street1, street2, "
                "city, state, \"postalCode\", country) FROM \"Customer\""_s);
        compare({u"Blue Heron|primary|t|Austin"_s, u"Café Süß|primary|t|Austin"_s,
                 u"Odell & Sons, \"Liquors\"|primary|t|Austin"_s, u"中 House|primary|t|Austin"_s},
                u"SELECT concat_ws('|', c.name, a.label, a.\"isDefault\", a.city) FROM "
                "\"CustomerAddress\" a JOIN \"Customer\" c ON c.id = a.\"customerId\""_s);
    }

    void rejectsOrdersAsAWhole()
    {
        addSkus();
        QRandomGenerator random(1);
        QVector<Sale> sales = someSales(random, 3, 0);
        sales[1].lines = {{u"SKU1"_s, 1, 100, 100, 0, 0}, {u"NOPE"_s, 1, 100, 100, 0, 0}};
        write(u"sales.csv"_s, salesFile(sales, random));
        QCOMPARE(run({{u"file"_s, u"sales.csv"_s}, {u"dataType"_s, u"orders"_s}}), u"completed"_s);
        QCOMPARE(texts(u"SELECT \"orderNumber\" FROM \"Order\" ORDER BY 1"_s),
                 QStringList({u"INV-0"_s, u"INV-2"_s}));
        const QJsonObject result = lastResult(u"sales.csv"_s);
        QCOMPARE(result[u"rejected"_s].toInt(), 2);
        QCOMPARE(result[u"reasons"_s].toObject(),
                 (QJsonObject{{u"there is no Sku with the code NOPE"_s, 2}}));
        const QByteArray rejected = read(result[u"rejectedFile"_s].toString());
        QCOMPARE(rejected.count("INV-1"), 2);
        QVERIFY(rejected.contains("Line,Reason,Invoice number,"));
    }

    // Any customer may be there already, by number or by name; the file is German.
    void importsCustomersByAMapping()
    {
        QRandomGenerator random(7);
        struct Customer
        {
            QString number, name, email, plz;
        };
        QVector<Customer> customers;
        std::map<QString, QString> expected; // by name: all columns
        QString existing;
        QByteArray file = "Kundennr;Firma;E-Mail;PLZ;Umsatz 2025\r\n";
        int made = 0, updated = 0;
        for (int i = 0; i < 1'700; ++i) {
            const Customer one{u"K%1"_s.arg(i), u"Müller \"%1\"; Söhne"_s.arg(i),
                               u"info@firma%1.example"_s.arg(i),
                               u"%1"_s.arg(random.bounded(100'000), 5, 10, QChar(u'0'))};
            file += u"%1;%2;%3;%4;1.204.300,50\r\n"_s
                        .arg(one.number, csvCell(one.name), one.email, one.plz)
                        .toUtf8();
            QString phone = u"-"_s;
            const int before = random.bounded(4);
            if (before < 2) {
                phone = u"+49 %1"_s.arg(i);
                existing += u"(gen_random_uuid(), '%1', '%2', %3, '%4', now()),"_s.arg(
                    kTenant, before == 0 ? u"Old name %1"_s.arg(i) : one.name,
                    before == 0 ? u'\'' + one.number + u'\'' : u"NULL"_s, phone);
            }
            (before < 2 ? updated : made) += 1;
            expected[one.name] =
                QStringList{one.number, one.name, one.email, one.plz, phone}.join(u'|');
        }
        existing.chop(1);
        sql(u"INSERT INTO \"Customer\" (\"id\", \"tenantId\", \"name\", \"externalId\", \"phone\", "
            "\"updatedAt\") VALUES "_s +
            existing);
        write(u"kunden.csv"_s, file);
        const QJsonObject payload{{u"file"_s, u"kunden.csv"_s}, {u"dataType"_s, u"customers"_s}};
        QCOMPARE(run(payload), u"completed"_s);
        QStringList wanted;
        for (const auto& [name, row] : expected)
            wanted += row;
        wanted.sort();
        const QString all = u"SELECT concat_ws('|', \"externalId\", name, email, \"postalCode\", "
                            "COALESCE(phone, '-')) FROM \"Customer\""_s;
        QStringList found = texts(all);
        found.sort();
        QCOMPARE(found, wanted);
        QJsonObject result = lastResult(u"kunden.csv"_s);
        QCOMPARE(result[u"created"_s].toInt(), made);
        QCOMPARE(result[u"updated"_s].toInt(), updated);
        QCOMPARE(result[u"rejected"_s].toInt(), 0);
        const QStringList before =
            texts(u"SELECT \"updatedAt\"::text || id FROM \"Customer\" ORDER BY 1"_s);
        QCOMPARE(run(payload), u"completed"_s);
        result = lastResult(u"kunden.csv"_s);
        QCOMPARE(result[u"unchanged"_s].toInt(), 1'700);
        QCOMPARE(texts(u"SELECT \"updatedAt\"::text || id FROM \"Customer\" ORDER BY 1"_s), before);
    }

    void rejectsLinesWithReasons()
    {
        sql(u"INSERT INTO \"Customer\" (\"id\", \"tenantId\", \"name\", \"updatedAt\") SELECT "
            "gen_random_uuid(), '%1', 'Twin', now() FROM generate_series(1, 2);"_s.arg(kTenant));
        sql(u"ALTER TABLE \"Customer\" ADD CHECK (\"city\" <> 'Nowhere')"_s);
        const QByteArray longId(50, 'x');
        write(u"c.csv"_s, "externalId,name,email,city\n"
                          "1,Good,a@b.example,Here\n"
                          "2,Bad mail,almendra(at)cafe.example,Here\n"
                          "1,Again,,\n"
                          "3,,,\n"
                          "4,Nowhere Inc,,Nowhere\n" +
                              longId +
                              ",Long,,\n"
                              ",Twin,,\n"
                              "5,Fine,,There\n");
        const QJsonObject payload{{u"file"_s, u"c.csv"_s}, {u"dataType"_s, u"customers"_s}};
        QCOMPARE(run(payload), u"completed"_s);
        const QJsonObject result = lastResult(u"c.csv"_s);
        QCOMPARE(result[u"rows"_s].toInt(), 8);
        QCOMPARE(result[u"created"_s].toInt(), 2);
        QCOMPARE(result[u"rejected"_s].toInt(), 6);
        QMap<int, QString> reasons;
        for (const QJsonValue& one : result[u"first"_s].toArray())
            reasons[one[u"line"_s].toInt()] = one[u"reason"_s].toString();
        QCOMPARE(reasons.keys(), QList<int>({3, 4, 5, 6, 7, 8}));
        QCOMPARE(reasons[3], u"email: not an email address"_s);
        QCOMPARE(reasons[4], u"twice in the file, see line 2"_s);
        QCOMPARE(reasons[5], u"name is empty"_s);
        QVERIFY2(reasons[6].contains(u"check constraint"_s), qPrintable(reasons[6]));
        QCOMPARE(reasons[7], u"externalId is longer than 40 characters"_s);
        QVERIFY(reasons[8].startsWith(u"several customers are called so"_s));
        QCOMPARE(texts(u"SELECT name FROM \"Customer\" ORDER BY 1"_s),
                 QStringList({u"Fine"_s, u"Good"_s, u"Twin"_s, u"Twin"_s}));
        QCOMPARE(read(result[u"rejectedFile"_s].toString()).count("\r\n"), 7);
    }

    void importsProductsWithTheirSkus()
    {
        QRandomGenerator random(3);
        QByteArray file = "Item code\tBezeichnung\tMarke\tGröße\tVol %\n";
        std::map<QString, QString> expected;
        for (int i = 0; i < 1'200; ++i) {
            const int product = i / 3; // three sizes of each
            const QString code = u"C-%1"_s.arg(i);
            const QString size = u"%1 ml"_s.arg(250 * (1 + i % 3));
            const int abv = random.bounded(1, 200);
            const QString strength = u"%1,%2 %"_s.arg(abv / 10).arg(abv % 10);
            file += u"%1\tWein %2\tHaus %3\t%4\t%5\n"_s.arg(code)
                        .arg(product)
                        .arg(product % 7)
                        .arg(size, strength)
                        .toUtf8();
            expected[code] = u"%1|Wein %2|Haus %3|%4|%5.%6"_s.arg(code)
                                 .arg(product)
                                 .arg(product % 7)
                                 .arg(size)
                                 .arg(abv / 10)
                                 .arg(abv % 10);
        }
        write(u"p.tsv"_s, file);
        const QJsonObject payload{{u"file"_s, u"p.tsv"_s}, {u"dataType"_s, u"products"_s}};
        QCOMPARE(run(payload), u"completed"_s);
        const QString all =
            u"SELECT concat_ws('|', s.code, p.name, p.brand, s.size, s.abv::numeric(5, 1)) FROM "
            "\"Sku\" s JOIN \"Product\" p ON p.id = s.\"productId\""_s;
        QStringList wanted;
        for (const auto& [code, row] : expected)
            wanted += row;
        QStringList found = texts(all);
        found.sort();
        wanted.sort();
        QCOMPARE(found, wanted);
        QCOMPARE(texts(u"SELECT count(*) FROM \"Product\""_s), QStringList(u"400"_s));
        write(u"p.tsv"_s, "code\tname\tsize\nC-5\tRenamed\t\nC-9999\tWein 7\t1 l\n");
        QCOMPARE(run(payload), u"completed"_s);
        QCOMPARE(texts(all + u" WHERE s.code IN ('C-5', 'C-9999') ORDER BY s.code"_s)[0].section(
                     u'|', 0, 3),
                 u"C-5|Renamed|Haus 1|750 ml"_s);
        QCOMPARE(texts(u"SELECT count(*) FROM \"Product\""_s), QStringList(u"400"_s));
    }

    void enqueuesScans()
    {
        write(u"s.csv"_s, "url,type\nhttps://cdn.example/1.jpg,Business card\n"
                          "https://cdn.example/2.jpg,liquor licence\nfile:///etc/passwd,\n"
                          "https://u:p@cdn.example/3.jpg,\nhttps://cdn.example/4.jpg,menu\n");
        const QJsonObject payload{{u"file"_s, u"s.csv"_s}, {u"dataType"_s, u"scansToEnqueue"_s}};
        const int job = m_jobs;
        QCOMPARE(run(payload), u"completed"_s);
        m_jobs = job; // the same job once more, as after a crash
        QCOMPARE(run(payload), u"completed"_s);
        QCOMPARE(
            texts(u"SELECT concat_ws('|', s.\"imageUrl\", s.\"scanType\", s.status, j.status, "
                  "j.payload->>'imageUrl') FROM \"ImageScan\" s JOIN \"Job\" j ON "
                  "j.payload->>'scanId' = s.id::text ORDER BY 1"_s),
            QStringList(
                {u"https://cdn.example/1.jpg|business_card|processing|pending|https://cdn.example/1.jpg"_s,
                 u"https://cdn.example/2.jpg|liquor_license|processing|pending|https://cdn.example/2.jpg"_s}));
        QCOMPARE(texts(u"SELECT count(*) FROM \"Job\""_s), QStringList(u"2"_s));
        const QJsonObject reasons = lastResult(u"s.csv"_s)[u"reasons"_s].toObject();
        QCOMPARE(reasons[u"imageUrl: not a web address"_s].toInt(), 2);
        QCOMPARE(reasons[u"scanType: neither business_card nor liquor_license"_s].toInt(), 1);
    }

    void keepsTheBatchAsTheApplicationDoes()
    {
        addSkus();
        QRandomGenerator random(5);
        sql(u"INSERT INTO \"ImportBatch\" (\"id\", \"tenantId\", \"dataType\", \"fileKey\", "
            "\"summary\") VALUES ('%1', '%2', 'sales_report', 'one/report.csv', "
            "'{\"rows\": 3}')"_s.arg(kBatch, kTenant));
        const QJsonObject payload{{u"batchId"_s, kBatch}};
        // Its bucket is not here: it waits, and the batch is as it was.
        QCOMPARE(run(payload), u"postponed"_s);
        QVERIFY2(m_error.contains(u"one/report.csv is not on this computer"_s),
                 qPrintable(m_error));
        QCOMPARE(texts(u"SELECT status FROM \"ImportBatch\""_s), QStringList(u"queued"_s));
        write(u"one/report.csv"_s, "Invoice number,SKU\n\"open"_ba);
        QCOMPARE(run(payload), u"unrecoverable"_s);
        QCOMPARE(texts(u"SELECT concat_ws('|', status, summary->>'rows', summary->>'lastError' IS "
                       "NOT NULL, summary->>'lastErrorAt' IS NOT NULL, summary->>'lastResult' IS "
                       "NULL, \"startedAt\" IS NOT NULL) FROM \"ImportBatch\""_s),
                 QStringList(u"failed|3|t|t|t|t"_s));
        write(u"one/report.csv"_s, salesFile(someSales(random, 5, 0), random));
        QCOMPARE(run(payload), u"completed"_s);
        QCOMPARE(texts(u"SELECT concat_ws('|', status, summary->>'rows', "
                       "summary->'lastResult'->>'created', summary->>'lastRunAt' IS NOT NULL, "
                       "\"completedAt\" >= \"startedAt\") FROM \"ImportBatch\""_s),
                 QStringList(u"completed|3|5|t|t"_s));
        QCOMPARE(run({{u"batchId"_s, u"77777777-0000-4000-8000-000000000000"_s}}),
                 u"unrecoverable"_s);
        QVERIFY(m_error.contains(u"There is no ImportBatch"_s));
        sql(u"UPDATE \"ImportBatch\" SET \"dataType\" = 'elephants'"_s);
        QCOMPARE(run(payload), u"unrecoverable"_s);
        QVERIFY(m_error.contains(u"elephants"_s));
    }

    void saysWhatIsMissing_data()
    {
        QTest::addColumn<QString>("change");
        QTest::addColumn<QString>("dataType");
        QTest::addColumn<QString>("error");
        const QString noTable = u"This database has no table %1, which the import needs."_s;
        QTest::newRow("Customer") << u"ALTER TABLE \"Customer\" RENAME TO \"C\""_s << u"customers"_s
                                  << noTable.arg(u"Customer"_s);
        QTest::newRow("Sku") << u"ALTER TABLE \"Sku\" RENAME TO \"S\""_s << u"products"_s
                             << noTable.arg(u"Sku"_s);
        QTest::newRow("Invoice") << u"ALTER TABLE \"Invoice\" RENAME TO \"I\""_s
                                 << u"sales_report"_s << noTable.arg(u"Invoice"_s);
        QTest::newRow("column") << u"ALTER TABLE \"Customer\" DROP COLUMN \"externalId\""_s
                                << u"customers"_s
                                << u"The table Customer has no column externalId."_s;
        QTest::newRow("must be filled")
            << u"ALTER TABLE \"Customer\" ADD \"rank\" INT NOT NULL"_s << u"customers"_s
            << u"The column rank of Customer must be filled"_s;
        QTest::newRow("tenants") << u"INSERT INTO \"Tenant\" VALUES (gen_random_uuid(), 'Two')"_s
                                 << u"customers"_s << u"The application has several tenants."_s;
        QTest::newRow("numbered")
            << u"ALTER TABLE \"CustomerAddress\" DROP CONSTRAINT "
               "\"CustomerAddress_customerId_fkey\"; ALTER TABLE \"Order\" DROP "
               "CONSTRAINT \"Order_customerId_fkey\"; ALTER TABLE \"Invoice\" "
               "DROP CONSTRAINT \"Invoice_customerId_fkey\"; ALTER TABLE "
               "\"Customer\" DROP COLUMN \"id\"; ALTER TABLE \"Customer\" ADD "
               "\"id\" INT"_s
            << u"customers"_s << u"The ids of Customer are of the type integer"_s;
    }
    void saysWhatIsMissing()
    {
        QFETCH(QString, change);
        QFETCH(QString, dataType);
        QFETCH(QString, error);
        QRandomGenerator random(1);
        QCOMPARE(StoreFixture::psql(m_url, change), QString());
        write(u"f.csv"_s, dataType == "sales_report"_L1 ? salesFile(someSales(random, 1, 0), random)
                                                        : "externalId,name,code\n1,One,1\n"_ba);
        QCOMPARE(run({{u"file"_s, u"f.csv"_s}, {u"dataType"_s, dataType}}), u"unrecoverable"_s);
        QVERIFY2(m_error.startsWith(error), qPrintable(m_error));
    }

    // A job may have been written by anyone.
    void readsNoOtherFile()
    {
        QTemporaryDir elsewhere;
        QFile secret(elsewhere.filePath(u"secret.csv"_s));
        QVERIFY(secret.open(QIODevice::WriteOnly) &&
                secret.write("externalId,name\n1,Stolen\n") > 0);
        secret.close();
        QVERIFY(QFile::link(secret.fileName(), m_folder->filePath(u"link.csv"_s)));
        QVERIFY(QDir(m_folder->path()).mkdir(u"folder"_s));
        for (const QString& name : {secret.fileName(), u"../"_s + secret.fileName(), u"link.csv"_s,
                                    u"a/../../x.csv"_s, u"folder"_s, u"."_s, u"x\0y.csv"_s}) {
            QCOMPARE(run({{u"file"_s, name}, {u"dataType"_s, u"customers"_s}}), u"unrecoverable"_s);
        }
        QCOMPARE(texts(u"SELECT count(*) FROM \"Customer\""_s), QStringList(u"0"_s));
        QCOMPARE(run({{u"file"_s, u"later.csv"_s}, {u"dataType"_s, u"customers"_s}}),
                 u"postponed"_s);
    }

    // What is not a table changes nothing, even where the fault is at the very end.
    void writesNothingOfADamagedFile()
    {
        QByteArray file = "externalId,name\n";
        for (int i = 0; i < 3'000; ++i)
            file += QByteArray::number(i) + ",Customer " + QByteArray::number(i) + '\n';
        for (const QByteArray& end : {"x,\"open\n"_ba, QByteArray("x,\0\n", 4), "x,\x01\n"_ba}) {
            write(u"c.csv"_s, file + end);
            QCOMPARE(run({{u"file"_s, u"c.csv"_s}, {u"dataType"_s, u"customers"_s}}),
                     u"unrecoverable"_s);
            QCOMPARE(texts(u"SELECT count(*) FROM \"Customer\""_s), QStringList(u"0"_s));
        }
        QVERIFY2(m_error.contains(u"byte 0x01 in line 3002"_s), qPrintable(m_error));
        write(u"c.csv"_s, "externalId,name\n1,\n2,\n");
        QCOMPARE(run({{u"file"_s, u"c.csv"_s}, {u"dataType"_s, u"customers"_s}}),
                 u"unrecoverable"_s);
        QVERIFY2(m_error.startsWith(u"No line can be imported."_s), qPrintable(m_error));
    }

    // Stopped anywhere, the next run completes it and doubles nothing.
    void continuesAfterAStop()
    {
        QByteArray file = "externalId,name\n";
        for (int i = 0; i < 4'000; ++i)
            file += QByteArray::number(i) + ",Customer " + QByteArray::number(i) + '\n';
        write(u"c.csv"_s, file);
        const QJsonObject payload{{u"file"_s, u"c.csv"_s}, {u"dataType"_s, u"customers"_s}};
        const int job = m_jobs;
        for (int wanted = 500; wanted < 4'000; wanted += 1'000) {
            m_jobs = job;
            std::stop_source stop;
            std::jthread watcher([&, url = m_url](const std::stop_token& over) {
                auto store = m_fixture.open(url);
                while (!over.stop_requested() &&
                       StoreFixture::sql(*store, u"SELECT count(*) FROM \"Customer\""_s)[0].integer(
                           0) < wanted)
                    std::this_thread::yield();
                stop.request_stop();
            });
            const QString ended = run(payload, stop.get_token());
            QVERIFY2(ended == "postponed"_L1 || ended == "completed"_L1, qPrintable(m_error));
        }
        m_jobs = job;
        QCOMPARE(run(payload), u"completed"_s);
        QCOMPARE(
            texts(u"SELECT count(*) || '/' || count(DISTINCT \"externalId\") FROM \"Customer\""_s),
            QStringList(u"4000/4000"_s));
    }

    // Two runs of one job at once, as when a lease was lost and the first run does not know yet.
    void doublesNothingWhereTwoRunAtOnce()
    {
        addSkus();
        QRandomGenerator random(9);
        const QVector<Sale> sales = someSales(random, 1'500, 0);
        write(u"sales.csv"_s, salesFile(sales, random));
        const QJsonObject payload{{u"file"_s, u"sales.csv"_s}, {u"dataType"_s, u"sales_report"_s}};
        std::vector<std::thread> threads;
        for (int i = 0; i < 2; ++i)
            threads.emplace_back([&] { runAs(payload, u"the-same-job"_s, {}); });
        for (std::thread& thread : threads)
            thread.join();
        qsizetype lines = 0;
        for (const Sale& sale : sales)
            lines += sale.lines.size();
        QCOMPARE(texts(u"SELECT (SELECT count(*) FROM \"Order\") || '|' || (SELECT count(*) FROM "
                       "\"OrderLine\") || '|' || (SELECT count(*) FROM \"Invoice\") || '|' || "
                       "(SELECT count(*) FROM \"Customer\")"_s),
                 QStringList(u"1500|%1|1500|5"_s.arg(lines)));
    }

    void triesOutWithoutATrace()
    {
        addSkus();
        QRandomGenerator random(11);
        write(u"sales.csv"_s, salesFile(someSales(random, 1'200, 0), random));
        handlers::ImportRequest request;
        request.file = u"sales.csv"_s;
        handlers::ImportWay way;
        way.path = m_folder->filePath(u"sales.csv"_s);
        way.scope.target = domain::ImportTarget::SalesReport;
        way.scope.dryRun = true;
        way.isStopped = [] { return false; };
        auto sink = opened();
        const auto report = value(handlers::runImport(request, way, *sink));
        QCOMPARE(report.created, 1'200);
        QCOMPARE(report.rejected, 0);
        QCOMPARE(texts(u"SELECT (SELECT count(*) FROM \"Order\") + (SELECT count(*) FROM "
                       "\"Customer\")"_s),
                 QStringList(u"0"_s));
        QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files), QStringList(u"sales.csv"_s));
    }

    void saysHowFarItIs()
    {
        struct Heard : domain::ProgressSink
        {
            QVector<domain::Progress> said;
            void report(const domain::Progress& progress) override { said += progress; }
        } heard;
        QByteArray file = "externalId,name\n";
        for (int i = 0; i < 5'000; ++i)
            file += u"%1,Customer %1\n"_s.arg(i).toUtf8();
        write(u"c.csv"_s, file);
        handlers::BulkImportHandler handler(
            [this] { return base::Result<std::unique_ptr<domain::ImportSink>>(opened()); },
            m_folder->path());
        engine::Task task;
        task.id = {u"job-0"_s};
        task.payload = {{u"file"_s, u"c.csv"_s}, {u"dataType"_s, u"customers"_s}};
        task.progress = &heard;
        QCOMPARE(handler.run(task).kind, TaskResult::Kind::Completed);
        QCOMPARE(heard.said.size(), 4);
        QVERIFY(!heard.said[0].fraction);
        QCOMPARE(*heard.said[1].fraction, 0.4);
        QCOMPARE(*heard.said[3].fraction, 1.0);
        QCOMPARE(heard.said[3].text, u"5,000 of 5,000 lines"_s);
    }

    // What an import wrote is taken back, and what somebody has written since stays.
    void isUndone()
    {
        sql(u"INSERT INTO \"Customer\" (\"id\", \"tenantId\", \"name\", \"externalId\", \"city\", "
            "\"updatedAt\") VALUES (gen_random_uuid(), '%1', 'Old', '1', 'Here', now()), "
            "(gen_random_uuid(), '%1', 'Same', '2', 'Here', now())"_s.arg(kTenant));
        const QStringList before = everything();
        write(u"c.csv"_s, "externalId,name,city\n1,New,\n2,Same,Here\n3,Gone,\n4,Edited,\n"
                          "5,Ordered,\n6,Deleted,\n");
        QCOMPARE(run({{u"file"_s, u"c.csv"_s}, {u"dataType"_s, u"customers"_s}}), u"completed"_s);
        QCOMPARE(lastResult(u"c.csv"_s)[u"updated"_s].toInt(), 1);
        sql(u"UPDATE \"Customer\" SET phone = '1' WHERE name = 'Edited'"_s);
        sql(u"DELETE FROM \"Customer\" WHERE name = 'Deleted'"_s);
        sql(u"INSERT INTO \"CustomerAddress\" (\"id\", \"tenantId\", \"customerId\", \"label\", "
            "\"updatedAt\") SELECT gen_random_uuid(), '%1', id, 'x', now() FROM \"Customer\" WHERE "
            "name = 'Ordered'"_s.arg(kTenant));
        const auto undone = value(m_store->changes.undo({}));
        QCOMPARE(undone.matched, 5);
        QCOMPARE(undone.changed, 2);
        QCOMPARE(undone.skipped.size(), 3);
        QCOMPARE(texts(u"SELECT name FROM \"Customer\" ORDER BY 1"_s),
                 QStringList({u"Edited"_s, u"Old"_s, u"Ordered"_s, u"Same"_s}));
        QCOMPARE(texts(u"SELECT count(*) FROM \"CustomerAddress\""_s), QStringList(u"1"_s));
        sql(u"DELETE FROM \"Customer\" WHERE name IN ('Edited', 'Ordered')"_s);
        QCOMPARE(everything(), before);
        QCOMPARE(m_store->changes.undo({}).error().kind, base::ErrorKind::NotFound);
    }

    // Orders with their lines and invoices, two imports over each other.
    void salesReportsAreUndone()
    {
        addSkus();
        QRandomGenerator random(5);
        const QStringList none = everything();
        QVector<QStringList> states;
        for (const int from : {0, 20}) {
            write(u"sales.csv"_s, salesFile(someSales(random, 40, from), random));
            QCOMPARE(run({{u"file"_s, u"sales.csv"_s}, {u"dataType"_s, u"sales_report"_s}}),
                     u"completed"_s);
            states += everything();
        }
        QVERIFY(value(m_store->changes.undo({})).skipped.isEmpty());
        QCOMPARE(everything(), states[0]);
        // The rows that were put back have been written since the first import: they stay.
        const auto undone = value(m_store->changes.undo({}));
        QVERIFY(undone.changed > 0 && !undone.skipped.isEmpty());
        QStringList left;
        for (int number = 20; number < 40; ++number)
            left += u"INV-%1"_s.arg(number);
        QCOMPARE(texts(u"SELECT \"orderNumber\" FROM \"Order\" ORDER BY 1"_s), left);
        sql(u"DELETE FROM \"Invoice\""_s);
        sql(u"DELETE FROM \"Order\""_s);
        sql(u"DELETE FROM \"Customer\""_s);
        QCOMPARE(everything(), none);
        // An order of which anything has changed since stays as a whole.
        write(u"sales.csv"_s, salesFile(someSales(random, 30, 0), random));
        QCOMPARE(run({{u"file"_s, u"sales.csv"_s}, {u"dataType"_s, u"sales_report"_s}}),
                 u"completed"_s);
        const QString wanted = u" FROM \"OrderLine\" l JOIN \"Order\" o ON o.id = l.\"orderId\" "
                               "WHERE o.\"orderNumber\" = 'INV-7'"_s;
        const QStringList lines = texts(u"SELECT count(*)"_s + wanted);
        sql(u"UPDATE \"Invoice\" SET \"poNumber\" = 'mine' WHERE \"invoiceNumber\" = 'INV-7'"_s);
        (void)value(m_store->changes.undo({}));
        QCOMPARE(texts(u"SELECT \"orderNumber\" FROM \"Order\""_s), QStringList(u"INV-7"_s));
        QCOMPARE(texts(u"SELECT count(*)"_s + wanted), lines);
        QCOMPARE(texts(u"SELECT count(*) FROM \"Invoice\""_s), QStringList(u"1"_s));
    }

    void productsAreUndone()
    {
        addSkus();
        const QStringList before = everything();
        write(u"p.csv"_s,
              "code,name,size,abv\nSKU1,Wine,750 ml,12.5\nN1,Gin,1 l,40\nN2,Gin,2 l,40\n");
        QCOMPARE(run({{u"file"_s, u"p.csv"_s}, {u"dataType"_s, u"products"_s}}), u"completed"_s);
        QVERIFY(everything() != before);
        QVERIFY(value(m_store->changes.undo({})).skipped.isEmpty());
        QCOMPARE(everything(), before);
    }

private:
    void sql(const QString& text) { StoreFixture::sql(*m_store, text); }

    QStringList texts(const QString& query)
    {
        const db::Rows rows = StoreFixture::sql(*m_store, query);
        QStringList found;
        for (size_t i = 0; i < rows.size(); ++i)
            found += rows[i].text(0);
        return found;
    }

    /// Every row of the application's tables.
    QStringList everything()
    {
        QStringList rows;
        for (const char* table :
             {"Customer", "CustomerAddress", "Product", "Sku", "Order", "OrderLine", "Invoice"})
            rows += texts(u"SELECT to_jsonb(t)::text FROM \"%1\" t ORDER BY 1"_s.arg(
                QString::fromLatin1(table)));
        return rows;
    }

    void addSkus()
    {
        sql(u"INSERT INTO \"Product\" (\"id\", \"tenantId\", \"name\", \"updatedAt\") VALUES "
            "('33333333-3333-4333-8333-333333333333', '%1', 'Wine', now())"_s.arg(kTenant));
        sql(u"INSERT INTO \"Sku\" (\"id\", \"tenantId\", \"productId\", \"code\", \"updatedAt\") "
            "SELECT gen_random_uuid(), '%1', '33333333-3333-4333-8333-333333333333', 'SKU' || n, "
            "now() FROM generate_series(0, 19) n"_s.arg(kTenant));
    }

    void write(const QString& name, const QByteArray& bytes)
    {
        QDir().mkpath(QFileInfo(m_folder->filePath(name)).path());
        QFile file(m_folder->filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("The file cannot be written.");
    }

    static QByteArray read(const QString& path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    std::unique_ptr<domain::ImportSink> opened() const
    {
        return std::make_unique<store::ImportWriter>(
            value(store::JobStore::open(m_url, db::OpenMode::ReadWrite)), base::Clock::system());
    }

    std::pair<QString, QString> runAs(const QJsonObject& payload, const QString& job,
                                      const std::stop_token& stop) const
    {
        handlers::BulkImportHandler handler(
            [this] { return base::Result<std::unique_ptr<domain::ImportSink>>(opened()); },
            m_folder->path());
        const TaskResult result = handler.run({{job}, u"bulk_import"_s, payload, 1, stop});
        switch (result.kind) {
        case TaskResult::Kind::Completed: return {u"completed"_s, {}};
        case TaskResult::Kind::Failed: return {u"failed"_s, result.error};
        case TaskResult::Kind::Postponed: return {u"postponed"_s, result.error};
        case TaskResult::Kind::Unrecoverable: break;
        }
        return {u"unrecoverable"_s, result.error};
    }

    QString jobName(int number) const { return u"job-%1"_s.arg(number); }

    QString run(const QJsonObject& payload, const std::stop_token& stop = {})
    {
        const auto [kind, error] = runAs(payload, jobName(m_jobs++), stop);
        m_error = error;
        if (kind == "failed"_L1)
            qWarning("%s", qPrintable(error));
        return kind;
    }

    QJsonObject lastResult(const QString& file) const
    {
        return QJsonDocument::fromJson(
                   read(handlers::resultFileOf(m_folder->filePath(file), jobName(m_jobs - 1))))
            .object();
    }

    const QString kBatch = u"44444444-4444-4444-8444-444444444444"_s;
    StoreFixture m_fixture;
    db::DatabaseUrl m_url;
    std::unique_ptr<store::JobStore> m_store;
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_error;
    int m_jobs = 0;
};

QTEST_GUILESS_MAIN(TestBulkImport)
#include "tst_bulkimport.moc"
