// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/command/trustedpath.h"

#include "core/base/sentence.h"

#include <QFile>
#include <QStringList>

#include <array>
#include <cerrno>
#include <climits>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace queuedeck::handlers {

using base::ErrorKind;
using base::fail;
using base::Sentence;

namespace {
constexpr int kMostLinks = 40; // the same as in the kernel

base::Error refused(const QString& place, const base::Sentence& why)
{
    return fail(ErrorKind::Denied, Sentence::tr("%1 %2").arg(place, why));
}

QString named(const QStringList& steps)
{
    return u'/' + steps.join(u'/');
}

bool isOfUsOrRoot(const struct stat& status)
{
    return status.st_uid == 0 || status.st_uid == ::geteuid();
}

bool isWritableByOthers(const struct stat& status)
{
    return (status.st_mode & (S_IWGRP | S_IWOTH)) != 0;
}

/// One walk from / to what a path names.
class Walk
{
public:
    explicit Walk(const QString& path)
        : m_left(path.split(u'/', Qt::SkipEmptyParts))
    {
    }

    base::Result<FileDescriptor> go(PathKind kind)
    {
        if (const base::Status begun = begin(); !begun)
            return begun.error();
        while (!m_left.isEmpty()) {
            const QString step = m_left.takeFirst();
            const base::Status gone = step == u"."_s    ? base::Status()
                                      : step == u".."_s ? back()
                                                        : forward(step);
            if (!gone)
                return gone.error();
        }
        return judged(kind);
    }

private:
    base::Status begin()
    {
        m_steps.clear();
        m_open.clear();
        FileDescriptor root(::open("/", O_PATH | O_DIRECTORY | O_CLOEXEC));
        return enter(std::move(root));
    }

    base::Status enter(FileDescriptor opened)
    {
        if (!opened.isOpen() || ::fstat(opened.get(), &m_last) != 0)
            return refused(named(m_steps),
                           Sentence::tr("cannot be read: %1.").arg(qt_error_string(errno)));
        if (!isOfUsOrRoot(m_last))
            return refused(named(m_steps), Sentence::tr("belongs to another user."));
        m_open.push_back(std::move(opened));
        return {};
    }

    base::Status back()
    {
        if (!m_steps.isEmpty()) {
            m_steps.removeLast();
            m_open.pop_back();
            ::fstat(m_open.back().get(), &m_last);
        }
        return {};
    }

    // Others may create files in a folder above only if they cannot touch each other's.
    base::Status forward(const QString& step)
    {
        if (!S_ISDIR(m_last.st_mode))
            return fail(ErrorKind::NotFound, Sentence::tr("%1 is no folder.").arg(named(m_steps)));
        if (isWritableByOthers(m_last) && (m_last.st_mode & S_ISVTX) == 0)
            return refused(named(m_steps),
                           Sentence::tr("may be written by others, so they could put something "
                                        "else there; `chmod go-w` takes that from them."));
        const int folder = m_open.back().get();
        m_steps += step;
        const QByteArray name = QFile::encodeName(step);
        FileDescriptor opened(::openat(folder, name.constData(), O_PATH | O_NOFOLLOW | O_CLOEXEC));
        if (!opened.isOpen()) {
            const int code = errno;
            const QString why = u"%1: %2."_s.arg(named(m_steps), qt_error_string(code));
            return fail(code == ENOENT ? ErrorKind::NotFound : ErrorKind::Denied, why);
        }
        if (const base::Status entered = enter(std::move(opened)); !entered)
            return entered;
        return S_ISLNK(m_last.st_mode) ? follow() : base::Status();
    }

    // The link is ours or root's, so no one else can redirect it.
    base::Status follow()
    {
        if (++m_links > kMostLinks)
            return refused(named(m_steps), Sentence::tr("is a link that leads in a circle."));
        std::array<char, PATH_MAX> text;
        const ssize_t size = ::readlinkat(m_open.back().get(), "", text.data(), text.size());
        if (size <= 0 || size_t(size) == text.size())
            return refused(named(m_steps), Sentence::tr("is a link that cannot be read."));
        const QString target = QFile::decodeName(QByteArray(text.data(), size));
        m_left = target.split(u'/', Qt::SkipEmptyParts) + m_left;
        return target.startsWith(u'/') ? begin() : back();
    }

    base::Result<FileDescriptor> judged(PathKind kind)
    {
        const QString place = named(m_steps);
        if (kind == PathKind::File && !S_ISREG(m_last.st_mode))
            return refused(place, Sentence::tr("is no regular file."));
        if (kind == PathKind::Folder && !S_ISDIR(m_last.st_mode))
            return refused(place, Sentence::tr("is no folder."));
        const bool mayBeShared =
            kind == PathKind::Any && S_ISDIR(m_last.st_mode) && (m_last.st_mode & S_ISVTX) != 0;
        if (isWritableByOthers(m_last) && !mayBeShared)
            return refused(
                place,
                Sentence::tr("may be written by others; `chmod go-w` takes that from them."));
        return std::move(m_open.back());
    }

    QStringList m_left;                 ///< of the path, and of the links followed
    QStringList m_steps;                ///< where we are
    std::vector<FileDescriptor> m_open; ///< of / and of each step
    struct stat m_last = {};            ///< of the last of them
    int m_links = 0;
};
} // namespace

base::Result<FileDescriptor> openTrusted(const QString& path, PathKind kind)
{
    if (!path.startsWith(u'/'))
        return fail(ErrorKind::Denied, Sentence::tr("%1 does not begin with /.").arg(path));
    return Walk(path).go(kind);
}

} // namespace queuedeck::handlers
