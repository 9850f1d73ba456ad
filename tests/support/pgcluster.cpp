// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/pgcluster.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QThread>

#include <csignal>

using namespace Qt::StringLiterals;

namespace queuedeck::test {

namespace {
constexpr int kStartMs = 30'000; // a second or two, unless the machine is busy
constexpr int kPortTries = 5;

QByteArray contents(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}
} // namespace

PgCluster::PgCluster(Disk disk)
    : m_disk(disk)
    , m_folder(u"/tmp/qd-pg-XXXXXX"_s) // short: a Unix socket's path may have 107 characters
{
}

PgCluster::~PgCluster() = default;

QString PgCluster::user()
{
    return u"queue owner"_s;
}

QString PgCluster::password()
{
    return u"p:a/s?s'w\\ö rd@#%41"_s;
}

bool PgCluster::start()
{
    if (m_server)
        return true;
    if (!m_folder.isValid() || !ServiceChild::giveAway(m_folder.path())) {
        m_error = u"No temporary folder could be made: %1"_s.arg(m_folder.errorString());
        return false;
    }
    if (!initialize())
        return false;
    for (int i = 0; i < kPortTries; ++i) {
        if (serve(ServiceChild::freePort()))
            return true;
    }
    return false;
}

bool PgCluster::initialize()
{
    const QString initdb = ServiceChild::findProgram(u"initdb"_s);
    if (initdb.isEmpty()) {
        m_error = u"These tests need PostgreSQL's server. Install the package postgresql."_s;
        return false;
    }
    const QString passwordFile = m_folder.filePath(u"password"_s);
    QFile file(passwordFile);
    if (!file.open(QIODevice::WriteOnly) || file.write(password().toUtf8() + '\n') < 0) {
        m_error = file.errorString();
        return false;
    }
    file.close();
    ServiceChild::giveAway(passwordFile);

    ServiceChild process(SIGKILL);
    process.start(initdb,
                  {u"--pgdata"_s, m_folder.filePath(u"data"_s), u"--username"_s, user(),
                   u"--pwfile"_s, passwordFile, u"--auth"_s, u"scram-sha-256"_s, u"--encoding"_s,
                   u"UTF8"_s, u"--locale"_s, u"C.UTF-8"_s, u"--no-sync"_s, u"--no-instructions"_s});
    if (process.waitForFinished(kStartMs) && process.exitCode() == 0)
        return true;
    m_error =
        u"initdb failed: %1 %2"_s.arg(process.errorString(), QString::fromUtf8(process.readAll()));
    return false;
}

void PgCluster::crash()
{
    ::kill(pid_t(m_server->processId()), SIGQUIT);
    m_server->waitForFinished(kStartMs);
    m_server.reset();
}

bool PgCluster::startAgain()
{
    return serve(m_port);
}

bool PgCluster::serve(int port)
{
    m_port = port;
    const QString data = m_folder.filePath(u"data"_s);
    m_server = std::make_unique<ServiceChild>(SIGQUIT); // PostgreSQL's immediate shutdown
    m_server->setStandardOutputFile(m_folder.filePath(u"log"_s), QIODevice::Append);
    // A time zone other than UTC exposes code that relies on UTC.
    QStringList arguments{u"-D"_s,         data,    u"-k"_s,
                          m_folder.path(), u"-p"_s, QString::number(m_port)};
    QStringList settings{u"listen_addresses=127.0.0.1"_s, u"timezone=Asia/Bangkok"_s,
                         u"max_connections=60"_s};
    if (m_disk == Disk::Fast)
        settings += {u"fsync=off"_s, u"full_page_writes=off"_s, u"synchronous_commit=off"_s,
                     u"shared_buffers=32MB"_s, u"autovacuum=off"_s};
    for (const QString& setting : std::as_const(settings))
        arguments += {u"-c"_s, setting};
    m_server->start(ServiceChild::findProgram(u"postgres"_s), arguments);
    QElapsedTimer clock;
    clock.start();
    while (m_server->state() != QProcess::NotRunning && clock.elapsed() < kStartMs) {
        const QList<QByteArray> state = contents(data + u"/postmaster.pid"_s).split('\n');
        if (state.size() > 7 && state[7].trimmed() == "ready")
            return true;
        m_server->waitForFinished(20);
    }
    m_error = u"PostgreSQL did not start: %1"_s.arg(log());
    m_server.reset();
    return false;
}

QString PgCluster::log() const
{
    return QString::fromUtf8(contents(m_folder.filePath(u"log"_s)).right(4000));
}

db::DatabaseUrl PgCluster::url(const QString& database) const
{
    db::DatabaseUrl address;
    address.dialect = db::Dialect::Postgres;
    address.host = u"127.0.0.1"_s;
    address.port = m_port;
    address.user = user();
    address.password = password();
    address.database = database;
    return address;
}

db::DatabaseUrl PgCluster::freshDatabase()
{
    const QString name = u"test_%1"_s.arg(++m_databases);
    const auto connection = db::Connection::open(url(u"postgres"_s), db::OpenMode::ReadWrite);
    if (!connection)
        qFatal("%s", qPrintable(connection.error().detail));
    (*connection)->setDeadline(std::chrono::seconds(60));
    if (const auto made = (*connection)->run(u"CREATE DATABASE "_s + name); !made)
        qFatal("%s", qPrintable(made.error().detail));
    return url(name);
}

} // namespace queuedeck::test
