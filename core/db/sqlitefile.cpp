// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/db/sqlitefile.h"

#include "core/base/privatefiles.h"
#include "core/base/sentence.h"

#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace queuedeck::db {

using base::ErrorKind;
using base::Sentence;

namespace {
constexpr mode_t kOwnerOnly = 0600;

base::Result<SqliteFile> make(const QString& path)
{
    const QByteArray name = QFile::encodeName(path);
    const int made =
        ::open(name.constData(), O_CREAT | O_EXCL | O_NOFOLLOW | O_RDWR | O_CLOEXEC, kOwnerOnly);
    if (made >= 0) {
        ::fchmod(made, kOwnerOnly); // a umask may have removed the owner's permissions, too
        ::close(made);
        return SqliteFile{true};
    }
    if (errno != EEXIST)
        return base::fail(
            ErrorKind::Unreachable,
            Sentence::tr("The database file %1 cannot be made (%2). Check the permissions of its "
                         "folder.")
                .arg(path, qt_error_string(errno)));
    struct stat found = {};
    if (::lstat(name.constData(), &found) != 0)
        return base::fail(ErrorKind::Unreachable,
                          Sentence::tr("The database file %1 cannot be examined (%2).")
                              .arg(path, qt_error_string(errno)));
    if (S_ISLNK(found.st_mode))
        return base::fail(
            ErrorKind::Denied,
            Sentence::tr("%1 is a link, and a database of your own is not opened through one. "
                         "Remove the link, or open the file it leads to by its own path.")
                .arg(path));
    if (S_ISDIR(found.st_mode))
        return base::fail(ErrorKind::Invalid,
                          Sentence::tr("%1 is a folder, not a database file.").arg(path));
    if (!S_ISREG(found.st_mode) || found.st_uid != ::geteuid())
        return base::fail(
            ErrorKind::Denied,
            Sentence::tr("The file %1 belongs to another user, so it is not opened as a database "
                         "of your own. Move it away, or choose another place with "
                         "QUEUEDECK_HOME.")
                .arg(path));
    if ((found.st_mode & 077) != 0) { // as created by earlier versions
        for (const char* suffix : {"", "-wal", "-shm", "-journal"})
            ::chmod((name + suffix).constData(), kOwnerOnly);
    }
    return SqliteFile{found.st_size == 0};
}

// Bytes 18 and 19 of the header are the write and read format versions; 2 means write-ahead log.
bool hasWriteAheadLog(const QString& path)
{
    QFile file(path);
    constexpr qint64 kVersions = 18;
    return file.open(QIODevice::ReadOnly) && file.seek(kVersions) &&
           file.read(2) == QByteArray("\x02\x02", 2);
}
} // namespace

base::Result<SqliteFile> prepareSqliteFile(const QString& path, OpenMode mode)
{
    const QFileInfo file(path);
    if (mode == OpenMode::Create) {
        // An existing folder is left alone: it may be /tmp.
        if (const QString folder = file.absolutePath(); !QFileInfo(folder).isDir()) {
            if (const base::Status made = base::makePrivateFolder(folder); !made)
                return base::fail(ErrorKind::Unreachable,
                                  made.error().detail +
                                      Sentence::tr(" Check the path and its permissions, or choose "
                                                   "another with QUEUEDECK_HOME."));
        }
        return make(path);
    }
    if (!file.exists())
        return base::fail(
            ErrorKind::NotFound,
            Sentence::tr("There is no database file %1. `queuedeckctl --db sqlite:%1 init` "
                         "creates one.")
                .arg(path));
    if (file.isDir())
        return base::fail(ErrorKind::Invalid,
                          Sentence::tr("%1 is a folder, not a database file.").arg(path));
    return SqliteFile{};
}

base::Error aboutItsFolder(const base::Error& error, const QString& path)
{
    const QString folder = QFileInfo(path).absolutePath();
    const bool mayWrite =
        ::faccessat(AT_FDCWD, QFile::encodeName(folder).constData(), W_OK, AT_EACCESS) == 0;
    if (mayWrite || error.recovery == base::Recovery::ForGood || !hasWriteAheadLog(path))
        return error;
    return base::fail(
        ErrorKind::Denied,
        Sentence::tr("The database file %1 has a write-ahead log, for which SQLite makes files "
                     "beside it even to read, and you may not write to the folder %2. Get the "
                     "right to, or copy the file together with its -wal to a folder of yours. "
                     "Without the log it is not opened: another program may be writing.")
            .arg(path, folder));
}

} // namespace queuedeck::db
