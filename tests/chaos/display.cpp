// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/chaos/display.h"

#include <csignal>
#include <sys/prctl.h>

using namespace Qt::StringLiterals;

namespace queuedeck::chaos {

Display::Display()
{
    m_server.setStandardErrorFile(QProcess::nullDevice());
    m_server.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
    m_server.start(u"Xvfb"_s, {u"-displayfd"_s, u"1"_s, u"-screen"_s, u"0"_s, u"1280x800x24"_s,
                               u"-nolisten"_s, u"tcp"_s});
    while (!m_server.canReadLine() && m_server.waitForReadyRead(30'000))
        ;
    if (m_server.canReadLine()) // the display number, once it is usable
        m_name = u':' + QString::fromLatin1(m_server.readLine().trimmed());
}

Display::~Display()
{
    end();
}

void Display::end()
{
    m_server.terminate(); // leaves no lock file behind
    if (!m_server.waitForFinished(10'000)) {
        m_server.kill();
        m_server.waitForFinished();
    }
}

} // namespace queuedeck::chaos
