// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace queuedeck::chaos {

/// Triggers of the test's own that write down every move of a row, every claim and every
/// settlement, in the order in which they hold the row, and the questions asked of it. One number
/// each.
struct Audit
{
    QStringList make;
    QString settledTwice;
    QString reentered;   ///< finished jobs that an engine began again
    QString stale;       ///< results of a claim that was not the job's last
    QString leaked;      ///< leases that are left
    QString lateSeconds; ///< of the latest rescue, after its lease
    QString written;     ///< results of runs, as the history has them
    QString lost;        ///< runs whose engine was lost, likewise
};

const Audit& postgresAudit();
const Audit& sqliteAudit();

} // namespace queuedeck::chaos
