// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/chaos/testbed.h"

#include "tests/chaos/ledger.h"
#include "tests/chaos/worker.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QJsonArray>
#include <QProcessEnvironment>
#include <QThread>
#include <QUrl>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace queuedeck::chaos {

namespace {
void must(const base::Status& status)
{
    if (!status)
        qFatal("chaos: %s", qPrintable(status.error().detail));
}
} // namespace

QString addressText(const db::DatabaseUrl& url)
{
    if (!url.path.isEmpty())
        return u"sqlite:"_s + url.path;
    const auto encoded = [](const QString& text) {
        return QString::fromLatin1(QUrl::toPercentEncoding(text));
    };
    return u"postgresql://"_s + encoded(url.user) + u':' + encoded(url.password) + u'@' + url.host +
           u':' + QString::number(url.port) + u'/' + encoded(url.database) +
           (url.pooled ? u"?pgbouncer=true"_s : QString());
}

Testbed::Testbed(const Plan& plan)
    : m_plan(plan)
    , m_audit(plan.isFile ? sqliteAudit() : postgresAudit())
    , m_random(plan.seed)
{
    if (plan.isFile) {
        m_url = db::DatabaseUrl::sqliteFile(file(u"home/sample-data.db"_s));
    } else {
        if (!m_cluster.start())
            qFatal("chaos: %s", qPrintable(m_cluster.error()));
        if (!m_pooler.start(m_cluster))
            qFatal("chaos: %s", qPrintable(m_pooler.error()));
        m_url = m_cluster.freshDatabase();
    }
    must(store::JobStore::initialise(m_url));
    for (const QString& statement : m_audit.make)
        alter(statement);
}

Testbed::~Testbed()
{
    for (const auto& engine : m_engines)
        engine->kill();
    for (const auto& engine : m_engines)
        engine->waitForFinished(5000);
    if (m_foreign) {
        m_foreign->kill();
        m_foreign->waitForFinished(5000);
    }
}

void Testbed::workBeside(std::chrono::milliseconds quarantine)
{
    m_quarantine = quarantine;
    (void)ask(u"COMMENT ON TABLE \"Job\" IS NULL"_s);
}

db::DatabaseUrl Testbed::working() const
{
    return m_throughPooler ? m_pooler.through(m_url) : m_url;
}

base::Result<db::Rows> Testbed::ask(const QString& sql)
{
    if (!m_connection) {
        auto opened = db::Connection::open(m_url, db::OpenMode::ReadWrite);
        if (!opened)
            return opened.error();
        m_connection = std::move(*opened);
        m_connection->setDeadline(60s);
    }
    return m_connection->run(sql);
}

double Testbed::number(const QString& sql)
{
    const auto rows = ask(sql);
    if (!rows)
        qFatal("chaos: %s", qPrintable(rows.error().detail));
    return (*rows)[0].value(0).toDouble();
}

void Testbed::alter(const QString& sql)
{
    if (const auto done = ask(sql); !done)
        qFatal("chaos: %s: %s", qPrintable(sql), qPrintable(done.error().detail));
}

void Testbed::command(const QString& sql)
{
    const auto connection =
        db::Connection::open(m_cluster.url(u"postgres"_s), db::OpenMode::ReadWrite);
    if (!connection)
        qFatal("chaos: %s", qPrintable(connection.error().detail));
    if (const auto done = (*connection)->run(sql); !done)
        qFatal("chaos: %s: %s", qPrintable(sql), qPrintable(done.error().detail));
}

void Testbed::enqueue(int jobs)
{
    auto store = store::JobStore::open(m_url, db::OpenMode::ReadWrite);
    if (!store)
        qFatal("chaos: %s", qPrintable(store.error().detail));
    const auto ids =
        (*store)->additions.enqueue(QVector<domain::NewJob>(jobs, {u"noop"_s, {}}), {});
    if (!ids)
        qFatal("chaos: %s", qPrintable(ids.error().detail));
    m_enqueued += jobs;
}

std::unique_ptr<QProcess> Testbed::spawn(const QString& role)
{
    auto process = std::make_unique<QProcess>();
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(kAddress, addressText(role == "--foreign"_L1 ? m_url : working()));
    environment.insert(kLedger, file(kLedgerFile));
    environment.insert(kQuarantine, QString::number(m_quarantine.count()));
    environment.insert(kSeed, QString::number(m_plan.seed + uint(++m_spawned)));
    environment.insert(u"QT_LOGGING_RULES"_s, u"queuedeck.*=false"_s);
    process->setProcessEnvironment(environment);
    process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process->start(QCoreApplication::applicationFilePath(), {role});
    return process;
}

void Testbed::startEngines(int count)
{
    for (int i = 0; i < count; ++i)
        m_engines.push_back(spawn(u"--worker"_s));
}

void Testbed::startForeign()
{
    m_foreign = spawn(u"--foreign"_s);
}

void Testbed::killEngine(qsizetype index)
{
    std::unique_ptr<QProcess>& engine = m_engines[size_t(index)];
    engine->waitForStarted();
    engine->kill();
    engine->waitForFinished(10'000);
    engine = spawn(u"--worker"_s);
}

void Testbed::keepEnginesAlive()
{
    for (auto& engine : m_engines) {
        engine->waitForFinished(0);
        if (engine->state() == QProcess::NotRunning)
            engine = spawn(u"--worker"_s);
    }
}

void Testbed::stopAll()
{
    if (m_foreign)
        m_foreign->terminate();
    for (const auto& engine : m_engines)
        engine->terminate();
    for (const auto& engine : m_engines)
        engine->waitForFinished(30'000);
    if (m_foreign)
        m_foreign->waitForFinished(10'000);
}

int Testbed::unfinished()
{
    const auto rows =
        ask(u"SELECT COUNT(*) FROM \"Job\" WHERE \"status\" NOT IN ('completed', 'failed')"_s);
    return rows ? int((*rows)[0].integer(0)) : -1;
}

bool Testbed::waitUntilDone(std::chrono::seconds most)
{
    const QDeadlineTimer deadline(most);
    while (!deadline.hasExpired()) {
        if (unfinished() == 0)
            return true;
        keepEnginesAlive();
        QThread::msleep(50);
    }
    return false;
}

QJsonObject Testbed::judge()
{
    const Ledger ledger = Ledger::read(file(kLedgerFile));
    const int jobs = int(number(u"SELECT COUNT(*) FROM \"Job\""_s));
    const int lost = m_enqueued - jobs + unfinished();
    const double settledTwice = number(m_audit.settledTwice);
    const double reentered = number(m_audit.reentered);
    const double stale = number(m_audit.stale);
    const double leaked = number(m_audit.leaked);
    const double late = number(m_audit.lateSeconds);
    QJsonArray wrong = QJsonArray::fromStringList(m_blame);
    const auto expectZero = [&wrong](double value, const QString& what) {
        if (value != 0)
            wrong += u"%1 %2"_s.arg(value).arg(what);
    };
    expectZero(lost, u"jobs lost"_s);
    expectZero(settledTwice, u"jobs settled twice"_s);
    expectZero(reentered, u"finished jobs begun again by an engine"_s);
    expectZero(stale, u"stale results accepted"_s);
    expectZero(leaked, u"leases leaked"_s);
    if (m_foreign)
        expectZero(ledger.runByBoth(), u"jobs run by an engine and by the other processor"_s);
    return {{u"seed"_s, qint64(m_plan.seed)},
            {u"jobs"_s, m_enqueued},
            {u"lost"_s, lost},
            {u"settledTwice"_s, settledTwice},
            {u"staleAccepted"_s, stale},
            {u"leasesLeaked"_s, leaked},
            {u"latestRescueSeconds"_s, late},
            {u"startedMoreThanOnce"_s, ledger.startedMoreThanOnce()},
            {u"finishedMoreThanOnce"_s, ledger.finishedMoreThanOnce()},
            {u"runByBoth"_s, ledger.runByBoth()},
            {u"wrong"_s, wrong}};
}

} // namespace queuedeck::chaos
