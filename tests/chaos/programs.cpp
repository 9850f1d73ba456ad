// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/chaos/programs.h"

#include "tests/chaos/ledger.h"
#include "tests/support/ownhandlers.h"

#include <QDeadlineTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcessEnvironment>
#include <QThread>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace queuedeck::chaos {

namespace {
constexpr int kGraceMs = 30'000; // 20 s are guaranteed
constexpr std::chrono::seconds kLongest{240};
} // namespace

Programs::Programs(Testbed& testbed, const db::DatabaseUrl& url, QMap<QString, QString> environment)
    : m_testbed(testbed)
    , m_url(url)
    , m_environment(std::move(environment))
{
    writeHandler(testbed);
}

Programs::~Programs()
{
    for (const Engine& engine : m_running) {
        engine.process->kill();
        engine.process->waitForFinished(5000);
    }
}

void Programs::writeHandler(const Testbed& testbed)
{
    const QString script =
        u"echo \"S $QUEUEDECK_JOB_ID $QUEUEDECK_ATTEMPT o\" >> '%1'; sleep 0.1; "
        "echo \"F $QUEUEDECK_JOB_ID $QUEUEDECK_ATTEMPT o\" >> '%1'; "
        "case $QUEUEDECK_JOB_ID in *7) exit 65;; esac"_s.arg(testbed.file(kLedgerFile));
    const QJsonObject handler{{u"command"_s, QJsonArray{u"/bin/sh"_s, u"-c"_s, script}}};
    if (!tests::writeHandler(homeOf(testbed) + u"/handlers.d"_s, u"noop.json"_s,
                             QJsonDocument(handler).toJson()))
        qFatal("chaos: the handler cannot be written");
}

void Programs::start(int count)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"QUEUEDECK_DATABASE_URL"_s, addressText(m_url));
    environment.insert(u"QUEUEDECK_HOME"_s, homeOf(m_testbed));
    for (auto variable = m_environment.cbegin(); variable != m_environment.cend(); ++variable)
        environment.insert(variable.key(), variable.value());
    for (int i = 0; i < count; ++i) {
        Engine engine{u"engine-%1"_s.arg(++m_started), std::make_unique<QProcess>()};
        engine.process->setProcessEnvironment(environment);
        engine.process->setStandardErrorFile(m_testbed.file(engine.name));
        engine.process->start(
            QStringLiteral(QUEUEDECK_BIN_DIR "/queuedeckctl"),
            {u"--json"_s, u"process"_s, u"--watch"_s, u"--concurrency"_s, u"4"_s});
        m_running.push_back(std::move(engine));
    }
}

void Programs::waitForWork()
{
    const QDeadlineTimer deadline(60'000);
    while (!deadline.hasExpired()) {
        if (m_testbed.number(m_testbed.audit().written) >= 8)
            return;
        QThread::msleep(50);
    }
    for (const Engine& engine : m_running)
        m_testbed.blame(u"%1 does not work: %2"_s.arg(engine.name, lastWords(engine)));
}

QString Programs::lastWords(const Engine& engine) const
{
    QFile said(m_testbed.file(engine.name));
    return said.open(QIODevice::ReadOnly) ? QString::fromUtf8(said.readAll().right(1500)).trimmed()
                                          : QString();
}

void Programs::missTheGone()
{
    std::erase_if(m_running, [this](Engine& engine) {
        engine.process->waitForFinished(0);
        if (engine.process->state() != QProcess::NotRunning)
            return false;
        m_testbed.blame(u"%1 is gone: %2"_s.arg(engine.name, lastWords(engine)));
        return true;
    });
}

// What it says at its end must match what happened, and so must its exit code.
void Programs::finish(Engine& engine)
{
    QProcess& process = *engine.process;
    if (!process.waitForFinished(kGraceMs)) {
        m_testbed.blame(u"%1 does not end: %2"_s.arg(engine.name, lastWords(engine)));
        return;
    }
    const QJsonObject said = QJsonDocument::fromJson(process.readAllStandardOutput()).object();
    const int unsettled = said[u"unsettled"_s].toInt();
    m_told += unsettled;
    if (process.exitStatus() != QProcess::NormalExit || !said.contains(u"processed"_s) ||
        process.exitCode() != (unsettled > 0 ? 1 : 0))
        m_testbed.blame(u"%1 ended with %2 and said %3 unsettled: %4"_s.arg(engine.name)
                            .arg(process.exitCode())
                            .arg(unsettled)
                            .arg(lastWords(engine)));
}

void Programs::replace(qsizetype index)
{
    Engine old = std::move(m_running[size_t(index)]);
    m_running.erase(m_running.begin() + index);
    old.process->terminate();
    start(1);
    finish(old);
}

void Programs::stop()
{
    missTheGone();
    for (const Engine& engine : m_running)
        engine.process->terminate();
    for (Engine& engine : m_running)
        finish(engine);
    m_running.clear();
    int run = 0;
    const Ledger ledger = Ledger::read(m_testbed.file(kLedgerFile));
    for (const Ledger::Runs& runs : ledger.jobs)
        run += runs.finishedHere;
    const int unwritten = run - int(m_testbed.number(m_testbed.audit().written));
    const int lost = int(m_testbed.number(m_testbed.audit().lost)); // recorded in the history
    if (unwritten > m_told + lost)
        m_testbed.blame(
            u"%1 results were not written, and the engines told %2"_s.arg(unwritten).arg(m_told));
}

void finish(Testbed& testbed, Programs& programs)
{
    const QDeadlineTimer deadline(kLongest);
    while (!testbed.waitUntilDone(1s)) {
        programs.missTheGone();
        if (programs.count() > 0 && !deadline.hasExpired())
            continue;
        qWarning("chaos: not done");
        break;
    }
    programs.stop();
}

} // namespace queuedeck::chaos
