// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <QVector>

namespace queuedeck::service {

/// How this computer runs the jobs of a type: built in, or by a program that a file in the user's
/// folder handlers.d names.
struct LocalHandler
{
    QString type;        ///< empty: the folder itself, which has a problem
    QString file;        ///< full path; empty: built in
    QStringList command; ///< of a file that is used
    QString problem;     ///< why the file is not used, or the type not claimed; empty: it is
    int concurrency = 0; ///< most of its jobs at the same time here; 0: no limit
    int perMinute = 0;   ///< most of its jobs begun within a minute; 0: no limit

    bool isUsed() const { return problem.isEmpty(); }
    bool operator==(const LocalHandler&) const = default;
};

/// The folder of the user's own handlers.
QString handlersFolder();

/// What this computer can run, and which files it does not use and why, sorted by type. Also puts
/// the schemas of the files into use. Blocks; from any thread.
QVector<LocalHandler> readLocalHandlers();

/// The types that can be run.
QStringList typesOf(const QVector<LocalHandler>& handlers);

/// "TYPE.json in handlers.d is not used: …" or "Jobs of TYPE stay pending: …", one line for each
/// file that has a problem and, unless `type` is empty, is of that type.
QString problemsOf(const QVector<LocalHandler>& handlers, const QString& type = {});

} // namespace queuedeck::service
