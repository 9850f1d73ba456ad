// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/servicechild.h"

#include <QDir>
#include <QStandardPaths>
#include <QTcpServer>

#include <csignal>
#include <grp.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace queuedeck::test {

namespace {
struct User
{
    uid_t uid = 0;
    gid_t gid = 0;
};

// The user that a server runs as: the current one, but never root.
User serverUser()
{
    if (geteuid() != 0)
        return {geteuid(), getegid()};
    for (const char* name : {"postgres", "nobody"}) {
        if (const passwd* entry = getpwnam(name))
            return {entry->pw_uid, entry->pw_gid};
    }
    return {65534, 65534};
}
} // namespace

ServiceChild::ServiceChild(int lastSignal)
    : m_lastSignal(lastSignal)
{
    const User user = serverUser();
    setProcessChannelMode(QProcess::MergedChannels);
    setWorkingDirectory(QDir::rootPath()); // a TMPDIR may be inaccessible to other users
    setChildProcessModifier([user, lastSignal] {
        if (geteuid() == 0 && (setgroups(0, nullptr) || setgid(user.gid) || setuid(user.uid)))
            _exit(126);
        prctl(PR_SET_PDEATHSIG, lastSignal); // after setuid, which would clear it
    });
}

ServiceChild::~ServiceChild()
{
    if (state() == QProcess::NotRunning)
        return;
    ::kill(pid_t(processId()), m_lastSignal);
    if (!waitForFinished(5000)) {
        kill();
        waitForFinished(5000);
    }
}

bool ServiceChild::giveAway(const QString& path)
{
    const User user = serverUser();
    return geteuid() != 0 || chown(path.toLocal8Bit().constData(), user.uid, user.gid) == 0;
}

int ServiceChild::freePort()
{
    QTcpServer probe;
    return probe.listen(QHostAddress::LocalHost) ? probe.serverPort() : 0;
}

QString ServiceChild::findProgram(const QString& name)
{
    QStringList folders{u"/usr/sbin"_s, u"/usr/local/sbin"_s};
    const QDir versions(u"/usr/lib/postgresql"_s);
    for (const QString& version : versions.entryList(QDir::Dirs | QDir::NoDotAndDotDot))
        folders.prepend(versions.filePath(version) + u"/bin"_s);
    const QString found = QStandardPaths::findExecutable(name, folders);
    return found.isEmpty() ? QStandardPaths::findExecutable(name) : found;
}

} // namespace queuedeck::test
