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
    explicit Window(Testbed& testbed)
        : m_testbed(testbed)
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"DISPLAY"_s, m_display.name());
        environment.insert(u"QT_QPA_PLATFORM"_s, u"xcb"_s);
        environment.insert(u"SESSION_MANAGER"_s, QString::fromLocal8Bit(m_desktop.address()));
        environment.insert(u"QUEUEDECK_HOME"_s, Programs::homeOf(testbed));
        environment.insert(u"XDG_CONFIG_HOME"_s, Programs::homeOf(testbed));
        m_window.setProcessEnvironment(environment);
        m_window.setStandardErrorFile(testbed.file(u"window"_s));
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
            m_testbed.blame(u"the window does not join the session of the desktop"_s);
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
        m_testbed.blame(u"the window does not start: "_s + said());
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
            m_testbed.blame(u"the window outlives its display"_s);
    }

private:
    void isOverInGoodOrder(const QString& why)
    {
        if (!m_window.waitForFinished(kGraceMs))
            m_testbed.blame(u"the window does not end by %1: %2"_s.arg(why, said()));
        else if (m_window.exitStatus() != QProcess::NormalExit || m_window.exitCode() != 0)
            m_testbed.blame(u"the window ended by %1 with %2: %3"_s.arg(why)
                                .arg(m_window.exitCode())
                                .arg(said()));
    }
    QString said() const
    {
        QFile file(m_testbed.file(u"window"_s));
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll().right(1500))
                                              : QString();
    }

    Testbed& m_testbed;
    Display m_display;
    Desktop m_desktop;
    QProcess m_window;
    pid_t m_pid = 0;
};
} // namespace

void windowends(Testbed& testbed)
{
    Programs programs(testbed, testbed.url());
    testbed.enqueue(testbed.plan().jobs);
    programs.start(testbed.plan().engines);
    programs.waitForWork();
    double byWindows = 0;
    for (int i = 0; i < testbed.plan().blows; ++i) {
        if (testbed.unfinished() < 200)
            testbed.enqueue(200);
        Window window(testbed);
        if (!window.begin())
            break;
        QThread::msleep(ulong(500 + testbed.dice(3000)));
        if (i % 4 == 3)
            window.loseDisplay();
        else if (i % 2 == 1)
            window.logOut();
        else
            window.signal(std::array{SIGTERM, SIGHUP, SIGINT}[size_t(testbed.dice(3))]);
        byWindows +=
            testbed.number(u"SELECT COUNT(*) FROM queuedeck_attempt a JOIN queuedeck_claim c "
                           "ON c.id = a.claim WHERE c.engine LIKE '%/%1/%'"_s.arg(window.pid()));
        programs.missTheGone();
    }
    if (byWindows == 0)
        testbed.blame(u"the windows ran no job"_s);
    finish(testbed, programs);
}

} // namespace queuedeck::chaos
