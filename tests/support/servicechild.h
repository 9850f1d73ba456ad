// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>

namespace queuedeck::test {

/// A server that belongs to one test: it runs without root privileges, since PostgreSQL and
/// PgBouncer refuse them, and dies with the test even if that is killed.
class ServiceChild : public QProcess
{
public:
    /// `lastSignal` is sent to the server when the test dies.
    explicit ServiceChild(int lastSignal);
    ~ServiceChild() override;

    /// Gives a file or folder to the user that the server will run as.
    static bool giveAway(const QString& path);
    /// A TCP port of 127.0.0.1 that was free a moment ago; 0 if there is none.
    static int freePort();
    /// The program's path in the usual folders; empty if it is not installed.
    static QString findProgram(const QString& name);

private:
    const int m_lastSignal;
};

} // namespace queuedeck::test
