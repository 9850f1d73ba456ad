// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/domain/importsink.h"
#include "core/domain/job.h"

#include <QFuture>
#include <QJsonObject>
#include <QMap>

#include <functional>
#include <memory>
#include <stop_token>

namespace queuedeck::async {
class TaskThread;
}

namespace queuedeck::service {

class SessionThreads;

/// A file to import and how to read it. What is empty is found out.
struct ImportChoice
{
    QString file;
    domain::ImportTarget target = domain::ImportTarget::Customers;
    QMap<QString, QString> mapping = {}; ///< columns by field, where they are not as proposed
    QString tenant = {};                 ///< the id; empty: the only one
    QString user = {};                   ///< of scans, by id or name; likewise
    QString encoding = {};               ///< UTF-8, UTF-16 LE, UTF-16 BE, Windows-1252
    QString separator = {};              ///< one character
    QString numbers = {};                ///< 1.234,56 or 1,234.56
    QString dates = {};                  ///< "day first" or "month first"
    bool mayUpdate = true;
    bool hasNames = true;  ///< a line of the file holds the names of its columns
    qint64 headerLine = 0; ///< which; 0: found out
};

/// What a file seems to hold.
struct ImportLook
{
    struct Column
    {
        QString name;
        QString example;          ///< of the first line
        QString field;            ///< as proposed; empty: none
        bool isSuggested = false; ///< by a part of its name
    };

    qint64 bytes = 0;
    bool isText = true; ///< CSV; encoding and separator of a workbook are empty
    QString encoding;
    QString encodingWhy; ///< what it was recognised by, an English sentence
    QString separator;
    QString sheet;
    qint64 headerLine = 1;
    QVector<Column> columns;
};

/// What an import did or would do.
struct ImportResult
{
    /// A column of the file and what it is used for.
    struct Column
    {
        QString name;
        QString field;            ///< empty: left out
        bool isSuggested = false; ///< by a part of its name
    };
    struct Rejection
    {
        qint64 line = 0;
        QString reason;
    };

    /// A line of the file as it would be imported.
    struct Shown
    {
        qint64 line = 0;
        domain::ImportVerdict::Kind kind = domain::ImportVerdict::Kind::Created;
        QStringList values;          ///< of previewFields
        QMap<int, QString> faults;   ///< why a value is wrong, by its place in `values`
        QMap<int, QString> warnings; ///< likewise
        QString reason;              ///< of a rejection that is due to no single value
    };

    QString encoding; ///< of a CSV file; with the next three empty in results of a job
    QString separator;
    QString numbers; ///< 1.234,56 or 1,234.56
    QVector<Column> columns;
    qint64 rows = 0; ///< lines with data
    qint64 created = 0;
    qint64 updated = 0;
    qint64 unchanged = 0;
    qint64 rejected = 0;
    QMap<QString, qint64> reasons;
    QVector<Rejection> first;
    QString rejectedFile; ///< empty: none
    // Of a trial only, the first few hundred lines of each kind:
    QStringList previewFields;
    QVector<Shown> preview;
    QVector<Shown> previewProblems;
    QVector<Shown> previewWarnings;
    qint64 warnings = 0; ///< lines that are imported but look odd
};

struct AddedImport
{
    domain::JobId job;
    QString file; ///< the copy that the job reads
};

/// Imports of files. No file is read on the calling thread; imports have a thread and a connection
/// of their own.
class ImportService
{
public:
    /// `onAdded` is called after a job was added, on the thread of imports.
    ImportService(std::shared_ptr<SessionThreads> threads, std::function<void()> onAdded);
    ~ImportService();

    /// Called after each batch, on the thread of imports.
    using Progress = std::function<void(qint64 done, qint64 all)>;

    /// What the file seems to hold and what its columns are for.
    QFuture<base::Result<ImportLook>> look(const ImportChoice& choice);
    /// Writes everything and rolls it back, batch by batch. `rejectedFile`: where to save rejected
    /// lines; empty: nowhere. Invalid: the file or the choice, and why; Cancelled by `stop`.
    QFuture<base::Result<ImportResult>> tryOut(const ImportChoice& choice,
                                               const QString& rejectedFile = {},
                                               const std::stop_token& stop = {},
                                               const Progress& progress = {});
    /// Moves the rejected lines of a trial to where the user wants them.
    QFuture<base::Result<QString>> keepRejected(const QString& from, const QString& to);
    /// Checks the file's header against the choice, copies it into the folder of imports, and adds
    /// the job. Copies older than 30 days are removed then.
    QFuture<base::Result<AddedImport>> add(const ImportChoice& choice);
    /// What a completed import did here; NotFound: it did not run on this computer.
    QFuture<base::Result<ImportResult>> result(const AddedImport& added);

private:
    std::shared_ptr<SessionThreads> m_threads;
    std::function<void()> m_onAdded;
    std::unique_ptr<async::TaskThread> m_thread;
};

} // namespace queuedeck::service
