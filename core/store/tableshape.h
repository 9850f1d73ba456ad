// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/sentence.h"
#include "core/db/connection.h"
#include "core/domain/queuemode.h"
#include "core/store/timeform.h"

#include <QStringList>

#include <chrono>

namespace queuedeck::store {

/// What a database holds, read from its catalog at connect and never guessed: whose tables they
/// are, how each column is read, compared and written, how long it may be, and what is therefore
/// off. The web application's tables come in many shapes (uuid, text or number ids, json or jsonb,
/// times with or without a zone, enums, extra columns); all SQL is derived from this one.
struct TableShape
{
    struct Column
    {
        QString name;
        QString type; ///< as the database writes it: "timestamp(3) without time zone"
        QString base; ///< its plain name, for a domain the underlying type's: "uuid", "varchar",
                      ///< "timestamp"; SQLite: as declared, in lower case
        QString cast; ///< type to cast a text to: pg_catalog.uuid
        int mostCharacters = 0; ///< 0: no limit
        bool isNullable = true;
        bool hasDefault = false;
        bool isGenerated = false; ///< by an expression: cannot be written
        bool isIdentity = false;  ///< numbered by the database
        QStringList labels;       ///< of an enum

        bool isEnum() const { return !labels.isEmpty(); }
    };

    struct Table
    {
        bool exists = false;
        bool isPlain = true; ///< a table, not a view
        bool isPartitioned = false;
        bool hasRowNumbers = true; ///< SQLite: not made WITHOUT ROWID
        bool isStrict = false;     ///< SQLite: enforces the declared types
        QVector<Column> columns;

        const Column* column(const QString& name) const;
    };

    db::Dialect dialect = db::Dialect::Sqlite;
    domain::QueueMode mode = domain::QueueMode::Own;
    QString schema;     ///< PostgreSQL: of the application's tables
    QString jobName;    ///< usually Job
    QString companions; ///< prefix of our own tables' names: "queuedeck."
    Table job;
    Table scan;
    bool mayReadScans = true;
    bool mayChangeScans = true;
    bool hasRowSecurity = false; ///< which may silently hide rows and reject changes
    bool foldsByIcu = false;     ///< PostgreSQL: because its locale knows only ASCII letters
    bool hasTimeIndex = false;   ///< on (status, createdAt)
    bool timesAreOurs = true;    ///< every createdAt has our form, so that texts sort like times
    TimeForm createdForm = TimeForm::Ours; ///< SQLite: how times are written here
    TimeForm completedForm = TimeForm::Ours;
    TimeForm scanForm = TimeForm::Ours; ///< of ImageScan
    base::Sentence
        changesOff; ///< why jobs can only be viewed; empty if they can be changed and run
    base::Sentence enqueueOff; ///< why jobs cannot be added; empty if they can
    base::Sentence deleteOff;  ///< why jobs cannot be deleted, though they can be changed
    base::Sentences notes;     ///< what else a person should know, one sentence each
    base::Sentences
        lostByDelete; ///< what goes with a deleted job and Undo does not restore, likewise

    bool isGuest() const { return mode == domain::QueueMode::Guest; }
    bool idsAreUuids() const;
    bool idsAreTexts() const; ///< else numbers or uuids
    /// Whether an id of Job could be this text; no statement is run for any other.
    bool canBeId(const QString& text) const;
    bool canBeScanId(const QString& text) const;
    /// How long a running job without a lease must stay unchanged to count as stuck.
    std::chrono::milliseconds stuckGrace() const;
    /// An error cut to what the column takes.
    QString errorText(const QString& error) const;
    QVariant createdAt(const QDateTime& time) const { return timeValue(createdForm, time); }
    QVariant completedAt(const QDateTime& time) const { return timeValue(completedForm, time); }

    /// What the words in our statements stand for here.
    db::Connection::Words words() const;
};

/// Reads the catalog and sets the words of the connection. NotFound: there is no table Job, with
/// what exists instead; Denied: it may not be read.
base::Result<TableShape> readTableShape(db::Connection& connection);

/// A table that looks like a queue, anywhere in the database.
struct SimilarTable
{
    QString schema; ///< empty in a SQLite file
    QString table;

    QString name() const; ///< "app.Job", "jobs"
};

/// Most likely first; at most 10.
base::Result<QVector<SimilarTable>> similarTables(db::Connection& connection);

} // namespace queuedeck::store
