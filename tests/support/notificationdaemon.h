// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/keyring.h"

#include <QJsonArray>

namespace queuedeck::test {

/// A real notification daemon (dunst) on the private bus of a desktop session, with an X server of
/// its own. The desktop of the user who runs the tests sees nothing.
class NotificationDaemon
{
public:
    /// `session` must have been started and outlive this.
    explicit NotificationDaemon(const Keyring& session);
    ~NotificationDaemon();

    /// False if a program is missing or does not start; then reason() says why.
    bool start();
    QString reason() const { return m_reason; }

    int displayed() const; ///< how many are shown now
    bool press();          ///< the newest one itself
    bool closeAll();
    /// Whether history() can be asked: dunstctl needs busctl for it.
    static bool hasHistory();
    QJsonArray history() const; ///< what was closed, the newest first, as dunst tells it

private:
    QByteArray ask(const QStringList& arguments) const;

    QProcessEnvironment m_environment;
    QProcess m_screen;
    QProcess m_daemon;
    QTemporaryDir m_folder;
    QString m_reason;
};

} // namespace queuedeck::test
