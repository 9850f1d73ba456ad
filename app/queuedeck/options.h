// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace queuedeck::app {

/// How the window is to start.
struct Options
{
    QString address;     ///< --db, or the environment; empty = first-run page
    bool isDemo = false; ///< --demo: the sample data, and the engine running
    QString page;        ///< --page: overview, jobs or scans

    /// Help or version is asked for, which parse() prints.
    static bool wantsWords(const QStringList& arguments);

    /// Prints help, version or what is wrong, and ends the program, where that is asked or due.
    static Options parse(const QStringList& arguments);
};

} // namespace queuedeck::app
