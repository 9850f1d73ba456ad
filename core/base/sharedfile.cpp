// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/sharedfile.h"

#include "core/base/privatefiles.h"

#include <QFile>
#include <QFileInfo>
#include <QLockFile>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace queuedeck::base {

namespace {
constexpr qint64 kLargestFile = 4 * 1024 * 1024;
constexpr int kLockPatience = 3000; // ms; a change takes a few
} // namespace

Result<QByteArray> SharedFile::read() const
{
    QFile from(m_path);
    const QFileInfo info(m_path);
    if (!info.exists() && !info.isSymLink())
        return fail(ErrorKind::NotFound, Sentence::tr("Nothing is saved yet."));
    if (!info.isFile())
        return fail(ErrorKind::Denied, Sentence::tr("it is not a file"));
    if (!from.open(QIODevice::ReadOnly))
        return fail(ErrorKind::Denied, from.errorString());
    if (from.size() > kLargestFile)
        return fail(ErrorKind::Invalid, Sentence::tr("it is too large"));
    return from.read(kLargestFile);
}

Status SharedFile::write(const QByteArray& bytes) const
{
    QSaveFile to(m_path);
    to.setDirectWriteFallback(false); // whole or not at all
    if (!to.open(QIODevice::WriteOnly) || !to.setPermissions(kPrivateFile) ||
        to.write(bytes) != bytes.size() || !to.commit())
        return fail(ErrorKind::Denied,
                    Sentence::tr("%1 cannot be written: %2. Nothing was changed.")
                        .arg(m_path, to.errorString()));
    return {};
}

Result<QString> SharedFile::moveAside() const
{
    for (int number = 1; number < 1000; ++number) {
        const QString aside = u"%1.unreadable-%2"_s.arg(m_path).arg(number);
        if (QFile::exists(aside))
            continue;
        if (QFile::rename(m_path, aside))
            return aside;
        break;
    }
    return fail(
        ErrorKind::Denied,
        Sentence::tr("The file %1 cannot be moved aside. Nothing was changed.").arg(m_path));
}

Status
SharedFile::change(const std::function<Result<Content>(const Result<QByteArray>&)>& make) const
{
    if (const Status made = makePrivateFolder(QFileInfo(m_path).path()); !made)
        return made;
    QLockFile lock(m_path + u".lock"_s);
    if (!lock.tryLock(kLockPatience))
        return fail(ErrorKind::Conflict,
                    Sentence::tr("%1 cannot be changed now: it is locked by another Queuedeck, or "
                                 "its folder cannot be written.")
                        .arg(m_path));
    QFile::setPermissions(m_path + u".lock"_s, kPrivateFile);
    const auto content = make(read());
    return content ? replace(*content) : Status(content.error());
}

Status SharedFile::replace(const Content& content) const
{
    QString aside;
    if (content.movesAside) {
        const auto moved = moveAside();
        if (!moved)
            return moved.error();
        aside = *moved;
    }
    const Status written = write(content.bytes);
    if (!written && !aside.isEmpty())
        QFile::rename(aside, m_path);
    return written;
}

} // namespace queuedeck::base
