// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/pgbouncer.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTcpSocket>

#include <csignal>

using namespace Qt::StringLiterals;

namespace queuedeck::test {

namespace {
constexpr int kStartMs = 15'000;

bool write(const QString& path, const QString& text)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(text.toUtf8()) > 0 &&
           ServiceChild::giveAway(path);
}
} // namespace

PgBouncer::PgBouncer()
    : m_folder(u"/tmp/qd-pgb-XXXXXX"_s)
{
}

bool PgBouncer::start(const PgCluster& cluster, const PoolerSettings& wanted)
{
    if (m_server)
        return true;
    const QString program = ServiceChild::findProgram(u"pgbouncer"_s);
    if (program.isEmpty()) {
        m_error = u"These tests need PgBouncer. Install the package pgbouncer."_s;
        return false;
    }
    ServiceChild::giveAway(m_folder.path());
    m_port = ServiceChild::freePort();
    const QString ini = m_folder.filePath(u"pgbouncer.ini"_s);
    const QString users = m_folder.filePath(u"users.txt"_s);
    const QString settings = u"[databases]\n"
                             "* = host=127.0.0.1 port=%1\n"
                             "[pgbouncer]\n"
                             "listen_addr = 127.0.0.1\n"
                             "listen_port = %2\n"
                             "unix_socket_dir =\n"
                             "auth_type = trust\n"
                             "auth_file = %3\n"
                             "pool_mode = %5\n"
                             "default_pool_size = %6\n"
                             "ignore_startup_parameters = %7\n"
                             "logfile = %4\n"_s.arg(cluster.port())
                                 .arg(m_port)
                                 .arg(users, m_folder.filePath(u"log"_s), wanted.mode)
                                 .arg(wanted.connections)
                                 .arg(wanted.ignored);
    if (!write(ini, settings) ||
        !write(users, u"\"%1\" \"%2\"\n"_s.arg(PgCluster::user(), PgCluster::password()))) {
        m_error = u"PgBouncer's settings could not be written."_s;
        return false;
    }
    return serve();
}

bool PgBouncer::restart()
{
    m_server.reset();
    return serve();
}

bool PgBouncer::serve()
{
    m_server = std::make_unique<ServiceChild>(SIGKILL);
    m_server->start(ServiceChild::findProgram(u"pgbouncer"_s),
                    {m_folder.filePath(u"pgbouncer.ini"_s)});
    QElapsedTimer clock;
    clock.start();
    while (m_server->state() != QProcess::NotRunning && clock.elapsed() < kStartMs) {
        QTcpSocket socket;
        socket.connectToHost(u"127.0.0.1"_s, quint16(m_port));
        if (socket.waitForConnected(200))
            return true;
        m_server->waitForFinished(20);
    }
    m_error = u"PgBouncer did not start: %1"_s.arg(QString::fromUtf8(m_server->readAll()));
    m_server.reset();
    return false;
}

db::DatabaseUrl PgBouncer::through(db::DatabaseUrl url) const
{
    url.port = m_port;
    url.pooled = true;
    return url;
}

} // namespace queuedeck::test
