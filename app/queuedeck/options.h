// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/link.h"

#include <QString>
#include <QStringList>

namespace queuedeck::app {

/// How the window is to start.
struct Options
{
    QString address;         ///< --db, or the environment; empty = first-run page
    QString connection;      ///< --connection: the name of a saved one
    bool isDemo = false;     ///< --demo: the sample data, and the engine running
    bool isReadOnly = false; ///< --read-only: the database itself refuses changes
    QString page;            ///< --page: overview, jobs or scans
    domain::Link link;       ///< the place that a link names
    base::Sentence trouble;  ///< why a link cannot be followed; the window says it

    /// Whether help or the version is requested, which parse() prints.
    static bool wantsWords(const QStringList& arguments);

    /// Prints help, the version or an error, and ends the program, where that is requested or due.
    static Options parse(const QStringList& arguments);
};

} // namespace queuedeck::app
