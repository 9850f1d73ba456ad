// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>

namespace queuedeck::chaos {

/// An X server without a screen, for real windows.
class Display
{
public:
    Display();
    ~Display();

    /// For DISPLAY; empty if it did not start.
    QString name() const { return m_name; }
    /// Disconnects all its clients.
    void end();

private:
    QProcess m_server;
    QString m_name;
};

} // namespace queuedeck::chaos
