// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/command/trustedcommand.h"

#include "core/base/sentence.h"
#include "core/handlers/command/trustedpath.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

#include <array>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace queuedeck::handlers {

using base::ErrorKind;
using base::fail;
using base::Sentence;

namespace {
constexpr int kMostInterpreters = 4; // the same as in the kernel

// The words after #!, or none.
QStringList interpreterOf(const FileDescriptor& file)
{
    // O_PATH cannot be read; this opens the same file again, not what its path names by now.
    const FileDescriptor readable(
        ::open(u"/proc/self/fd/%1"_s.arg(file.get()).toLatin1().constData(), O_RDONLY | O_CLOEXEC));
    std::array<char, 256> text;
    const ssize_t size = readable.isOpen() ? ::read(readable.get(), text.data(), text.size()) : 0;
    const QByteArray head(text.data(), qMax<ssize_t>(size, 0));
    if (!head.startsWith("#!"))
        return {};
    const QString line = QFile::decodeName(head.mid(2, head.indexOf('\n') - 2));
    return line.simplified().split(u' ', Qt::SkipEmptyParts);
}

// `env NAME` and `env -S NAME …` find a program in PATH, which is passed on unchanged.
QString programOfEnv(const QStringList& words)
{
    for (qsizetype i = 1; i < words.size(); ++i) {
        const QString& word = words[i];
        if (!word.startsWith(u'-') && !word.contains(u'='))
            return word.startsWith(u'/') ? word : QStandardPaths::findExecutable(word);
    }
    return {};
}

base::Status checkInterpreters(const FileDescriptor& script, int depth)
{
    const QStringList words = interpreterOf(script);
    if (words.isEmpty())
        return {};
    if (depth == kMostInterpreters)
        return fail(ErrorKind::Denied,
                    Sentence::tr("Its interpreters name each other in a circle."));
    if (!words.first().startsWith(u'/'))
        return fail(ErrorKind::Denied,
                    Sentence::tr("#! names %1, which does not begin with /.").arg(words.first()));
    const auto interpreter = openTrusted(words.first(), PathKind::File);
    if (!interpreter)
        return interpreter.error();
    if (words.first().endsWith("/env"_L1)) {
        if (const QString program = programOfEnv(words); !program.isEmpty()) {
            const auto found = openTrusted(program, PathKind::File);
            return found ? checkInterpreters(*found, depth + 1) : base::Status(found.error());
        }
    }
    return checkInterpreters(*interpreter, depth + 1);
}

// Devices, sockets and the descriptors of a process do not hold programs.
bool mayHoldProgram(const QString& path)
{
    for (const auto& prefix : {"/dev/fd/"_L1, "/proc/"_L1, "/dev/std"_L1}) {
        if (path.startsWith(prefix))
            return false;
    }
    struct stat status = {};
    return ::stat(QFile::encodeName(path).constData(), &status) == 0 &&
           (S_ISREG(status.st_mode) || S_ISDIR(status.st_mode) || S_ISFIFO(status.st_mode));
}
} // namespace

base::Result<TrustedCommand> openCommand(const QStringList& command, const QString& workingFolder)
{
    TrustedCommand opened;
    auto folder = openTrusted(workingFolder, PathKind::Folder);
    if (!folder)
        return folder.error();
    opened.workingFolder = std::move(*folder);
    auto program = openTrusted(command.first(), PathKind::File);
    if (!program)
        return program.error();
    opened.program = std::move(*program);
    opened.isScript = !interpreterOf(opened.program).isEmpty();
    if (const base::Status checked = checkInterpreters(opened.program, 0); !checked)
        return checked.error();
    for (const QString& argument : command.mid(1)) {
        const QString path = QDir(workingFolder).absoluteFilePath(argument);
        if (argument.isEmpty() || !mayHoldProgram(path))
            continue;
        const auto file = openTrusted(path, PathKind::Any);
        if (!file)
            return file.error();
        if (const base::Status checked = checkInterpreters(*file, 0); !checked)
            return checked.error();
    }
    return opened;
}

QStringList withWholePaths(const QStringList& command, const QString& folder)
{
    QStringList whole = command;
    for (qsizetype i = 1; i < whole.size(); ++i) {
        const QString path = QDir::cleanPath(QDir(folder).absoluteFilePath(whole[i]));
        if (!whole[i].isEmpty() && !whole[i].startsWith(u'/') && QFileInfo(path).isFile())
            whole[i] = path;
    }
    return whole;
}

} // namespace queuedeck::handlers
