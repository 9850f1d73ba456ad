// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/privatefiles.h"

#include <QDir>
#include <QFile>

#include <cerrno>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace queuedeck::base {

Status makePrivateFolder(const QString& path)
{
    const auto refused = [&path](int code) {
        return fail(ErrorKind::Denied,
                    u"The folder %1 cannot be made: %2."_s.arg(path, qt_error_string(code)));
    };
    const QString whole = QDir::cleanPath(QDir().absoluteFilePath(path));
    struct stat status = {};
    for (qsizetype end = whole.indexOf(u'/', 1);; end = whole.indexOf(u'/', end + 1)) {
        const QByteArray part = QFile::encodeName(end < 0 ? whole : whole.left(end));
        if (::mkdir(part.constData(), S_IRWXU) == 0) {
            if (::chmod(part.constData(), S_IRWXU) != 0) // a umask can take our own rights
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

} // namespace queuedeck::base
