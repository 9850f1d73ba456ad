// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/notificationdaemon.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>
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

NotificationDaemon::NotificationDaemon(const Keyring& session)
    : m_environment(session.environment())
{
    dieWithTest(m_screen);
    dieWithTest(m_daemon);
}

NotificationDaemon::~NotificationDaemon()
{
    end(m_daemon);
    end(m_screen);
}

bool NotificationDaemon::start()
{
    m_screen.start(u"Xvfb"_s, {u"-displayfd"_s, u"1"_s, u"-nolisten"_s, u"tcp"_s});
    if (!m_screen.waitForReadyRead(kPatience)) {
        m_reason = u"Xvfb did not start (package xvfb)."_s;
        return false;
    }
    m_environment.insert(u"DISPLAY"_s, u":"_s + QString::fromLatin1(m_screen.readLine()).trimmed());
    QFile settings(m_folder.filePath(u"dunstrc"_s));
    if (!settings.open(QIODevice::WriteOnly))
        return false;
    settings.write(
        "[global]\n    font = DejaVu Sans 10\n    history_length = 100\n    markup = full\n");
    settings.close();
    m_daemon.setProcessEnvironment(m_environment);
    m_daemon.start(u"dunst"_s, {u"-config"_s, settings.fileName()});
    if (!m_daemon.waitForStarted(kPatience)) {
        m_reason = u"dunst did not start (package dunst)."_s;
        return false;
    }
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < kPatience && m_daemon.state() == QProcess::Running) {
        if (!ask({u"count"_s, u"displayed"_s}).isEmpty())
            return true;
        QThread::msleep(50);
    }
    m_reason = u"dunst does not answer: "_s + QString::fromUtf8(m_daemon.readAllStandardError());
    return false;
}

QByteArray NotificationDaemon::ask(const QStringList& arguments) const
{
    QProcess ask;
    ask.setProcessEnvironment(m_environment);
    ask.start(u"dunstctl"_s, arguments);
    const bool isDone = ask.waitForFinished(kPatience) && ask.exitCode() == 0;
    return isDone ? ask.readAllStandardOutput().trimmed() : QByteArray();
}

int NotificationDaemon::displayed() const
{
    return ask({u"count"_s, u"displayed"_s}).toInt();
}

bool NotificationDaemon::press()
{
    QProcess ask;
    ask.setProcessEnvironment(m_environment);
    ask.start(u"dunstctl"_s, {u"action"_s, u"0"_s});
    return ask.waitForFinished(kPatience) && ask.exitCode() == 0;
}

bool NotificationDaemon::closeAll()
{
    QProcess ask;
    ask.setProcessEnvironment(m_environment);
    ask.start(u"dunstctl"_s, {u"close-all"_s});
    return ask.waitForFinished(kPatience) && ask.exitCode() == 0;
}

bool NotificationDaemon::hasHistory()
{
    return !QStandardPaths::findExecutable(u"busctl"_s).isEmpty();
}

QJsonArray NotificationDaemon::history() const
{
    const QJsonArray lists = QJsonDocument::fromJson(ask({u"history"_s}))[u"data"_s].toArray();
    return lists.isEmpty() ? QJsonArray() : lists.first().toArray();
}

} // namespace queuedeck::test
