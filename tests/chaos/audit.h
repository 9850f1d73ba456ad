// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace queuedeck::chaos {

/// Triggers that record every change of a row, every claim and every settlement, in the order in
/// which they hold the row, and the queries that evaluate the record. Each query gives one number.
struct Audit
{
    QStringList make;
    QString settledTwice;
    QString reentered;   ///< finished jobs that an engine began again
    QString stale;       ///< results of a claim other than the job's last
    QString leaked;      ///< leases that remain
    QString lateSeconds; ///< of the latest rescue, after its lease
    QString written;     ///< results of runs, according to the history
    QString lost;        ///< runs whose engine was lost, likewise
};

const Audit& postgresAudit();
const Audit& sqliteAudit();

} // namespace queuedeck::chaos
