// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/domain/queuemode.h"

#include <QDateTime>
#include <QFuture>
#include <QStringList>

#include <chrono>

namespace queuedeck::service {

/// A table that looks like a queue and is not the one the address names.
struct OtherQueue
{
    QString schema; ///< empty in a SQLite file
    QString table;
    QString name; ///< "app.Job"
};

/// What is there at an address, looked at before anything is opened or made.
struct Survey
{
    QString address; ///< masked: never a password
    QString server;  ///< "PostgreSQL 15.8"
    QString user;    ///< who one is signed in as; empty for a file
    std::chrono::milliseconds took{0};
    QDateTime lookedAt;    ///< UTC
    bool isFile = false;   ///< a SQLite file
    bool isPooled = false; ///< behind a transaction pooler: nobody can be heard
    bool hasJob = false;
    bool hasScans = false;
    bool hasCompanions = false;                        ///< Queuedeck's own tables
    bool mayCreate = false;                            ///< this user may make them
    domain::QueueMode mode = domain::QueueMode::Guest; ///< says nothing without a table Job
    QString changesOff; ///< why jobs can only be looked at; empty if they can be changed and run
    QString enqueueOff;
    QStringList notes;
    QVector<OtherQueue> others = {}; ///< where there is no table Job: a second one is not wanted
};

/// Looks, read-only, on a thread of its own. Errors: see db::Connection; Denied when the table may
/// not be read.
QFuture<base::Result<Survey>> survey(const QString& address);

/// The same address, naming that queue instead: see db::DatabaseUrl::withTable.
base::Result<QString> addressOf(const QString& address, const OtherQueue& queue);

/// An address in two halves: what may be shown and kept, and the password. See db::splitAddress.
struct AddressParts
{
    QString address;
    QString password;
};
AddressParts partsOf(const QString& address);
QString addressOf(const AddressParts& parts);

/// Makes the tables that are missing there, Queuedeck's own and those of the guide's model. Gives
/// how many of them are Queuedeck's own.
QFuture<base::Result<int>> createTables(const QString& address);

/// The SQL that createTables runs, for reading; empty for an address that cannot be read.
QString tablesSql(const QString& address);

/// How many tables Queuedeck makes for itself.
int companionTables();

} // namespace queuedeck::service
