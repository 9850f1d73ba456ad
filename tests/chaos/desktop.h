// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <atomic>
#include <thread>

namespace queuedeck::chaos {

/// The session manager of a desktop, as programs meet it at logout (XSMP): it asks them to save
/// their state and then to exit. One at a time, on a thread of its own.
class Desktop
{
public:
    Desktop();
    ~Desktop();

    /// For SESSION_MANAGER; empty if it could not listen.
    QByteArray address() const { return m_address; }
    /// Whether a program has joined the session.
    bool hasMember() const { return m_hasMember; }
    void logOut() { m_isEnding = true; }

private:
    void loop(const std::stop_token& stop);

    QByteArray m_address;
    std::atomic<bool> m_hasMember = false;
    std::atomic<bool> m_isEnding = false;
    std::jthread m_thread;
};

} // namespace queuedeck::chaos
