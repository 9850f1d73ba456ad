// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/keyring.h"

#include <QDir>
#include <QElapsedTimer>
#include <QThread>

#include <csignal>
#include <sys/prctl.h>

using namespace Qt::StringLiterals;

namespace queuedeck::test {

namespace {
constexpr int kPatience = 60'000;

void dieWithTest(QProcess& process)
{
    process.setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGKILL); });
}

void end(QProcess& process)
{
    if (process.state() == QProcess::NotRunning)
        return;
    process.kill();
    process.waitForFinished(kPatience);
}
} // namespace

Keyring::Keyring()
    : m_environment(QProcessEnvironment::systemEnvironment())
{
    for (const char* folder : {"data", "config", "runtime", "home"})
        QDir(m_folder.path()).mkdir(QLatin1String(folder));
    QFile::setPermissions(m_folder.filePath(u"runtime"_s),
                          QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    m_environment.insert(u"HOME"_s, m_folder.filePath(u"home"_s));
    m_environment.insert(u"XDG_DATA_HOME"_s, m_folder.filePath(u"data"_s));
    m_environment.insert(u"XDG_CONFIG_HOME"_s, m_folder.filePath(u"config"_s));
    m_environment.insert(u"XDG_RUNTIME_DIR"_s, m_folder.filePath(u"runtime"_s));
    m_environment.remove(u"GNOME_KEYRING_CONTROL"_s);
    m_environment.remove(u"DISPLAY"_s);
    dieWithTest(m_bus);
    dieWithTest(m_daemon);
}

Keyring::~Keyring()
{
    freeze(false);
    end(m_daemon);
    end(m_bus);
}

bool Keyring::start(Kind kind)
{
    m_bus.setProcessEnvironment(m_environment);
    m_bus.start(u"dbus-daemon"_s,
                {u"--session"_s, u"--nofork"_s, u"--print-address"_s,
                 u"--address=unix:path="_s + m_folder.filePath(u"runtime/bus"_s)});
    if (!m_bus.waitForReadyRead(kPatience)) {
        m_reason = u"dbus-daemon did not start (package dbus)."_s;
        return false;
    }
    m_environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s,
                         QString::fromLatin1(m_bus.readLine()).trimmed());
    if (kind == Kind::None)
        return true;
    m_daemon.setProcessEnvironment(m_environment);
    m_daemon.start(u"gnome-keyring-daemon"_s,
                   {u"--foreground"_s, u"--unlock"_s, u"--components=secrets"_s});
    if (!m_daemon.waitForStarted(kPatience)) {
        m_reason = u"gnome-keyring-daemon did not start (package gnome-keyring)."_s;
        return false;
    }
    m_daemon.write("password of the test");
    m_daemon.waitForBytesWritten(kPatience);
    m_daemon.closeWriteChannel();
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < kPatience) {
        QProcess ask;
        ask.setProcessEnvironment(m_environment);
        ask.start(u"dbus-send"_s,
                  {u"--session"_s, u"--print-reply"_s, u"--dest=org.freedesktop.DBus"_s, u"/"_s,
                   u"org.freedesktop.DBus.NameHasOwner"_s, u"string:org.freedesktop.secrets"_s});
        ask.waitForFinished(kPatience);
        if (ask.readAll().contains("boolean true"))
            return true;
        QThread::msleep(50);
    }
    m_reason = u"gnome-keyring-daemon did not appear on the bus."_s;
    return false;
}

bool Keyring::lock()
{
    QProcess ask;
    ask.setProcessEnvironment(m_environment);
    ask.start(u"dbus-send"_s,
              {u"--session"_s, u"--print-reply"_s, u"--dest=org.freedesktop.secrets"_s,
               u"/org/freedesktop/secrets"_s, u"org.freedesktop.Secret.Service.Lock"_s,
               u"array:objpath:/org/freedesktop/secrets/collection/login"_s});
    return ask.waitForFinished(kPatience) && ask.exitCode() == 0 &&
           ask.readAll().contains("collection/login");
}

void Keyring::freeze(bool isFrozen)
{
    if (m_daemon.state() == QProcess::Running)
        ::kill(pid_t(m_daemon.processId()), isFrozen ? SIGSTOP : SIGCONT);
}

} // namespace queuedeck::test
