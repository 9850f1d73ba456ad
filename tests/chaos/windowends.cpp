// SPDX-License-Identifier: GPL-3.0-or-later
// The window, with its engine running, is told to exit at any moment, by a signal, by the desktop
// session or by the end of its display, and is started again; an engine of the command line works
// beside it.
#include "tests/chaos/desktop.h"
#include "tests/chaos/display.h"
#include "tests/chaos/outages.h"
#include "tests/support/processes.h"

#include <QProcessEnvironment>
#include <QThread>

#include <csignal>

using namespace Qt::StringLiterals;

namespace queuedeck::chaos {

namespace {
constexpr int kStartMs = 30'000;
constexpr int kGraceMs = 25'000; // 20 s are guaranteed

/// One run of the window on the sample data, which starts the engine.
class Window
{
public:
    explicit Window(Ground& ground)
        : m_ground(ground)
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"DISPLAY"_s, m_display.name());
        environment.insert(u"QT_QPA_PLATFORM"_s, u"xcb"_s);
        environment.insert(u"SESSION_MANAGER"_s, QString::fromLocal8Bit(m_desktop.address()));
        environment.insert(u"QUEUEDECK_HOME"_s, Programs::homeOf(ground));
        environment.insert(u"XDG_CONFIG_HOME"_s, Programs::homeOf(ground));
        m_window.setProcessEnvironment(environment);
        m_window.setStandardErrorFile(ground.file(u"window"_s));
        m_window.start(QStringLiteral(QUEUEDECK_BIN_DIR "/queuedeck"), {u"--demo"_s});
    }
    ~Window()
    {
        m_window.kill();
        m_window.waitForFinished(5000);
    }
    pid_t pid() const { return m_pid; }
    void logOut()
    {
        for (int waited = 0; waited < kStartMs && !m_desktop.hasMember(); waited += 20)
            QThread::msleep(20);
        if (!m_desktop.hasMember())
            m_ground.blame(u"the window does not join the session of the desktop"_s);
        m_desktop.logOut();
        isOverInGoodOrder(u"logout"_s);
    }

    bool begin()
    {
        m_window.waitForStarted(kStartMs);
        m_pid = pid_t(m_window.processId());
        for (int waited = 0; waited < kStartMs && m_window.state() == QProcess::Running;
             waited += 20) {
            if (tests::catches(m_pid, SIGTERM))
                return true;
            m_window.waitForFinished(20);
        }
        m_ground.blame(u"the window does not start: "_s + said());
        return false;
    }
    void signal(int number)
    {
        ::kill(m_pid, number);
        isOverInGoodOrder(u"signal %1"_s.arg(number));
    }
    // Its jobs are then left to the rescue.
    void loseDisplay()
    {
        m_display.end();
        if (!m_window.waitForFinished(kGraceMs))
            m_ground.blame(u"the window outlives its display"_s);
    }

private:
    void isOverInGoodOrder(const QString& why)
    {
        if (!m_window.waitForFinished(kGraceMs))
            m_ground.blame(u"the window does not end by %1: %2"_s.arg(why, said()));
        else if (m_window.exitStatus() != QProcess::NormalExit || m_window.exitCode() != 0)
            m_ground.blame(u"the window ended by %1 with %2: %3"_s.arg(why)
                               .arg(m_window.exitCode())
                               .arg(said()));
    }
    QString said() const
    {
        QFile file(m_ground.file(u"window"_s));
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll().right(1500))
                                              : QString();
    }

    Ground& m_ground;
    Display m_display;
    Desktop m_desktop;
    QProcess m_window;
    pid_t m_pid = 0;
};
} // namespace

void windowends(Ground& ground)
{
    Programs programs(ground, ground.url());
    ground.enqueue(ground.plan().jobs);
    programs.start(ground.plan().engines);
    programs.waitForWork();
    double byWindows = 0;
    for (int i = 0; i < ground.plan().blows; ++i) {
        if (ground.unfinished() < 200)
            ground.enqueue(200);
        Window window(ground);
        if (!window.begin())
            break;
        QThread::msleep(ulong(500 + ground.dice(3000)));
        if (i % 4 == 3)
            window.loseDisplay();
        else if (i % 2 == 1)
            window.logOut();
        else
            window.signal(std::array{SIGTERM, SIGHUP, SIGINT}[size_t(ground.dice(3))]);
        byWindows +=
            ground.number(u"SELECT COUNT(*) FROM queuedeck_attempt a JOIN queuedeck_claim c "
                          "ON c.id = a.claim WHERE c.engine LIKE '%/%1/%'"_s.arg(window.pid()));
        programs.missTheGone();
    }
    if (byWindows == 0)
        ground.blame(u"the windows ran no job"_s);
    finish(ground, programs);
}

} // namespace queuedeck::chaos
