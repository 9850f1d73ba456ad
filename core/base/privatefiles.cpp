// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/privatefiles.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace queuedeck::base {

Status makePrivateFolder(const QString& path)
{
    const auto refused = [&path](int code) {
        return fail(
            ErrorKind::Denied,
            Sentence::tr("The folder %1 cannot be made: %2.").arg(path, qt_error_string(code)));
    };
    const QString whole = QDir::cleanPath(QDir().absoluteFilePath(path));
    struct stat status = {};
    for (qsizetype end = whole.indexOf(u'/', 1);; end = whole.indexOf(u'/', end + 1)) {
        const QByteArray part = QFile::encodeName(end < 0 ? whole : whole.left(end));
        if (::mkdir(part.constData(), S_IRWXU) == 0) {
            if (::chmod(part.constData(), S_IRWXU) !=
                0) // a umask can remove even our own permissions
                return refused(errno);
        } else if (::stat(part.constData(), &status) != 0 || !S_ISDIR(status.st_mode)) {
            return refused(errno);
        } else if (end < 0 && (status.st_mode & (S_IWGRP | S_IWOTH)) != 0 &&
                   status.st_uid == ::geteuid() && ::chmod(part.constData(), S_IRWXU) != 0) {
            return refused(errno);
        }
        if (end < 0)
            return {};
    }
}

Status makePrivateFile(const QString& path)
{
    if (const QString folder = QFileInfo(path).absolutePath(); !QFileInfo(folder).isDir()) {
        if (Status made = makePrivateFolder(folder); !made)
            return made;
    }
    constexpr mode_t kOwnerOnly = S_IRUSR | S_IWUSR;
    const int file = ::open(QFile::encodeName(path).constData(),
                            O_CREAT | O_RDONLY | O_CLOEXEC | O_NONBLOCK, kOwnerOnly);
    struct stat status = {};
    const bool isOurs = file >= 0 && ::fstat(file, &status) == 0 && status.st_uid == ::geteuid();
    const int code = !isOurs || ::fchmod(file, kOwnerOnly) == 0 ? 0 : errno;
    const int failed = file < 0 ? errno : code;
    if (file >= 0)
        ::close(file);
    if (failed != 0)
        return fail(ErrorKind::Denied, Sentence::tr("The file %1 cannot be made private: %2.")
                                           .arg(path, qt_error_string(failed)));
    return {};
}

} // namespace queuedeck::base
