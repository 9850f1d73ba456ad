// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/domain/queuemode.h"

#include <QDateTime>
#include <QFuture>
#include <QStringList>

#include <chrono>

namespace queuedeck::service {

/// A table that looks like a queue but is not the one the address names.
struct OtherQueue
{
    QString schema; ///< empty in a SQLite file
    QString table;
    QString name; ///< "app.Job"
};

/// What exists at an address, inspected before anything is opened or created.
struct Survey
{
    QString address; ///< masked: never a password
    QString server;  ///< "PostgreSQL 15.8"
    QString user;    ///< the user signed in; empty for a file
    std::chrono::milliseconds took{0};
    QDateTime surveyedAt;  ///< UTC
    bool isFile = false;   ///< a SQLite file
    bool isPooled = false; ///< behind a transaction pooler: no notifications
    bool hasJob = false;
    bool hasScans = false;
    bool hasCompanions = false;                        ///< Queuedeck's own tables
    bool mayCreate = false;                            ///< this user may create them
    domain::QueueMode mode = domain::QueueMode::Guest; ///< meaningless without a table Job
    base::Sentence
        changesOff; ///< why jobs can only be viewed; empty if they can be changed and run
    base::Sentence enqueueOff;
    base::Sentence deleteOff;
    base::Sentences notes;
    QVector<OtherQueue> others = {}; ///< if there is no table Job: do not create a second queue
};

/// Inspects it, read-only, on a separate thread. Errors: see db::Connection; Denied if the table
/// may not be read.
QFuture<base::Result<Survey>> survey(const QString& address);

/// The same address, naming that queue instead: see db::DatabaseUrl::withTable.
base::Result<QString> addressOf(const QString& address, const OtherQueue& queue);

/// An address in two parts: what may be shown and stored, and the password. See db::splitAddress.
struct AddressParts
{
    QString address;
    QString password;
};
AddressParts partsOf(const QString& address);
QString addressOf(const AddressParts& parts);

/// Creates the missing tables, Queuedeck's own and those of the guide's model. Returns how many of
/// them are Queuedeck's own.
QFuture<base::Result<int>> createTables(const QString& address);

/// The SQL that createTables runs, for review; empty for an invalid address.
QString tablesSql(const QString& address);

/// How many tables Queuedeck creates for itself.
int companionTables();

} // namespace queuedeck::service
