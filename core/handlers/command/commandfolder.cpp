// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/command/commandfolder.h"

#include "core/base/sentence.h"
#include "core/handlers/command/trustedcommand.h"
#include "core/handlers/command/trustedpath.h"

#include <QDir>
#include <QFile>

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace queuedeck::handlers {

using base::ErrorKind;
using base::fail;
using base::Sentence;

namespace {
constexpr off_t kLargestFile = 64 * 1024;

base::Error refused(const base::Sentence& why)
{
    return fail(ErrorKind::Denied, why);
}

base::Error systemError(int code)
{
    return refused(Sentence::tr("It cannot be read: %1.").arg(qt_error_string(code)));
}

base::Status checkOwner(const struct stat& status)
{
    if (status.st_uid != ::geteuid())
        return refused(Sentence::tr("It belongs to another user."));
    if ((status.st_mode & (S_IWGRP | S_IWOTH)) != 0)
        return refused(Sentence::tr("Others may write to it; `chmod go-w` takes that from them."));
    return {};
}

// All folders above are checked too: whoever may write there could put another folder in its place.
base::Result<FileDescriptor> openFolder(const QString& folder)
{
    const auto found = openTrusted(folder, PathKind::Folder);
    if (!found)
        return found.error();
    struct stat status = {};
    if (::lstat(QFile::encodeName(folder).constData(), &status) == 0 && S_ISLNK(status.st_mode))
        return refused(Sentence::tr("It must be a folder, and no link to one."));
    FileDescriptor opened(::openat(found->get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!opened.isOpen() || ::fstat(opened.get(), &status) != 0)
        return systemError(errno);
    if (const base::Status owned = checkOwner(status); !owned)
        return owned.error();
    return opened;
}

base::Result<QByteArray> readFile(const FileDescriptor& folder, const QString& name)
{
    // O_NONBLOCK: opening a named pipe must not wait for a writer.
    FileDescriptor file(::openat(folder.get(), QFile::encodeName(name).constData(),
                                 O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (!file.isOpen())
        return errno == ELOOP ? refused(Sentence::tr("It is a link; a file is needed."))
                              : systemError(errno);
    struct stat status = {};
    if (::fstat(file.get(), &status) != 0)
        return systemError(errno);
    if (!S_ISREG(status.st_mode))
        return refused(Sentence::tr("It is not a regular file."));
    if (const base::Status owned = checkOwner(status); !owned)
        return owned.error();
    QByteArray text(kLargestFile + 1, '\0');
    qsizetype size = 0;
    while (size < text.size()) {
        const ssize_t got = ::read(file.get(), text.data() + size, size_t(text.size() - size));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return systemError(errno);
        if (got == 0)
            break;
        size += got;
    }
    if (size > kLargestFile)
        return refused(Sentence::tr("It is larger than 64 KB."));
    text.truncate(size);
    return text;
}

base::Result<CommandSpec> readSpec(const FileDescriptor& folder, const QString& name,
                                   const QString& type, const QString& workingFolder,
                                   const QStringList& builtInTypes)
{
    const auto text = readFile(folder, name);
    if (!text)
        return text.error();
    if (builtInTypes.contains(type))
        return refused(
            Sentence::tr("%1 has a built-in handler, which cannot be replaced.").arg(type));
    auto spec = parseCommandSpec(type, *text);
    if (!spec)
        return spec;
    spec->workingFolder = workingFolder;
    spec->command = withWholePaths(spec->command, workingFolder);
    if (const auto trusted = openCommand(spec->command, workingFolder); !trusted)
        return trusted.error();
    return spec;
}
} // namespace

CommandFolder readCommandFolder(const QString& folder, const QStringList& builtInTypes)
{
    CommandFolder found;
    const auto opened = openFolder(folder);
    if (!opened) {
        if (opened.error().kind != ErrorKind::NotFound)
            found.problems += {folder, {}, opened.error().detail};
        return found;
    }
    const QDir::Filters all = QDir::Files | QDir::Dirs | QDir::System | QDir::NoDotAndDotDot;
    const QString suffix = u".json"_s;
    const QString workingFolder = QDir::cleanPath(QDir(folder).absoluteFilePath(u".."_s));
    for (const QString& name : QDir(folder).entryList({u'*' + suffix}, all, QDir::Name)) {
        const QString type = name.chopped(suffix.size());
        auto spec = readSpec(*opened, name, type, workingFolder, builtInTypes);
        if (spec) {
            found.specs += std::move(*spec);
        } else {
            found.problems += {folder + u'/' + name, type, spec.error().detail};
        }
    }
    return found;
}

} // namespace queuedeck::handlers
