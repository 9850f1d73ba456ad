// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/bulk_import/importfile.h"

#include <QDir>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace queuedeck::handlers {

using base::ErrorKind;
using base::fail;
using base::Sentence;

base::Result<QString> importFile(const QString& folder, const QString& name)
{
    const QStringList steps = name.split(u'/');
    if (name.isEmpty() || QDir::isAbsolutePath(name) || steps.contains(u".."_s) ||
        name.contains(QChar::Null))
        return fail(
            ErrorKind::Invalid,
            Sentence::tr(
                "The file \"%1\" must be named by its path below the folder of imports, %2.")
                .arg(name, folder));
    const QFileInfo file(QDir(folder).filePath(name));
    if (!file.exists())
        return fail(ErrorKind::NotFound,
                    Sentence::tr("The file %1 is not on this computer. Put it into %2, and "
                                 "the import goes on by itself.")
                        .arg(name, folder));
    const QString path = file.canonicalFilePath();
    if (!path.startsWith(QDir(folder).canonicalPath() + u'/') || !QFileInfo(path).isFile())
        return fail(
            ErrorKind::Invalid,
            Sentence::tr("%1 leads out of the folder of imports, or is not a file.").arg(name));
    return path;
}

QString rejectedFileOf(const QString& path, const QString& job)
{
    return u"%1.%2.rejected.csv"_s.arg(path, job);
}

QString resultFileOf(const QString& path, const QString& job)
{
    return u"%1.%2.result.json"_s.arg(path, job);
}

} // namespace queuedeck::handlers
