// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <QVector>

namespace queuedeck::service {

/// How this computer runs the jobs of a type: built in, or by a program that a file in the folder
/// handlers.d of the user's home names.
struct LocalHandler
{
    QString type;        ///< empty: the whole folder, which has a problem
    QString file;        ///< its whole path; empty: built in
    QStringList command; ///< of a file that is used
    QString problem;     ///< why the file is not used; empty: it is

    bool isUsed() const { return problem.isEmpty(); }
    bool operator==(const LocalHandler&) const = default;
};

/// The folder of the user's own handlers.
QString handlersFolder();

/// What this computer can run, and which files it does not use and why, in the order of types.
/// Takes the schemas of the files into use, too. Blocks; from any thread.
QVector<LocalHandler> readLocalHandlers();

/// The types that can be run.
QStringList typesOf(const QVector<LocalHandler>& handlers);

/// "TYPE.json in handlers.d is not used: …", for each file that has a problem and, unless `type` is
/// empty, is of that type; on lines.
QString problemsOf(const QVector<LocalHandler>& handlers, const QString& type = {});

} // namespace queuedeck::service
