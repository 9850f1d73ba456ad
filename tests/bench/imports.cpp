// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/imports.h"

#include "core/db/connection.h"
#include "core/db/transaction.h"
#include "tests/support/apptables.h"
#include "tests/support/pgcluster.h"

#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QThread>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace queuedeck::bench {

namespace {
constexpr int kCustomers = 1'000'000;
constexpr int kSales = 100'000;
constexpr int kOften = 50; // ms between two looks at the memory

struct Measured
{
    double seconds = 0;
    qint64 peakKilobytes = 0;
};

qint64 peakOf(qint64 pid)
{
    QFile status(u"/proc/%1/status"_s.arg(pid));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray& line : status.readAll().split('\n')) {
        if (line.startsWith("VmHWM:"))
            return line.mid(6).chopped(2).trimmed().toLongLong();
    }
    return 0;
}

Measured run(const QString& home, const QString& address, const QStringList& arguments)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"QUEUEDECK_HOME"_s, home);
    environment.insert(u"QUEUEDECK_DATABASE_URL"_s, address);
    QProcess process;
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    QElapsedTimer timer;
    timer.start();
    process.start(QStringLiteral(QUEUEDECK_BIN_DIR "/queuedeckctl"), arguments);
    process.waitForStarted();
    Measured measured;
    while (!process.waitForFinished(kOften) && process.state() != QProcess::NotRunning)
        measured.peakKilobytes = std::max(measured.peakKilobytes, peakOf(process.processId()));
    measured.seconds = double(timer.elapsed()) / 1000;
    if (process.exitCode() != 0)
        qFatal("queuedeckctl %s failed.", qPrintable(arguments.join(u' ')));
    return measured;
}

/// `bare`: seconds that the same number of rows took a bare COPY, just before.
QJsonObject figures(const Measured& measured, int rows, double bare)
{
    return {{u"rows"_s, rows},
            {u"seconds"_s, measured.seconds},
            {u"rowsASecond"_s, rows / measured.seconds},
            {u"timesBareCopy"_s, measured.seconds / bare},
            {u"peakMegabytes"_s, double(measured.peakKilobytes) / 1024}};
}

/// The floor of this machine in this minute: one COPY of such customers, into a table of the same
/// columns, keys and references.
double bareCopy(db::Connection& connection, int count)
{
    const auto run = [&connection](const QString& statement) {
        if (const auto done = connection.run(statement); !done)
            qFatal("%s", qPrintable(done.error().detail));
    };
    run(u"DROP TABLE IF EXISTS bare"_s);
    run(u"CREATE TABLE bare (LIKE \"Customer\" INCLUDING ALL)"_s);
    run(u"ALTER TABLE bare ADD FOREIGN KEY (\"tenantId\") REFERENCES \"Tenant\""_s);
    connection.setDeadline(std::chrono::minutes(10));
    QElapsedTimer timer;
    timer.start();
    auto transaction = db::Transaction::begin(connection);
    int next = 0;
    const base::Status copied = connection.copyIn(
        u"COPY bare (\"id\", \"tenantId\", \"name\", \"externalId\", \"email\", \"phone\", "
        "\"postalCode\", \"city\", \"updatedAt\") FROM STDIN"_s,
        [&next, count] {
            constexpr int kAtOnce = 1'000;
            QByteArray rows;
            for (const int end = std::min(next + kAtOnce, count); next < end; ++next)
                rows += u"%1-0000-4000-8000-000000000000\t%2\tWeinhaus Nord %3 GmbH\t%3\t"
                        "info@weinhaus%3.example\t+49 40 %3\t01067\tOrt\t2026-11-23 12:00\n"_s
                            .arg(next, 8, 16, QChar(u'0'))
                            .arg(test::kTenant)
                            .arg(next)
                            .toUtf8();
            return rows;
        });
    if (!copied || !transaction->commit())
        qFatal("The bare COPY failed.");
    const double seconds = double(timer.elapsed()) / 1000;
    run(u"DROP TABLE bare"_s);
    return seconds;
}
} // namespace

QJsonObject imports()
{
    test::PgCluster cluster(test::PgCluster::Disk::Durable);
    if (!cluster.start())
        qFatal("%s", qPrintable(cluster.error()));
    const db::DatabaseUrl url = cluster.freshDatabase();
    const auto encoded = [](const QString& text) {
        return QString::fromLatin1(QUrl::toPercentEncoding(text));
    };
    const QString address =
        u"postgresql://%1:%2@%3:%4/%5"_s.arg(encoded(url.user), encoded(url.password), url.host,
                                             QString::number(url.port), url.database);
    const QTemporaryDir folder;
    run(folder.path(), address, {u"init"_s});
    const auto connection = db::Connection::open(url, db::OpenMode::ReadWrite);
    for (const QString& statement :
         (test::appTables() +
          u"INSERT INTO \"Product\" (\"id\", \"tenantId\", \"name\", \"updatedAt\") SELECT "
          "\"id\", \"id\", 'Wine', now() FROM \"Tenant\"; INSERT INTO \"Sku\" (\"id\", "
          "\"tenantId\", \"productId\", \"code\", \"updatedAt\") SELECT gen_random_uuid(), t.id, "
          "t.id, 'S' || n, now() FROM \"Tenant\" t, generate_series(0, 99) n"_s)
             .split(u';')) {
        if (const auto done = (*connection)->run(statement);
            !statement.trimmed().isEmpty() && !done)
            qFatal("%s", qPrintable(done.error().detail));
    }
    QFile customers(folder.filePath(u"customers.csv"_s));
    QFile sales(folder.filePath(u"sales.csv"_s));
    if (!customers.open(QIODevice::WriteOnly) || !sales.open(QIODevice::WriteOnly))
        qFatal("The files cannot be written.");
    customers.write("Kundennr;Firma;E-Mail;Tel.;PLZ;Ort\n");
    for (int i = 0; i < kCustomers; ++i)
        customers.write(
            u"%1;Weinhaus Nord %1 GmbH;info@weinhaus%1.example;+49 40 %1;01067;Ort\n"_s.arg(i)
                .toUtf8());
    sales.write("Invoice number,SKU,Invoice date,Customer,Qty.,Unit price,Net price\n");
    for (int i = 0; i < kSales; ++i)
        sales.write(u"I%1,S%2,3/14/2026,Customer %3,2,\"1,001.50\",2003.00\n"_s.arg(i / 4)
                        .arg(i % 100)
                        .arg(i / 40)
                        .toUtf8());
    customers.close();
    sales.close();
    const auto imported = [&](const QFile& file, const QString& type, int rows) {
        const double bare = bareCopy(**connection, rows);
        return figures(run(folder.path(), address,
                           {u"import"_s, file.fileName(), u"--type"_s, type, u"--wait"_s}),
                       rows, bare);
    };
    QJsonObject all;
    all[u"newCustomers"_s] = imported(customers, u"customers"_s, kCustomers);
    all[u"sameCustomersAgain"_s] = imported(customers, u"customers"_s, kCustomers);
    all[u"salesReportLines"_s] = imported(sales, u"sales-report"_s, kSales);
    return all;
}

} // namespace queuedeck::bench
