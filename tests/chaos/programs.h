// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/chaos/testbed.h"

#include <QMap>

namespace queuedeck::chaos {

/// Engines as users run them: `queuedeckctl process --watch`, each a process of its own, whose jobs
/// are run by a user's command: it takes 100 ms, records its start and its end in the ledger, and
/// fails some for good. None of them may exit before it is told to, and what it reports then must
/// be true.
class Programs
{
public:
    /// Starts all of them as this database user, with these additional variables.
    Programs(Testbed& testbed, const db::DatabaseUrl& url, QMap<QString, QString> environment = {});
    ~Programs();

    void start(int count);
    /// Waits until they have completed some jobs, so that what fails later has worked before.
    void waitForWork();
    /// Reports those that have exited by themselves, once.
    void missTheGone();
    /// SIGTERM to that one, which must hand its jobs back; then another in its place.
    void replace(qsizetype index);
    /// SIGTERM to all, and compares what they report with what was run and written.
    void stop();

    qsizetype count() const { return qsizetype(m_running.size()); }
    /// For QUEUEDECK_HOME: contains the handlers and, if a window works, its database.
    static QString homeOf(const Testbed& testbed) { return testbed.file(QStringLiteral("home")); }
    static void writeHandler(const Testbed& testbed);

private:
    struct Engine
    {
        QString name;
        std::unique_ptr<QProcess> process;
    };
    void finish(Engine& engine);
    QString lastWords(const Engine& engine) const;

    Testbed& m_testbed;
    const db::DatabaseUrl m_url;
    const QMap<QString, QString> m_environment;
    std::vector<Engine> m_running;
    int m_started = 0;
    int m_told = 0; ///< results that could not be written, as reported by engines that exited
};

/// Waits until no job is unfinished; then stops the engines and evaluates the ledger.
void finish(Testbed& testbed, Programs& programs);

} // namespace queuedeck::chaos
