// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/chaos/ground.h"

#include <QMap>

namespace queuedeck::chaos {

/// Engines as people run them: `queuedeckctl process --watch`, each a process of its own, whose
/// jobs a command of the user's runs: it takes 100 ms, notes its start and its end in the ledger,
/// and fails some for good. None of them may end before it is told to, and what it says then must
/// be so.
class Programs
{
public:
    /// All of them as this user of the database, with these variables besides.
    Programs(Ground& ground, const db::DatabaseUrl& url, QMap<QString, QString> environment = {});
    ~Programs();

    void start(int count);
    /// Until they have completed some jobs: what fails later has worked before.
    void waitForWork();
    /// Blames those that have ended by themselves, once.
    void missTheGone();
    /// SIGTERM to that one, which must hand back in good order; then another in its place.
    void replace(qsizetype index);
    /// SIGTERM to all, and compares what they say with what was run and written.
    void stop();

    qsizetype count() const { return qsizetype(m_running.size()); }
    /// What QUEUEDECK_HOME names: handlers and, where a window works, its database.
    static QString homeOf(const Ground& ground) { return ground.file(QStringLiteral("home")); }
    static void writeHandler(const Ground& ground);

private:
    struct Engine
    {
        QString name;
        std::unique_ptr<QProcess> process;
    };
    void finish(Engine& engine);
    QString lastWords(const Engine& engine) const;

    Ground& m_ground;
    const db::DatabaseUrl m_url;
    const QMap<QString, QString> m_environment;
    std::vector<Engine> m_running;
    int m_started = 0;
    int m_told = 0; ///< results that could not be written, as ended engines said
};

/// Ends when nothing is unfinished; then the engines end, and the ledger is compared.
void finish(Ground& ground, Programs& programs);

} // namespace queuedeck::chaos
