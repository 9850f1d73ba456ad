// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/wholefile.h"

#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace queuedeck::base {

namespace {
Error cannotWrite(const QString& path, const Sentence& why)
{
    return fail(ErrorKind::Internal,
                Sentence::tr("The file %1 cannot be written: %2.").arg(path, why));
}

Error alreadyThere(const QString& path)
{
    return fail(ErrorKind::Denied,
                Sentence::tr("The file %1 already exists and is not overwritten without --force.")
                    .arg(path));
}

// A folder, a device, a pipe: nothing that a file may take the place of, whoever forces it.
bool isNoFile(const QString& path)
{
    const QFileInfo info(path);
    return !info.isSymLink() && info.exists() && !info.isFile();
}

Error noFile(const QString& path)
{
    return fail(ErrorKind::Denied,
                Sentence::tr("%1 is not a file, so it is not replaced.").arg(path));
}

QString systemError(int number)
{
    return QString::fromLocal8Bit(std::strerror(number));
}

mode_t modeByUmask()
{
    const mode_t mask = ::umask(0);
    ::umask(mask);
    return 0666 & ~mask;
}
} // namespace

int publish(const QString& temporary, const QString& path, bool mayReplace)
{
    const QByteArray from = QFile::encodeName(temporary);
    const QByteArray to = QFile::encodeName(path);
    if (mayReplace) {
        if (::rename(from, to) != 0)
            return errno;
    } else if (::renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) != 0) {
        // Some file systems cannot do that; a hard link refuses a taken name as well.
        if (errno != EINVAL || ::link(from, to) != 0)
            return errno;
        ::unlink(from);
    }
    const int folder = ::open(QFile::encodeName(QFileInfo(path).absolutePath()),
                              O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder >= 0) {
        ::fsync(folder);
        ::close(folder);
    }
    return 0;
}

WholeFile::WholeFile(const QString& path)
    : m_path(path)
    , m_file(QFileInfo(path).absoluteFilePath() + u".XXXXXX"_s)
{
}

Status WholeFile::check(const QString& path, bool mayReplace)
{
    const QFileInfo info(path);
    if (!QFileInfo(info.absolutePath()).isDir())
        return fail(ErrorKind::NotFound,
                    Sentence::tr("There is no folder %1 for the file.").arg(info.absolutePath()));
    if (isNoFile(path))
        return noFile(path);
    if (!mayReplace && (info.exists() || info.isSymLink()))
        return alreadyThere(path);
    return {};
}

Result<std::unique_ptr<WholeFile>> WholeFile::begin(const QString& path)
{
    std::unique_ptr<WholeFile> whole(new WholeFile(path));
    if (!whole->m_file.open())
        return cannotWrite(path, whole->m_file.errorString());
    return whole;
}

Status WholeFile::add(const QByteArray& bytes)
{
    errno = 0;
    return m_file.write(bytes) == bytes.size() ? Status() : unwritten();
}

Status WholeFile::finish(Readers readers)
{
    errno = 0;
    if (!m_file.flush())
        return unwritten();
    if ((readers == Readers::ByUmask && ::fchmod(m_file.handle(), modeByUmask()) != 0) ||
        ::fsync(m_file.handle()) != 0)
        return cannotWrite(m_path, systemError(errno));
    return {};
}

Error WholeFile::unwritten() const
{
    const bool isFull = errno == 0 || errno == ENOSPC || errno == EDQUOT || errno == EFBIG;
    return cannotWrite(m_path, isFull ? Sentence::tr("there is no room for all of it")
                                      : systemError(errno));
}

Result<std::unique_ptr<WholeFile>> WholeFile::write(const QString& path, const QByteArray& bytes,
                                                    Readers readers)
{
    auto whole = begin(path);
    if (!whole)
        return whole;
    if (const Status added = (*whole)->add(bytes); !added)
        return added.error();
    if (const Status done = (*whole)->finish(readers); !done)
        return done.error();
    return whole;
}

Status WholeFile::publish(bool mayReplace)
{
    if (mayReplace && isNoFile(m_path))
        return noFile(m_path);
    const int failed = base::publish(m_file.fileName(), m_path, mayReplace);
    if (failed == EEXIST)
        return alreadyThere(m_path);
    if (failed != 0)
        return cannotWrite(m_path, systemError(failed));
    m_file.setAutoRemove(false);
    return {};
}

} // namespace queuedeck::base
