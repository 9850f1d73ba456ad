// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QProcessEnvironment>
#include <QTemporaryDir>

namespace queuedeck::test {

/// A private desktop session: a message bus of its own and, on request, a real gnome-keyring on it
/// with files in a folder of its own. The keychain of the user who runs the tests is never touched.
class Keyring
{
public:
    enum class Kind { None, Unlocked };

    Keyring();
    ~Keyring();

    /// False if the programs are not installed or do not start; then reason() says why.
    bool start(Kind kind);
    QString reason() const { return m_reason; }
    /// The environment in which a program sees this session, and no other one.
    QProcessEnvironment environment() const { return m_environment; }

    bool lock();
    void freeze(bool isFrozen); ///< it keeps its bus name, but does not answer
    QString folder() const { return m_folder.path(); }

private:
    QTemporaryDir m_folder;
    QProcess m_bus;
    QProcess m_daemon;
    QProcessEnvironment m_environment;
    QString m_reason;
};

} // namespace queuedeck::test
